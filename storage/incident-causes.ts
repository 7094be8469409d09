import type { StreetDb } from './database.ts'

/** Names an incident's root cause, or another one. Source: S1-03 (源头控制) */
export async function nameIncidentCause(db: StreetDb, id: string, cause: string): Promise<void> {
  await db.sql
    .updateTable('incident')
    .set({ cause: db.vault.seal(cause, { table: 'incident', column: 'cause', id }) })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}
