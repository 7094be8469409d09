import { addMonths } from '../../policy/time.ts'
import {
  deleteAttendance,
  findMeeting,
  listMeetingAttendance,
  type MeetingAttendance,
  saveAttendance,
} from '../../storage/meetings.ts'
import { decideAbsence, listAbsences } from '../../storage/training-absences.ts'
import type { Ctx } from '../handler.ts'
import { listMeetingsOf, startOf } from '../meeting/find-meeting.ts'
import { nameOf } from '../meeting/words.ts'
import { ALREADY_GONE, type Correctable, isNamed, NO_CHANGE } from './correctable.ts'

const LATE_MONTHS = 1
const CAME = /^我?(?:其实)?(?:到了?|来了|在场?|参加了|到会了?|到场了?|签过到了?)[。.！!]*$/u
const MISSED = /^我?(?:其实)?(?:没(?:有)?(?:到|来|参加|去)|缺席了?|不在)[。.！!]*$/u

/** Whether somebody was at a meeting: after it, only with the word of whoever answers for the grid. */
export const correctableRoll: Correctable = {
  type: 'meetingRoll',
  name: '会议签到',
  words: '(?:\\S{0,6}例会|会议|培训|座谈会|分析会)(?:的)?(?:签到)?|签到',
  example: '会议签到可以改到没到，如“更正 例会 我到了”“更正 例会 我没到”',
  async list(ctx, { day, named, which }) {
    const range = { from: day ?? addMonths(ctx.today, -LATE_MONTHS), to: day ?? ctx.today }
    const begun = (await listMeetingsOf(ctx, ctx.actor, range)).filter(meeting => startOf(meeting) <= ctx.at)
    const kind = named.replace(/会议|签到|的|\s/gu, '')
    return begun.reverse().flatMap(meeting => {
      const { id, no, gridId, startDay } = meeting
      const isMeant = nameOf(ctx, meeting).includes(kind) && isNamed([`${no}`, nameOf(ctx, meeting)], which)
      return isMeant ? [{ id, gridId, day: startDay }] : []
    })
  },
  read(_ctx, { value }) {
    return CAME.test(value) ? { present: true } : MISSED.test(value) ? { present: false } : undefined
  },
  async compare(ctx, id, { present, dropped }, memberId) {
    const meeting = await findMeeting(ctx.db, id)
    if (!meeting || meeting.status === 'cancelled') return ALREADY_GONE
    const isPresent = (await findOwn(ctx, id, memberId))?.state === 'present'
    const wants = dropped ? false : present
    if (wants === isPresent) return NO_CHANGE
    return () => `${nameOf(ctx, meeting)}签到：${isPresent ? '到会' : '未到'} → ${wants ? '到会' : '未到'}`
  },
  async replace(ctx, id, { present }, { memberId, messageId, at }) {
    const { db } = ctx
    const meeting = await findMeeting(db, id)
    const own = await findOwn(ctx, id, memberId)
    if (!present) {
      if (own) await deleteAttendance(db, own.id)
      return undefined
    }
    const saved = await saveAttendance(db, {
      meetingId: id,
      memberId,
      state: 'present',
      at: meeting?.startAt ?? at,
      messageId,
    })
    await dropAbsence(ctx, id, memberId)
    return saved
  },
  needsApproval: () => true,
}

async function findOwn({ db }: Ctx, meetingId: string, memberId: string): Promise<MeetingAttendance | undefined> {
  return (await listMeetingAttendance(db, [meetingId])).find(row => row.memberId === memberId)
}

/** Who was there missed nothing: what was proposed falls. Source: S0-28 */
async function dropAbsence({ db, actor, at }: Ctx, meetingId: string, memberId: string): Promise<void> {
  for (const { id } of await listAbsences(db, { meetingId, memberId })) {
    await decideAbsence(db, id, { status: 'dropped', by: actor.id, at, reason: '签到已更正' })
  }
}
