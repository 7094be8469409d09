import { type Answer, answer, type Ctx } from '../handler.ts'
import { listMeetingsOf, startOf } from '../meeting/find-meeting.ts'
import { renderMeeting } from '../meeting/words.ts'
import { listAddressed } from '../notice/addressed.ts'
import { dueAtOf, nameNotice, renderDue } from '../notice/words.ts'
import { listWaiting, nameWaiting } from '../waiting.ts'

const SHOWN = 5

/** What stands on the speaker's own desk: decisions that wait, notices not finished (the earliest due first), meetings today. In private. */
export async function myTasks(ctx: Ctx): Promise<Answer> {
  const { at, today } = ctx
  const waiting = (await listWaiting(ctx, ctx.actor)).map(one => `待审批：${nameWaiting(ctx, one)}`)
  const open = (await listAddressed(ctx)).filter(({ receipt }) => receipt.doneAt === undefined)
  const dueAt = (due: string | undefined) => (due ? dueAtOf(due) : Number.POSITIVE_INFINITY)
  const notices = open
    .map(({ notice }) => notice)
    .sort((a, b) => dueAt(a.due) - dueAt(b.due))
    .map(
      ({ no, title, due }) =>
        `${nameNotice({ no, title })}${due ? `，${renderDue(due)}${dueAt(due) <= at ? '（已过期）' : ''}` : ''}`,
    )
  const meetings = (await listMeetingsOf(ctx, ctx.actor, { from: today, to: today }))
    .filter(meeting => startOf(meeting) > at)
    .map(meeting => renderMeeting(ctx, meeting))
  const all = [...waiting, ...notices, ...meetings]
  if (all.length === 0) return answer('手上没有待办，辛苦了。', { private: true })
  const rest = all.length > SHOWN ? [`……还有${all.length - SHOWN}件`] : []
  return answer([`手上还有${all.length}件：`, ...all.slice(0, SHOWN), ...rest].join('\n'), { private: true })
}
