import type { Grid } from '../../storage/roster.ts'
import { askWhichGrid, chooseNumbered } from '../grids.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'

/** The grid that a question names by number; none where it names none. */
export function findNamedGrid(ctx: Ctx, gridNo: number | undefined): { grid: Grid | undefined } | { refused: Answer } {
  if (gridNo === undefined) return { grid: undefined }
  const choice = chooseNumbered(ctx, gridNo)
  if ('found' in choice) return { grid: choice.found }
  if ('unknown' in choice) return { refused: refuse('unknown-grid', `没有第${gridNo}网格。`) }
  return { refused: refuse('which-grid', askWhichGrid(choice)) }
}
