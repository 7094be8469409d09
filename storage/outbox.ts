import type { Selectable } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/**
 * How pressing a text is: `urgent` breaks through quiet hours and goes first · `answer` replies to the reader's own message, never held ·
 * `notice` belongs to a task notice and goes at its hour · `normal` waits for the end of quiet hours.
 */
export type Urgency = Schema['outbox']['urgency']

/** A button is words put into the reader's mouth: pressing it is a message of theirs. */
export interface Card {
  title: string
  buttons: { key: string; text: string; says: string }[]
  /**
   * For whom its buttons go once one was pressed: `reader` for whoever pressed it (the default), `everybody` where one decision is for
   * all who have it, `never` where the others still stand for something else.
   */
  ends?: 'reader' | 'everybody' | 'never'
}

/** A picture drawn when it is sent, outside the transaction that asked for it; `data` holds figures, never personal data. */
export interface Attachment {
  kind: string
  data: unknown
}

export type Recipient =
  | { kind: 'chat'; chatId: string }
  | { kind: 'member'; memberId: string }
  | { kind: 'person'; channel: string; platformId: string }

/**
 * Items with the same key that wait for the same instant leave as one text: `head` once, then each `item`; with `lastCounts` the newest
 * alone, which tells what all of them came to.
 */
export interface Merge {
  key: string
  head: string
  item: string
  lastCounts?: boolean
}

export interface NewOutboxItem {
  to: Recipient
  /** What it is, in one word: check-in, notice-sheet, incident-alert, … */
  kind: string
  text: string
  /** Member ids to @. */
  mentions?: string[]
  card?: Card
  attachment?: Attachment
  urgency: Urgency
  merge?: Merge
  notBefore?: number
  /** Worthless afterwards: dropped with the reason. */
  notAfter?: number
  /** The copy of a card whose buttons give way to this text. */
  replaces?: string
  messageId?: string
  subject?: { type: string; id: string }
  at: number
}

export interface OutboxItem {
  id: string
  street: string
  to: Recipient
  kind: string
  text: Personal
  mentions: string[]
  card?: Card
  attachment?: Attachment
  urgency: Urgency
  merge?: Merge
  notBefore: number
  notAfter?: number
  state: Schema['outbox']['state']
  attempts: number
  /** An earlier try may have reached the platform. */
  doubtful: boolean
  at: number
  sentAt?: number
  mergedInto?: string
  error?: string
  replaces?: string
  messageId?: string
  subject?: { type: string; id: string }
}

