import type { StreetDb } from './database.ts'

/** The newest text said under a merge key: when it was said, and when it may leave. Both are equal where it did not wait. */
export async function findNewestOfMergeKey(
  db: StreetDb,
  key: string,
): Promise<{ at: number; notBefore: number } | undefined> {
  const row = await db.sql
    .selectFrom('outbox')
    .select(['at', 'not_before'])
    .where('subdistrict_id', '=', db.street)
    .where('merge_key', '=', key)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { at: row.at, notBefore: row.not_before }
}
