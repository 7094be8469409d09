import { type DayRange, dayOf, formatDayCompact, timeOf } from '../../policy/time.ts'
import { countFieldRecords, type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import { renderFieldMinutes } from '../presence/field-minutes.ts'
import { listPatrolDays } from '../presence/patrol-days.ts'
import type { SlotsOf } from '../slots.ts'
import { instantsOf, readPeriod } from './period.ts'

const SHOWN = 5

/** One's own visits and patrols, in private: how many, and the last few. */
export async function myVisits(ctx: Ctx, { period = 'thisWeek' }: SlotsOf['query']): Promise<Answer> {
  const range = readPeriod(period, ctx.today)
  const filter = { ...instantsOf(range), memberIds: [ctx.actor.id] }
  const patrols = await countFieldRecords(ctx.db, { ...filter, kind: 'patrol' })
  const visits = await listFieldRecords(ctx.db, { ...filter, kind: 'visit' })
  const lines = visits
    .slice(-SHOWN)
    .reverse()
    .map(visit => renderVisit(visit, ctx.today))
  const rounds = await renderRounds(ctx, range)
  const lasted = await renderFieldMinutes(ctx, ctx.actor, range)
  return answer(
    [`${range.name}走访 ${visits.length} 次，巡查 ${patrols} 次。${rounds}${lasted}`, ...lines].join('\n'),
    {
      private: true,
    },
  )
}

/** Where the pack counts rounds a day: the days that lack some. Source: S4D-09 */
async function renderRounds(ctx: Ctx, { from, to }: DayRange): Promise<string> {
  if (!ctx.pack.patrol.roundsPerDay) return ''
  const days = await listPatrolDays(ctx, ctx.actor, { from, to })
  const short = days.filter(({ left, provisional }) => left > 0 && !provisional)
  if (short.length === 0) return days.some(({ owed }) => owed > 0) ? '每天都够次数。' : ''
  return `每天应${ctx.pack.patrol.roundsPerDay.value}次，还差：${short
    .map(({ day, left }) => `${formatDayCompact(day, ctx.today)} ${left}次`)
    .join('、')}。`
}

function renderVisit({ claimedAt, at, person, place, minutes }: FieldRecord, today: string): string {
  const done = claimedAt ?? at
  const whom = [person?.reveal(), place?.reveal()].filter(Boolean).join('，')
  return `${formatDayCompact(dayOf(done), today)} ${timeOf(done)} ${whom}${minutes ? `，${minutes}分钟` : ''}`
}
