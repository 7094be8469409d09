import type { StreetDb } from './database.ts'

/** Who made which record when; where its audit says `created`. */
export interface OwnRecord {
  type: string
  id: string
  at: number
  /** The message that made it. */
  messageId?: string
}

/** The records somebody made since an instant, newest first. `by` is a member id. */
export async function listCreatedBy(db: StreetDb, by: string, since: number): Promise<OwnRecord[]> {
  const rows = await db.sql
    .selectFrom('audit')
    .select(['subject_type', 'subject_id', 'at', 'message_id'])
    .where('subdistrict_id', '=', db.street)
    .where('by', '=', by)
    .where('at', '>=', since)
    .where('action', '=', 'created')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(row => ({
    type: row.subject_type,
    id: row.subject_id,
    at: row.at,
    messageId: row.message_id ?? undefined,
  }))
}

/** When a record was made, by its audit; undefined for one that is none of its own (a roll, a task). UTC epoch ms. */
export async function findCreatedAt(db: StreetDb, subject: { type: string; id: string }): Promise<number | undefined> {
  const row = await db.sql
    .selectFrom('audit')
    .select('at')
    .where('subdistrict_id', '=', db.street)
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .where('action', '=', 'created')
    .orderBy('id')
    .executeTakeFirst()
  return row?.at
}

/** What a message still wanted to say in a shared line is not said any more: its record was taken back. */
export async function dropMergedLines(db: StreetDb, messageId: string): Promise<void> {
  await db.sql
    .updateTable('outbox')
    .set({ state: 'failed', error: 'record taken back' })
    .where('subdistrict_id', '=', db.street)
    .where('message_id', '=', messageId)
    .where('state', '=', 'pending')
    .where('merge_key', 'is not', null)
    .execute()
}
