import type { Selectable } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow } from './records.ts'
import type { Schema } from './schema.ts'

/** A document that came with a message, its own or a quoted one; its bytes are fetched after the commit. */
export interface MessageFile {
  id: string
  messageId: string
  /** As the sender's platform names it. */
  name: string
  state: 'pending' | 'stored' | 'failed'
  /** Name under DATA_DIR/files, encrypted on disk. */
  file?: string
  mime?: string
}

export async function insertMessageFile(
  db: StreetDb,
  { messageId, ref, name, at }: { messageId: string; ref: string; name: string; at: number },
): Promise<{ id: string }> {
  const id = newId(at)
  await db.sql
    .insertInto('message_file')
    .values({
      id,
      subdistrict_id: db.street,
      message_id: messageId,
      ref: db.vault.seal(ref, { table: 'message_file', column: 'ref', id }),
      name: db.vault.seal(name, { table: 'message_file', column: 'name', id }),
      state: 'pending',
      file: null,
      mime: null,
      bytes: null,
      sha256: null,
      at,
    })
    .execute()
  return { id }
}

export async function markMessageFile(
  db: StreetDb,
  id: string,
  outcome: { state: 'stored'; file: string; mime: string; bytes: number; sha256: string } | { state: 'failed' },
): Promise<void> {
  await db.sql
    .updateTable('message_file')
    .set(outcome)
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

export async function listMessageFiles(db: StreetDb, messageId: string): Promise<MessageFile[]> {
  const rows = await db.sql
    .selectFrom('message_file')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('message_id', '=', messageId)
    .orderBy('id')
    .execute()
  return rows.map(row => toMessageFile(db, row))
}

export async function findMessageFile(db: StreetDb, id: string): Promise<MessageFile | undefined> {
  const row = await findRow(db, 'message_file', id)
  return row && toMessageFile(db, row)
}

/** References of documents that still wait to be fetched. */
export async function listPendingFileRefs(db: Db): Promise<string[]> {
  const rows = await db.sql.selectFrom('message_file').select(['id', 'ref']).where('state', '=', 'pending').execute()
  return rows.map(({ id, ref }) => db.vault.open(ref, { table: 'message_file', column: 'ref', id }).reveal())
}

function toMessageFile(db: StreetDb, row: Selectable<Schema['message_file']>): MessageFile {
  return {
    id: row.id,
    messageId: row.message_id,
    name: db.vault.open(row.name, { table: 'message_file', column: 'name', id: row.id }).reveal(),
    state: row.state,
    file: row.file ?? undefined,
    mime: row.mime ?? undefined,
  }
}
