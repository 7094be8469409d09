import { addDays } from '../../policy/time.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { listMeetingsHere, preferHere, startOf } from '../meeting/find-meeting.ts'
import { callRoll } from '../meeting/roll.ts'
import { nameMeeting, renderMeeting, renderStart } from '../meeting/words.ts'

const DAYS_AHEAD = 31
const DAYS_BACK = 7
const SHOWN = 3

/** The next meetings of this group or of the speaker; where none is to come, who was at the last one, in counts. */
export async function meeting(ctx: Ctx): Promise<Answer> {
  const { at, today } = ctx
  const range = { from: addDays(today, -DAYS_BACK), to: addDays(today, DAYS_AHEAD) }
  const meetings = await listMeetingsHere(ctx, range)
  const coming = preferHere(
    ctx,
    meetings.filter(one => startOf(one) > at),
  )
  if (coming.length > 0)
    return answer(
      coming
        .slice(0, SHOWN)
        .map(one => renderMeeting(ctx, one))
        .join('\n'),
    )
  const last = preferHere(ctx, meetings).at(-1)
  if (!last) return refuse('no-meeting', '近期没有约好的会。')
  const { present, excused, absent } = await callRoll(ctx, last)
  const minutes = last.minutesAt === undefined ? '纪要还没交' : '纪要已交'
  const counts = `签到${present.length}人，请假${excused.length}人，未到${absent.length}人，${minutes}`
  return answer(`${nameMeeting(ctx, last)}（${renderStart(last)}）：${counts}。`)
}
