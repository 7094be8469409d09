import type { Selectable } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import type { Attachment, Card } from './outbox.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** A text as it really left, merged and marked as it was read. */
export interface SentText {
  id: string
  street: string
  outboxId: string
  channel: string
  /** Conversation on the platform, or `@` and the person's id there. */
  target: string
  text: Personal
  mentions: string[]
  card?: Card
  attachment?: Attachment
  at: number
}

/** What reached one chat by `until`, oldest first. */
export async function listSentTexts(
  db: StreetDb,
  filter: { channel: string; target: string; afterId?: string; until: number; limit: number },
): Promise<SentText[]> {
  let query = db.sql
    .selectFrom('sent_message')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('channel', '=', filter.channel)
    .where('target', '=', filter.target)
    .where('at', '<=', filter.until)
    .orderBy('id')
    .limit(filter.limit)
  if (filter.afterId) query = query.where('id', '>', filter.afterId)
  return (await query.execute()).map(row => toSentText(db, row))
}

export async function findSentText(db: Db, id: string): Promise<SentText | undefined> {
  const row = await db.sql.selectFrom('sent_message').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toSentText(db, row)
}

function toSentText(db: Db, row: Selectable<Schema['sent_message']>): SentText {
  return {
    id: row.id,
    street: row.subdistrict_id,
    outboxId: row.outbox_id,
    channel: row.channel,
    target: row.target,
    text: db.vault.open(row.text, { table: 'sent_message', column: 'text', id: row.id }),
    mentions: JSON.parse(row.mentions) as string[],
    card: row.card === null ? undefined : (JSON.parse(row.card) as Card),
    attachment: row.attachment === null ? undefined : (JSON.parse(row.attachment) as Attachment),
    at: row.at,
  }
}
