import type { StreetDb } from './database.ts'
import { fieldsOf } from './records.ts'
import type { Personal } from './vault.ts'

/** A body outside the roster that incidents can be dispatched to. */
export interface Unit {
  id: string
  name: string
  contact?: Personal
  /** Its conversation on a platform, where the roster names one. */
  chatPlatformId?: string
}

export async function listUnits(db: StreetDb): Promise<Unit[]> {
  const rows = await db.sql
    .selectFrom('unit')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('name')
    .execute()
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    contact: fieldsOf(db, 'unit', row.id).open('contact', row.contact),
    chatPlatformId: row.chat_platform_id ?? undefined,
  }))
}
