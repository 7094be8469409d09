import type { StreetDb } from '../../storage/database.ts'
import { newId } from '../../storage/ids.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import type { GridPlace } from '../../storage/roster.ts'

/** A place of the test street: the number of its grid, its name, its kind, other names and a position. */
export type TestPlace = [
  gridNo: number,
  name: string,
  kind: GridPlace['kind'],
  aliases?: string[],
  position?: { lat: number; lng: number },
]

/** Gives grids of the test street their places. */
export async function insertPlaces(db: StreetDb, now: number, places: readonly TestPlace[]): Promise<void> {
  const grids = await db.sql.selectFrom('grid').select(['id', 'grid_no']).execute()
  for (const [gridNo, name, kind, aliases = [], position] of places) {
    await db.sql
      .insertInto('grid_place')
      .values({
        id: newId(now),
        subdistrict_id: db.street,
        grid_id: grids.find(grid => grid.grid_no === gridNo)!.id,
        name,
        aliases: JSON.stringify(aliases),
        kind,
        lat: position?.lat ?? null,
        lng: position?.lng ?? null,
      })
      .execute()
  }
  await touchRoster(db, newId(now))
}
