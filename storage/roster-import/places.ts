import { newId } from '../ids.ts'
import { type Import, type PlaceEntry, refName } from './entries.ts'
import { listDifferences } from './grids.ts'

/** Adds places to their grids and corrects known ones (same grid and name). @returns how many were added or changed */
export async function applyPlaces({ db, now, record }: Import, places: readonly PlaceEntry[]): Promise<number> {
  if (places.length === 0) return 0
  const grids = await db.sql.selectFrom('grid').selectAll().where('subdistrict_id', '=', db.street).execute()
  const gridIds = new Map(grids.map(({ id, community, grid_no }) => [refName({ community, no: grid_no }), id]))
  const rows = await db.sql.selectFrom('grid_place').selectAll().where('subdistrict_id', '=', db.street).execute()
  const known = new Map(rows.map(row => [`${row.grid_id} ${row.name}`, row]))
  let changed = 0
  for (const { grid, name, aliases, kind, position } of places) {
    const gridId = gridIds.get(refName(grid))
    if (gridId === undefined) continue
    const before = known.get(`${gridId} ${name}`)
    const facts = {
      aliases: JSON.stringify(aliases),
      kind,
      lat: position?.lat ?? before?.lat ?? null,
      lng: position?.lng ?? before?.lng ?? null,
    }
    if (before) {
      const differing = listDifferences(before, facts)
      if (!differing) continue
      await db.sql.updateTable('grid_place').set(facts).where('id', '=', before.id).execute()
      await record('changed', 'place', before.id, differing)
    } else {
      const id = newId(now)
      await db.sql
        .insertInto('grid_place')
        .values({ id, subdistrict_id: db.street, grid_id: gridId, name, ...facts })
        .execute()
      await record('created', 'place', id, { grid: refName(grid), name, ...facts })
    }
    changed += 1
  }
  return changed
}
