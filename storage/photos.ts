import type { Selectable } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'

export interface Photo {
  id: string
  messageId: string
  state: 'pending' | 'stored' | 'failed'
  /** Name under DATA_DIR/photos, encrypted on disk. */
  file?: string
  mime?: string
}

/** A picture that came with a message; its bytes are fetched after the commit. */
export async function insertPhoto(
  db: StreetDb,
  photo: { messageId: string; ref: string; at: number },
): Promise<{ id: string }> {
  const id = newId(photo.at)
  await db.sql
    .insertInto('photo')
    .values({
      id,
      subdistrict_id: db.street,
      message_id: photo.messageId,
      ref: db.vault.seal(photo.ref, { table: 'photo', column: 'ref', id }),
      state: 'pending',
      file: null,
      mime: null,
      bytes: null,
      sha256: null,
      at: photo.at,
    })
    .execute()
  return { id }
}

export async function markPhoto(
  db: Db,
  id: string,
  outcome: { state: 'stored'; file: string; mime: string; bytes: number; sha256: string } | { state: 'failed' },
): Promise<void> {
  await db.sql.updateTable('photo').set(outcome).where('id', '=', id).execute()
}

export async function listPhotosOfMessages(db: StreetDb, messageIds: readonly string[]): Promise<Photo[]> {
  if (messageIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('photo')
    .select(['id', 'message_id', 'state', 'file', 'mime'])
    .where('subdistrict_id', '=', db.street)
    .where('message_id', 'in', messageIds)
    .orderBy('id')
    .execute()
  return rows.map(toPhoto)
}

function toPhoto(row: Pick<Selectable<Schema['photo']>, 'id' | 'message_id' | 'state' | 'file' | 'mime'>): Photo {
  return {
    id: row.id,
    messageId: row.message_id,
    state: row.state,
    file: row.file ?? undefined,
    mime: row.mime ?? undefined,
  }
}

/** A photo with the reference its platform gave it. */
export async function findPhoto(db: Db, id: string): Promise<(Photo & { ref: string }) | undefined> {
  const row = await db.sql.selectFrom('photo').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const ref = db.vault.open(row.ref, { table: 'photo', column: 'ref', id }).reveal()
  return { ...toPhoto(row), ref }
}

/** References of pictures that still wait to be fetched. */
export async function listPendingPhotoRefs(db: Db): Promise<string[]> {
  const rows = await db.sql.selectFrom('photo').select(['id', 'ref']).where('state', '=', 'pending').execute()
  return rows.map(({ id, ref }) => db.vault.open(ref, { table: 'photo', column: 'ref', id }).reveal())
}

/** The same picture in an earlier message, by the bytes that were kept; undefined where it is new. Source: S3A-15 */
export async function findSamePhoto(
  db: StreetDb,
  { sha256, messageId }: { sha256: string; messageId: string },
): Promise<{ messageId: string; at: number } | undefined> {
  const row = await db.sql
    .selectFrom('photo')
    .select(['message_id', 'at'])
    .where('subdistrict_id', '=', db.street)
    .where('sha256', '=', sha256)
    .where('message_id', '<', messageId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row && { messageId: row.message_id, at: row.at }
}
