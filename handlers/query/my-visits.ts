import { dayOf, formatDayCompact, timeOf } from '../../policy/time.ts'
import { countFieldRecords, type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
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
  return answer([`${range.name}走访 ${visits.length} 次，巡查 ${patrols} 次。`, ...lines].join('\n'), { private: true })
}

function renderVisit({ claimedAt, at, person, place, minutes }: FieldRecord, today: string): string {
  const done = claimedAt ?? at
  const whom = [person?.reveal(), place?.reveal()].filter(Boolean).join('，')
  return `${formatDayCompact(dayOf(done), today)} ${timeOf(done)} ${whom}${minutes ? `，${minutes}分钟` : ''}`
}
