import type { StreetDb } from './database.ts'
import type { Merge } from './outbox.ts'

/** A line for a group that still waits for its window to close. */
export interface PendingLine {
  outboxId: string
  item: string
}

/** What the newest line of a merge key says that still waits; nothing where all have left. */
export async function findPendingItem(db: StreetDb, mergeKey: string): Promise<string | undefined> {
  const row = await db.sql
    .selectFrom('outbox')
    .select('merge')
    .where('subdistrict_id', '=', db.street)
    .where('merge_key', '=', mergeKey)
    .where('state', '=', 'pending')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.merge ? (JSON.parse(row.merge) as Merge).item : undefined
}

/** Every line of this kind that waits, in whatever group. */
export async function listPendingLines(db: StreetDb, keyPrefix: string): Promise<PendingLine[]> {
  const rows = await db.sql
    .selectFrom('outbox')
    .select(['id', 'merge'])
    .where('subdistrict_id', '=', db.street)
    .where('merge_key', 'like', `${keyPrefix}%`)
    .where('state', '=', 'pending')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, merge }) =>
    merge === null ? [] : [{ outboxId: id, item: (JSON.parse(merge) as Merge).item }],
  )
}

/** Nothing happens to a line that has left. */
export async function rewriteLine(db: StreetDb, outboxId: string, merge: Omit<Merge, 'key'>): Promise<void> {
  await db.sql
    .updateTable('outbox')
    .set({
      text: db.vault.seal(`${merge.head}${merge.item}`, { table: 'outbox', column: 'text', id: outboxId }),
      merge: JSON.stringify(merge),
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', outboxId)
    .where('state', '=', 'pending')
    .execute()
}
