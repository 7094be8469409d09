import {
  findVisitTargetByCode,
  insertVisitTarget,
  listVisitTargets,
  updateVisitTarget,
  type VisitTarget,
  type VisitTargetChange,
} from '../visit-targets.ts'
import { type Import, refName, type VisitTargetEntry } from './entries.ts'
import { readGridRows } from './grid-rows.ts'
import { readKeepers } from './households.ts'

/**
 * Puts people and places on their lists and corrects what is known of them: the same code, else the same name on the same list in the same
 * community. Whoever left a list stays off it, and what the file leaves out stays. @returns how many were added or changed
 */
export async function applyVisitTargets(at: Import, entries: readonly VisitTargetEntry[]): Promise<number> {
  if (entries.length === 0) return 0
  const { db, faults, now, record, today } = at
  const grids = await readGridRows(at)
  const keeperOf = await readKeepers(at)
  const communityOf = new Map([...grids.values()].map(({ id, community }) => [id, community]))
  let changed = 0
  for (const entry of entries) {
    const grid = grids.get(refName(entry.grid))
    if (!grid) continue
    const keeper = entry.keeper === undefined ? undefined : keeperOf(entry.keeper, grid.id)
    if (keeper === null) {
      faults.push({ ...entry.at, reason: `“责任人”写的是“${entry.keeper}”，${refName(entry.grid)}没有这个人` })
      continue
    }
    const coded = entry.code === undefined ? undefined : await findVisitTargetByCode(db, entry.code)
    if (coded && (coded.list !== entry.list || coded.name.reveal() !== entry.name)) {
      faults.push({ ...entry.at, reason: `编号 ${entry.code} 已是名单上另一位的` })
      continue
    }
    const before = coded ?? (await findAlike(at, entry, communityOf))
    if (before) {
      const differing = listDifferences(before, { ...entry, gridId: grid.id, memberId: keeper })
      if (Object.keys(differing).length === 0) continue
      await updateVisitTarget(db, before.id, differing)
      await record('changed', 'visitTarget', before.id, { code: before.code, changed: Object.keys(differing) })
    } else {
      const { list, short, name, address, bornOn, frequency, code } = entry
      const facts = { list, short, name, address, bornOn, frequency, code, gridId: grid.id, memberId: keeper }
      const saved = await insertVisitTarget(db, { ...facts, fromDay: today }, now)
      await record('created', 'visitTarget', saved.id, { grid: refName(entry.grid), code: saved.code })
    }
    changed += 1
  }
  return changed
}

/** Without a code: the one of this name on this list in this community; of several none, as only codes tell them apart. */
async function findAlike(
  { db }: Import,
  { list, name, code, grid }: VisitTargetEntry,
  communityOf: ReadonlyMap<string, string>,
): Promise<VisitTarget | undefined> {
  if (code !== undefined) return undefined
  const alike = await listVisitTargets(db, { list, name, closed: true })
  const here = alike.filter(({ gridId }) => communityOf.get(gridId) === grid.community)
  return here.length === 1 ? here[0] : undefined
}

/** A new grid takes the responsible of the old one away, unless the line names one. */
function listDifferences(
  before: VisitTarget,
  { gridId, address, bornOn, memberId, frequency }: VisitTargetEntry & { gridId: string; memberId?: string },
): VisitTargetChange {
  const isMoved = gridId !== before.gridId
  const rhythm = before.frequency
  const isNewRhythm = frequency && (frequency.per !== rhythm?.per || frequency.atLeast !== rhythm.atLeast)
  return {
    ...(isMoved && { gridId, memberId: null }),
    ...(address !== before.address?.reveal() && { address }),
    ...(bornOn !== undefined && bornOn !== before.bornOn?.reveal() && { bornOn }),
    ...(memberId !== undefined && memberId !== before.memberId && { memberId }),
    ...(isNewRhythm && { frequency }),
  }
}
