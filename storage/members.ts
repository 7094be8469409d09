import type { Day } from '../policy/time.ts'
import type { Db, StreetDb } from './database.ts'
import { fieldsOf } from './records.ts'
import type { Personal } from './vault.ts'

/** Private messages go to the channel a person last wrote on. */
export async function noteLastChannel(db: Db, memberId: string, channel: string): Promise<void> {
  await db.sql
    .updateTable('member')
    .set({ last_channel: channel })
    .where('id', '=', memberId)
    .where(eb => eb.or([eb('last_channel', 'is', null), eb('last_channel', '!=', channel)]))
    .execute()
}

export async function findLastChannel(db: Db, memberId: string): Promise<string | undefined> {
  const row = await db.sql.selectFrom('member').select('last_channel').where('id', '=', memberId).executeTakeFirst()
  return row?.last_channel ?? undefined
}

/** 出生日期 of those whose roster tells it, by member id; for the check of ages alone, never shown. */
export async function listBirthdays(db: StreetDb): Promise<Map<string, Day>> {
  const rows = await db.sql
    .selectFrom('member')
    .select(['id', 'born'])
    .where('subdistrict_id', '=', db.street)
    .where('born', 'is not', null)
    .execute()
  return new Map(
    rows.map(({ id, born }) => [id, db.vault.open(born!, { table: 'member', column: 'born', id }).reveal()]),
  )
}

/** The telephones that the roster has, by row id. */
export async function findPhones(db: StreetDb, ids: readonly string[]): Promise<Map<string, Personal>> {
  if (ids.length === 0) return new Map()
  const rows = await db.sql
    .selectFrom('member')
    .select(['id', 'phone'])
    .where('subdistrict_id', '=', db.street)
    .where('id', 'in', ids)
    .execute()
  const phones = rows.map(({ id, phone }) => [id, fieldsOf(db, 'member', id).open('phone', phone)] as const)
  return new Map(phones.flatMap(([id, phone]) => (phone ? [[id, phone] as const] : [])))
}
