import { newId } from '../ids.ts'
import { type Import, type PlaceEntry, refName } from './entries.ts'
import { readGridRows } from './grid-rows.ts'
import { listDifferences } from './grids.ts'

/**
 * Adds places to their grids and corrects known ones (same grid and name). One that the files now give to a grid split from its old
 * one moves there; told for both it lies on their border. @returns how many were added or changed
 */
export async function applyPlaces(at: Import, places: readonly PlaceEntry[]): Promise<number> {
  if (places.length === 0) return 0
  const { db, now, record } = at
  const grids = await readGridRows(at)
  const rows = await db.sql.selectFrom('grid_place').selectAll().where('subdistrict_id', '=', db.street).execute()
  const known = new Map(rows.map(row => [`${row.grid_id} ${row.name}`, row]))
  let changed = 0
  for (const { grid, name, aliases, kind, position } of places) {
    const gridId = grids.get(refName(grid))?.id
    if (gridId === undefined) continue
    const origin = known.get(`${grids.get(refName(grid))?.predecessor_id} ${name}`)
    const isMoved =
      origin && !places.some(place => place.name === name && grids.get(refName(place.grid))?.id === origin.grid_id)
    const before = known.get(`${gridId} ${name}`) ?? (isMoved ? origin : undefined)
    const facts = {
      grid_id: gridId,
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
        .values({ id, subdistrict_id: db.street, name, ...facts })
        .execute()
      await record('created', 'place', id, { grid: refName(grid), name, ...facts })
    }
    changed += 1
  }
  return changed
}
