import { minuteMs, timeOf } from '../../policy/time.ts'
import { listMeetingAttendance, type Meeting, markMeeting, saveAttendance } from '../../storage/meetings.ts'
import { type Answer, type Ctx, defineHandler, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { answerQuietly } from '../quiet-line.ts'
import { resumeExam } from '../training/exam.ts'
import { listMeetingsHere, preferHere } from './find-meeting.ts'
import { nameOf } from './words.ts'

/** People come early; a bare 签到 long before is for another meeting. */
const OPENS_BEFORE_MS = 60 * minuteMs
const BARE = /^签到[了。！!~～]*$/

/** Signs in at the meeting that goes on here: from an hour before it begins to the end of its day. */
export const meetingCheckIn = defineHandler({
  intent: 'meetingCheckIn',
  who: 'meetingCheckIn',
  dialog: { as: 'worker', turns: [['会议签到', '没有要签到的会']] },
  async run(ctx) {
    const { db, actor, at, message, today } = ctx
    const ofToday = await listMeetingsHere(ctx, { from: today, to: today })
    const meeting = nearest(ctx, ofToday)
    if (!meeting) return refuseNone(ctx, ofToday[0])
    const rows = (await listMeetingAttendance(db, [meeting.id])).filter(({ state }) => state === 'present')
    const name = nameOf(ctx, meeting)
    if (rows.some(({ memberId }) => memberId === actor.id)) {
      return refuse('repeated', `${name}您已签过到。`, { private: true })
    }
    const id = await saveAttendance(db, {
      meetingId: meeting.id,
      memberId: actor.id,
      state: 'present',
      at,
      messageId: message.id,
    })
    if (meeting.status === 'planned') await markMeeting(db, meeting.id, 'held')
    await ctx.record('created', { type: 'meetingCheckIn', id })
    return answerQuietly(ctx, {
      kind: `meeting-check-in ${meeting.id}`,
      head: `${name}签到：`,
      item: actor.name,
      text: `已签到：${name}（${rows.length + 1}人已到）。`,
    })
  },
  // Questions of an exam belong to training, as the class does.
  resume: resumeExam,
})

/**
 * Whether a bare 签到 means a meeting: one of the speaker's begins or has begun within the hour. In the morning it is first of all
 * the day's own check-in, where that is still owed.
 */
export async function isSignInAtMeeting(ctx: Ctx, owesOn: () => Promise<boolean>): Promise<boolean> {
  if (!BARE.test(plainWords(ctx.text)) || !ctx.may('meetingCheckIn') || (await owesOn())) return false
  const ofToday = await listMeetingsHere(ctx, { from: ctx.today, to: ctx.today })
  return ofToday.some(({ startAt }) => startAt !== undefined && Math.abs(ctx.at - startAt) <= OPENS_BEFORE_MS)
}

/** The one begun last, or about to begin. */
function nearest(ctx: Ctx, meetings: readonly Meeting[]): Meeting | undefined {
  const { at } = ctx
  const open = meetings.filter(({ startAt }) => startAt === undefined || at >= startAt - OPENS_BEFORE_MS)
  const distance = ({ startAt = at }: Meeting) => Math.abs(at - startAt)
  return [...preferHere(ctx, open)].sort((a, b) => distance(a) - distance(b))[0]
}

function refuseNone(ctx: Ctx, later: Meeting | undefined): Answer {
  const hint = later?.startAt ? `${nameOf(ctx, later)}${timeOf(later.startAt)}开，提前一小时起可以签到。` : ''
  return refuse('no-meeting', `现在没有要签到的会。${hint || `上下班打卡请回“打卡”。`}`, { private: true })
}
