import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { type OutboxItem, toOutboxItem } from './outbox.ts'
import type { Schema } from './schema.ts'

/** What may go out now, the pressing first, then in the order it was said; locked against other processes until the transaction ends. */
export async function listDueItems(db: Db, now: number, limit: number): Promise<OutboxItem[]> {
  const rank = sql`case urgency when 'urgent' then 0 when 'notice' then 1 when 'answer' then 2 else 3 end`
  let due = db.sql
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'pending')
    .where('not_before', '<=', now)
    .orderBy(rank)
    .orderBy('id')
    .limit(limit)
  if (db.dialect === 'postgres') due = due.forUpdate().skipLocked()
  return (await due.execute()).map(row => toOutboxItem(db, row))
}

/** Waiting items that may share one text with `lead`: its merge key, or (where `plain`) any plain answer for the same chat. */
export async function listMergeable(db: Db, lead: OutboxItem, now: number, plain: boolean): Promise<OutboxItem[]> {
  if (lead.to.kind !== 'chat' || (!lead.merge && !plain)) return []
  let query = db.sql
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'pending')
    .where('not_before', '<=', now)
    .where('chat_id', '=', lead.to.chatId)
    .where('id', '!=', lead.id)
    .orderBy('id')
    .limit(200)
  query = lead.merge
    ? query.where('merge_key', '=', lead.merge.key)
    : query
        .where('merge_key', 'is', null)
        .where('card', 'is', null)
        .where('attachment', 'is', null)
        .where('mentions', '=', '[]')
        .where('doubtful', '=', 0)
        .where('urgency', 'in', ['answer', 'normal'])
        .limit(9)
  if (db.dialect === 'postgres') query = query.forUpdate().skipLocked()
  return (await query.execute()).map(row => toOutboxItem(db, row))
}

type Change = Partial<
  Pick<
    Selectable<Schema['outbox']>,
    'state' | 'not_before' | 'error' | 'sent_at' | 'merged_into' | 'doubtful' | 'lease_until' | 'attempts'
  >
>

export async function changeItems(db: Db, ids: readonly string[], change: Change): Promise<void> {
  if (ids.length > 0) await db.sql.updateTable('outbox').set(change).where('id', 'in', ids).execute()
}

/**
 * Sends that were cut off: by a kill (all of them when this process starts alone on its database) or in another process whose
 * lease ran out. They may have arrived, so the next try is marked.
 */
export async function reviveCutOff(db: Db, before: number): Promise<number> {
  const { numUpdatedRows } = await db.sql
    .updateTable('outbox')
    .set({ state: 'pending', doubtful: 1, lease_until: null })
    .where('state', '=', 'sending')
    .where('lease_until', '<=', before)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export interface SentMessage {
  outboxId: string
  street: string
  channel: string
  target: string
  route: string
  text: string
  mentions: string[]
  card?: unknown
  attachment?: unknown
  at: number
  platformId?: string
}

export async function insertSentMessage(db: Db, sent: SentMessage): Promise<void> {
  const id = newId(sent.at)
  await db.sql
    .insertInto('sent_message')
    .values({
      id,
      subdistrict_id: sent.street,
      outbox_id: sent.outboxId,
      channel: sent.channel,
      target: sent.target,
      route: sent.route,
      text: db.vault.seal(sent.text, { table: 'sent_message', column: 'text', id }),
      mentions: JSON.stringify(sent.mentions),
      card: sent.card ? JSON.stringify(sent.card) : null,
      attachment: sent.attachment ? JSON.stringify(sent.attachment) : null,
      at: sent.at,
      platform_id: sent.platformId ?? null,
    })
    .execute()
}

/** The instants of the sends on a route after `since`, oldest first. */
export async function listSendTimes(db: Db, route: string, since: number): Promise<number[]> {
  const rows = await db.sql
    .selectFrom('sent_message')
    .select('at')
    .where('route', '=', route)
    .where('at', '>', since)
    .orderBy('at')
    .execute()
  return rows.map(({ at }) => at)
}

export async function countUsage(db: Db, month: string, channel: string, meter: string, by: number): Promise<number> {
  const row = await db.sql
    .insertInto('usage')
    .values({ month, channel, meter, count: by })
    .onConflict(c =>
      c.columns(['month', 'channel', 'meter']).doUpdateSet(eb => ({ count: eb('usage.count', '+', by) })),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return row.count
}

export async function listUsage(db: Db, month: string): Promise<{ channel: string; meter: string; count: number }[]> {
  return db.sql.selectFrom('usage').select(['channel', 'meter', 'count']).where('month', '=', month).execute()
}

/** How many items stand in each state, and the oldest that waits. */
export async function countOutbox(db: Db): Promise<{ state: string; count: number; oldest: number }[]> {
  const rows = await db.sql
    .selectFrom('outbox')
    .select(eb => ['state', eb.fn.countAll<number>().as('count'), eb.fn.min('not_before').as('oldest')])
    .groupBy('state')
    .execute()
  return rows.map(row => ({ state: row.state, count: Number(row.count), oldest: Number(row.oldest) }))
}

/** What a platform refused to bring to a chat since an instant waits again: whoever wrote there can be reached once more. */
export async function retryRefused(
  db: StreetDb,
  { chatId, kind, since, now }: { chatId: string; kind: string; since: number; now: number },
): Promise<void> {
  await db.sql
    .updateTable('outbox')
    .set({ state: 'pending', attempts: 0, not_before: now, error: null })
    .where('subdistrict_id', '=', db.street)
    .where('chat_id', '=', chatId)
    .where('kind', '=', kind)
    .where('state', '=', 'failed')
    .where('at', '>=', since)
    .execute()
}
