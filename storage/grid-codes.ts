import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'

/** A code that a grid bore through `until`, a local day. */
export interface FormerCode {
  gridId: string
  code: string
  until: Day
}

export async function listFormerCodes(db: StreetDb): Promise<FormerCode[]> {
  const rows = await db.sql
    .selectFrom('grid_code')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('until_day')
    .execute()
  return rows.map(({ grid_id, code, until_day }) => ({ gridId: grid_id, code, until: until_day }))
}

/** What was recorded up to `until` goes on showing this code. */
export async function keepFormerCode(db: StreetDb, { gridId, code, until }: FormerCode, now: number): Promise<void> {
  await db.sql
    .insertInto('grid_code')
    .values({ id: newId(now), subdistrict_id: db.street, grid_id: gridId, code, until_day: until })
    .execute()
}

/** The recoding was taken back. */
export async function dropFormerCode(db: StreetDb, { gridId, code, until }: FormerCode): Promise<void> {
  await db.sql
    .deleteFrom('grid_code')
    .where('subdistrict_id', '=', db.street)
    .where('grid_id', '=', gridId)
    .where('code', '=', code)
    .where('until_day', '=', until)
    .execute()
}
