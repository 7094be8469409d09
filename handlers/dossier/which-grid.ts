import { communitiesOf, type Grid, gridsOf } from '../../storage/roster.ts'
import { chooseGrid, findGridNo } from '../grids.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { NUMERAL } from '../numerals.ts'
import { findNamedGrid } from '../query/named-grid.ts'

/** A grid as people name it in front of other words: `3网格`, `第三网格`. No group. */
export const GRID = `第?${NUMERAL.replace('(', '(?:')}号?网格`

/** The grid that the words name, else the speaker's own or the group's. */
export function pickGrid(ctx: Ctx, example: string): { grid: Grid } | { refused: Answer } {
  const named = findNamedGrid(ctx, findGridNo(ctx.text))
  if ('refused' in named) return named
  if (named.grid) return { grid: named.grid }
  const choice = chooseGrid(ctx)
  return 'found' in choice
    ? { grid: choice.found }
    : { refused: refuse('which-grid', `请写明第几网格，如“${example}”。`, { private: true }) }
}

/** Whether the grid is the speaker's affair: they serve in it, lead its community, or the street. */
export function isInCharge(ctx: Ctx, grid: Grid): boolean {
  const { actor, roster, today } = ctx
  if (gridsOf(roster, actor, today).includes(grid) || ctx.may('queryStreet')) return true
  return ctx.may('queryCommunity') && communitiesOf(roster, actor, today).includes(grid.community)
}

export function refuseOther(grid: Grid): Answer {
  return refuse('not-yours', `${grid.name}不在您负责的范围，由那里的网格人员和社区办理；没有改动。`, { private: true })
}
