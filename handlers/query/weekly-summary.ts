import { communitiesOf } from '../../storage/roster.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import type { SlotsOf } from '../slots.ts'
import { type SummaryScope, summarise } from '../summary.ts'
import { renderSummary } from '../summary-text.ts'
import { findNamedGrid } from './named-grid.ts'
import { readPeriod } from './period.ts'

/** The figures of the weekly summary for any period: of the grid that is named, of the chat's group, else of what the asker serves. */
export async function weeklySummary(ctx: Ctx, { period = 'lastWeek', gridNo }: SlotsOf['query']): Promise<Answer> {
  const named = findNamedGrid(ctx, gridNo)
  if ('refused' in named) return named.refused
  const scope = named.grid ? { gridId: named.grid.id } : scopeOf(ctx)
  const { from, to, name } = readPeriod(period, ctx.today)
  return answer(renderSummary(await summarise(ctx, { from, to, scope }), `${name}小结`))
}

function scopeOf({ actor, chat: { group }, roster, today }: Ctx): SummaryScope {
  if (group) return { gridId: group.gridId, community: group.community }
  const [community] = communitiesOf(roster, actor, today)
  return { community }
}