export async function insertOutboxItem(db: StreetDb, item: NewOutboxItem): Promise<OutboxItem> {
  const id = newId(item.at)
  const row = await db.sql
    .insertInto('outbox')
    .values({
      id,
      subdistrict_id: db.street,
      to_kind: item.to.kind,
      chat_id: item.to.kind === 'chat' ? item.to.chatId : null,
      member_id: item.to.kind === 'member' ? item.to.memberId : null,
      channel: item.to.kind === 'person' ? item.to.channel : null,
      platform_id: item.to.kind === 'person' ? item.to.platformId : null,
      kind: item.kind,
      text: db.vault.seal(item.text, { table: 'outbox', column: 'text', id }),
      mentions: JSON.stringify(item.mentions ?? []),
      card: item.card ? JSON.stringify(item.card) : null,
      attachment: item.attachment ? JSON.stringify(item.attachment) : null,
      urgency: item.urgency,
      merge_key: item.merge?.key ?? null,
      merge: item.merge ? JSON.stringify({ ...item.merge, key: undefined }) : null,
      not_before: item.notBefore ?? item.at,
      not_after: item.notAfter ?? null,
      state: 'pending',
      attempts: 0,
      doubtful: 0,
      lease_until: null,
      at: item.at,
      sent_at: null,
      merged_into: null,
      error: null,
      replaces: item.replaces ?? null,
      message_id: item.messageId ?? null,
      subject_type: item.subject?.type ?? null,
      subject_id: item.subject?.id ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toOutboxItem(db, row)
}

export async function findOutboxItem(db: Db, id: string): Promise<OutboxItem | undefined> {
  const row = await db.sql.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toOutboxItem(db, row)
}

/** Everything said in the transaction of one message, oldest first. */
export async function listOutboxOfMessage(db: Db, messageId: string): Promise<OutboxItem[]> {
  const rows = await db.sql.selectFrom('outbox').selectAll().where('message_id', '=', messageId).orderBy('id').execute()
  return rows.map(row => toOutboxItem(db, row))
}

export async function listOutboxOfSubject(db: StreetDb, subject: { type: string; id: string }): Promise<OutboxItem[]> {
  const rows = await db.sql
    .selectFrom('outbox')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .orderBy('id')
    .execute()
  return rows.map(row => toOutboxItem(db, row))
}

/** Who was told something of this kind in private since an instant, and when last; by member id. UTC epoch ms. */
export async function listToldSince(db: StreetDb, kind: string, since: number): Promise<Map<string, number>> {
  const rows = await db.sql
    .selectFrom('outbox')
    .select(['member_id', 'at'])
    .where('subdistrict_id', '=', db.street)
    .where('kind', '=', kind)
    .where('member_id', 'is not', null)
    .where('at', '>=', since)
    .orderBy('at')
    .execute()
  return new Map(rows.map(row => [row.member_id!, row.at]))
}

/** Narrows the list of everything said; `to` is not included. */
export interface OutboxFilter {
  states?: readonly OutboxItem['state'][]
  from?: number
  to?: number
  /** Ids sort by birth: a page begins after this one. */
  afterId?: string
  limit?: number
}

/** In the order in which it was said. */
export async function listOutboxItems(db: StreetDb, filter: OutboxFilter): Promise<OutboxItem[]> {
  let query = selectOutbox(db, filter).selectAll().orderBy('id')
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(row => toOutboxItem(db, row))
}

export async function countOutboxItems(db: StreetDb, filter: OutboxFilter): Promise<number> {
  const row = await selectOutbox(db, filter)
    .select(eb => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function selectOutbox(db: StreetDb, { states, from, to }: OutboxFilter) {
  let query = db.sql.selectFrom('outbox').where('subdistrict_id', '=', db.street)
  if (states) query = query.where('state', 'in', states)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  return query
}

/** The earliest instant after `after` at which something waits to go out. */
export async function nextOutboxInstant(db: Db, after: number): Promise<number | undefined> {
  const row = await db.sql
    .selectFrom('outbox')
    .select(eb => eb.fn.min('not_before').as('next'))
    .where('state', '=', 'pending')
    .where('not_before', '>', after)
    .executeTakeFirst()
  return row?.next ?? undefined
}

export function toOutboxItem(db: Db, row: Selectable<Schema['outbox']>): OutboxItem {
  return {
    id: row.id,
    street: row.subdistrict_id,
    to:
      row.to_kind === 'chat'
        ? { kind: 'chat', chatId: row.chat_id! }
        : row.to_kind === 'member'
          ? { kind: 'member', memberId: row.member_id! }
          : { kind: 'person', channel: row.channel!, platformId: row.platform_id! },
    kind: row.kind,
    text: db.vault.open(row.text, { table: 'outbox', column: 'text', id: row.id }),
    mentions: JSON.parse(row.mentions) as string[],
    card: row.card === null ? undefined : (JSON.parse(row.card) as Card),
    attachment: row.attachment === null ? undefined : (JSON.parse(row.attachment) as Attachment),
    urgency: row.urgency,
    merge:
      row.merge_key === null || row.merge === null
        ? undefined
        : { key: row.merge_key, ...(JSON.parse(row.merge) as Omit<Merge, 'key'>) },
    notBefore: row.not_before,
    notAfter: row.not_after ?? undefined,
    state: row.state,
    attempts: row.attempts,
    doubtful: row.doubtful === 1,
    at: row.at,
    sentAt: row.sent_at ?? undefined,
    mergedInto: row.merged_into ?? undefined,
    error: row.error ?? undefined,
    replaces: row.replaces ?? undefined,
    messageId: row.message_id ?? undefined,
    subject: row.subject_type && row.subject_id ? { type: row.subject_type, id: row.subject_id } : undefined,
  }
}
