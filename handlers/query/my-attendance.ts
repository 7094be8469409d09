import { listAttendanceOver } from '../attendance.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import type { SlotsOf } from '../slots.ts'
import { renderDay, renderDayLines, renderDays } from './attendance-words.ts'
import { readPeriod } from './period.ts'

const HOW_TO_MAKE_UP = '忘打了可以补，比如“补卡 昨天下班 17:35”；在外办事说“公出 去哪 办什么”。'

/** One's own days, in private: the sum, then day by day. */
export async function myAttendance(ctx: Ctx, { period = 'thisMonth' }: SlotsOf['query']): Promise<Answer> {
  const range = readPeriod(period, ctx.today)
  const days = await listAttendanceOver(ctx, range, [ctx.actor])
  const caveat = ctx.calendar.caveatOf(range.to)
  const [only] = days
  const text = days.length === 1 && only ? renderDay(only) : renderDays(days, ctx.today)
  const lines = days.length > 1 ? renderDayLines(days, ctx.today) : []
  const isMissing = days.some(({ on, off }) => on === 'missing' || off === 'missing')
  return answer(
    [
      `${range.name}考勤：${text}。${caveat ? `（${caveat}）` : ''}`,
      ...lines,
      ...(isMissing ? [HOW_TO_MAKE_UP] : []),
    ].join('\n'),
    { private: true },
  )
}
