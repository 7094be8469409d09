import { listAttendanceOver } from '../attendance.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import type { SlotsOf } from '../slots.ts'
import { renderDay, renderDays } from './attendance-words.ts'
import { readPeriod } from './period.ts'

/** One's own days, in private. */
export async function myAttendance(ctx: Ctx, { period = 'thisMonth' }: SlotsOf['query']): Promise<Answer> {
  const range = readPeriod(period, ctx.today)
  const days = await listAttendanceOver(ctx, range, [ctx.actor])
  const caveat = ctx.calendar.caveatOf(range.to)
  const [only] = days
  const text = days.length === 1 && only ? renderDay(only) : renderDays(days, ctx.today)
  return answer(`${range.name}考勤：${text}。${caveat ? `（${caveat}）` : ''}`, { private: true })
}
