import { endOfDay } from '../../policy/time.ts'
import { findMeetingNumbered, type Meeting } from '../../storage/meetings.ts'
import type { Answer, Ctx } from '../handler.ts'
import { concerns } from './find-meeting.ts'
import { nameMeeting } from './words.ts'

/** `#3`, `3号会`, `3号会议`, `3号培训`, `3`; the number is the first group. */
export const MEETING_NO = String.raw`(?:[#＃]|第)?\s*(\d{1,6})\s*号?(?:会议?|培训)?`

/** Whether the sender runs this meeting: called it, or writes minutes where it is held. */
function runs(ctx: Ctx, meeting: Meeting): boolean {
  if (meeting.calledBy === ctx.actor.id) return true
  return ctx.may('meetingMinutes') && (concerns(ctx, meeting, ctx.actor) || meeting.groupId === ctx.chat.group?.id)
}

/** The meeting with this number, for whoever takes part in it. */
export async function findNumbered(ctx: Ctx, no: number): Promise<Meeting | Refused> {
  const meeting = await findMeetingNumbered(ctx.db, no)
  if (!meeting) return refused('unknown-number', `没有${no}号会。`)
  if (meeting.status === 'cancelled') return refused('cancelled', `${nameMeeting(ctx, meeting)}已经取消了。`)
  return meeting
}

/** The same, for whoever runs it. */
export async function findRun(ctx: Ctx, no: number): Promise<Meeting | Refused> {
  const meeting = await findNumbered(ctx, no)
  if ('refused' in meeting || runs(ctx, meeting)) return meeting
  const caller = ctx.roster.memberById(meeting.calledBy)?.name ?? '召集人'
  return refused('not-yours', `${nameMeeting(ctx, meeting)}由${caller}召集，请${caller}来办，没有改动。`)
}

export function isOver({ at }: Ctx, { startAt, startDay }: Meeting): boolean {
  return endOfDay(startDay) <= at || (startAt !== undefined && startAt <= at)
}

export type Refused = Answer & { refused: string }

export function refused(reason: string, text: string): Refused {
  return { text, refused: reason, private: true }
}
