import { newId } from '../ids.ts'
import type { Import } from './entries.ts'
import { type GridEntry, refName } from './entries.ts'

/** Adds new grids and corrects known ones (same community and number). @returns how many were added or changed */
export async function applyGrids(
  { db, now, today, faults, record }: Import,
  grids: readonly GridEntry[],
): Promise<number> {
  const rows = await db.sql.selectFrom('grid').selectAll().where('subdistrict_id', '=', db.street).execute()
  const byRef = new Map(rows.map(row => [refName({ community: row.community, no: row.grid_no }), row]))
  const byCode = new Map(rows.map(row => [row.grid_code, row]))
  let changed = 0

  for (const grid of grids) {
    const ref = refName(grid)
    const known = byRef.get(ref)
    const code = grid.code ?? known?.grid_code ?? `${grid.community}-${String(grid.no).padStart(2, '0')}`
    const coded = byCode.get(code)
    if (coded && coded !== known) {
      const other = refName({ community: coded.community, no: coded.grid_no })
      faults.push({ ...grid.at, reason: `网格编码 ${code} 已是${other}的` })
      continue
    }
    const facts = {
      grid_code: code,
      name: grid.name,
      kind: grid.kind,
      households: grid.households ?? known?.households ?? null,
      residents: grid.residents ?? known?.residents ?? null,
      center_lat: grid.center?.lat ?? known?.center_lat ?? null,
      center_lng: grid.center?.lng ?? known?.center_lng ?? null,
      center_datum: grid.center?.datum ?? known?.center_datum ?? null,
    }
    if (!known) {
      const row = {
        id: newId(now),
        subdistrict_id: db.street,
        grid_no: grid.no,
        community: grid.community,
        from_day: today,
        to_day: null,
        ...facts,
      }
      await db.sql.insertInto('grid').values(row).execute()
      byRef.set(ref, row)
      byCode.set(code, row)
      await record('created', 'grid', row.id, { community: grid.community, no: grid.no, ...facts })
    } else {
      const differing = listDifferences(known, facts)
      if (!differing) continue
      await db.sql.updateTable('grid').set(facts).where('id', '=', known.id).execute()
      await record('changed', 'grid', known.id, differing)
    }
    changed += 1
  }
  return changed
}

/** Old and new value of each fact that differs; undefined where none does. */
export function listDifferences<T extends object>(
  known: T,
  facts: Partial<T>,
): Record<string, { from: unknown; to: unknown }> | undefined {
  const differing = (Object.keys(facts) as (keyof T & string)[]).filter(key => known[key] !== facts[key])
  if (differing.length === 0) return undefined
  return Object.fromEntries(differing.map(key => [key, { from: known[key], to: facts[key] }]))
}
