import type { Db, StreetDb } from './database.ts'

/** Settings of the whole database stand under the empty street. */
const EVERYWHERE = ''

export async function findSetting(db: Db, name: string, street: string = EVERYWHERE): Promise<string | undefined> {
  const row = await db.sql
    .selectFrom('setting')
    .select('value')
    .where('subdistrict_id', '=', street)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

export async function saveSetting(db: Db, name: string, value: string, street: string = EVERYWHERE): Promise<void> {
  await db.sql
    .insertInto('setting')
    .values({ subdistrict_id: street, name, value })
    .onConflict(c => c.columns(['subdistrict_id', 'name']).doUpdateSet({ value }))
    .execute()
}

/** The next number of a series (`notice`, `incident`, `leave`, …): from 1 per street, never reset. */
export async function nextNumber(db: StreetDb, series: string): Promise<number> {
  const row = await db.sql
    .insertInto('counter')
    .values({ subdistrict_id: db.street, name: series, value: 1 })
    .onConflict(c => c.columns(['subdistrict_id', 'name']).doUpdateSet(eb => ({ value: eb('counter.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return row.value
}
