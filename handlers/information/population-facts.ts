import { listFactGroups } from '../../policy/grid-facts.ts'
import type { PopulationChange, PopulationKind } from '../../policy/information.ts'
import { adjustGridFact, findKnownCount, type GridFact } from '../../storage/grid-facts.ts'
import type { PopulationRecord } from '../../storage/population-changes.ts'
import type { Grid } from '../../storage/roster.ts'
import { countElsewhere } from '../dossier/known.ts'
import type { Ctx } from '../handler.ts'

const SIGNS: Record<PopulationKind, 1 | -1> = { movedIn: 1, movedOut: -1, born: 1, died: -1, arrived: 1, left: -1 }
const FLOATING: ReadonlySet<PopulationKind> = new Set(['arrived', 'left'])

/** The numbers of the grid's dossier move with what was told, and back with `-1`. @returns those that were known and moved. Source: S1-12 */
export async function adjustDossier(
  ctx: Ctx,
  { gridId, changes }: Pick<PopulationRecord, 'gridId' | 'changes'>,
  direction: 1 | -1,
): Promise<GridFact[]> {
  const { actor, at, db, message, now, roster } = ctx
  const grid = roster.gridById(gridId)
  const counted = grid && (await countElsewhere(ctx, grid))
  const moved: GridFact[] = []
  for (const [name, sum] of sumUp(changes, nameFloating(ctx))) {
    if (sum === 0) continue
    const told = { gridId, name, at, byId: actor.id, messageId: message.id }
    const fact = await adjustGridFact(db, { ...told, delta: sum * direction, base: counted?.get(name) }, now)
    if (fact) moved.push(fact)
  }
  return moved
}

/** A known total of which more would go than it holds: one of both numbers is wrong, and taking it back could not mend the total. */
export async function findOverdrawn(
  ctx: Ctx,
  grid: Grid,
  changes: readonly PopulationChange[],
): Promise<{ name: string; known: number } | undefined> {
  const counted = await countElsewhere(ctx, grid)
  for (const [name, sum] of sumUp(changes, nameFloating(ctx))) {
    if (sum >= 0) continue
    const known = (await findKnownCount(ctx.db, { gridId: grid.id, name }))?.count ?? counted.get(name)
    if (known !== undefined && known + sum < 0) return { name, known }
  }
  return undefined
}

/** Documents say 外来人口 or 流动人口 of the same people. */
function nameFloating({ pack }: Ctx): string {
  return listFactGroups(pack).some(({ facts }) => facts.includes('外来人口')) ? '外来人口' : '流动人口'
}

function sumUp(changes: readonly PopulationChange[], floating: string): Map<string, number> {
  const sums = new Map<string, number>()
  const add = (name: string, count: number) => sums.set(name, (sums.get(name) ?? 0) + count)
  for (const { kind, households = 0, people = 0 } of changes) {
    const isFloating = FLOATING.has(kind)
    add(isFloating ? floating : '常住人口', SIGNS[kind] * people)
    if (!isFloating) add('户数', SIGNS[kind] * households)
  }
  return sums
}
