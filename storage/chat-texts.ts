import type { StreetDb } from './database.ts'

/** A text that people could read in a chat. `id` is what a quote of it is known by: the outbox row, or the platform's message id. */
export interface ChatText {
  id: string
  text: string
  at: number
}

export interface ChatTextFilter {
  channel: string
  /** The chat as the channel names it; a private one has several names. */
  targets: readonly string[]
  since: number
  limit: number
}

/** What we said there, newest first. */
export async function listNewestSaid(db: StreetDb, filter: ChatTextFilter): Promise<ChatText[]> {
  const rows = await db.sql
    .selectFrom('sent_message')
    .select(['id', 'outbox_id', 'text', 'at'])
    .where('subdistrict_id', '=', db.street)
    .where('channel', '=', filter.channel)
    .where('target', 'in', filter.targets)
    .where('at', '>=', filter.since)
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows.map(({ id, outbox_id, text, at }) => ({
    id: outbox_id,
    text: db.vault.open(text, { table: 'sent_message', column: 'text', id }).reveal(),
    at,
  }))
}

/** What people said to us there, newest first. */
export async function listNewestHeard(db: StreetDb, filter: ChatTextFilter): Promise<ChatText[]> {
  const rows = await db.sql
    .selectFrom('message')
    .select(['id', 'platform_id', 'text', 'received_at'])
    .where('subdistrict_id', '=', db.street)
    .where('channel', '=', filter.channel)
    .where('chat_platform_id', 'in', filter.targets)
    .where('received_at', '>=', filter.since)
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows.map(({ id, platform_id, text, received_at }) => ({
    id: platform_id,
    text: db.vault.open(text, { table: 'message', column: 'text', id }).reveal(),
    at: received_at,
  }))
}
