import type { Selectable } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type ChannelName = 'dingtalk' | 'wecom' | 'wechat' | 'simulator'
export type MessageStatus = Schema['message']['status']

/** The part of the key (channel, robot, id) that the phone pages fill: their ids are made on the phone. */
export const H5_ROBOT = 'h5'

/** What came along with the text; stored sealed. */
export interface MessageDetail {
  mentions: { platformId?: string; name?: string }[]
  quote?: { id?: string; text?: string }
  location?: { lat: number; lng: number; datum: 'WGS-84' | 'GCJ-02'; name?: string }
  fault?: 'unsupported' | 'overQuota'
  /** The private chat was opened, nothing was said. */
  isArrival?: true
  senderName?: string
}

export interface StoredMessage {
  id: string
  channel: ChannelName
  /** Which robot heard it; `H5_ROBOT` for what came from the phone pages. */
  robot: string
  platformId: string
  chatPlatformId: string
  chatKind: 'group' | 'direct'
  senderPlatformId?: string
  memberId?: string
  /** The platform's time where it is plausible, else the Clock's: record times follow it. */
  at: number
  receivedAt: number
  text: Personal
  detail: MessageDetail
  intent?: string
  slots?: unknown
  /** Further records told in the same message. */
  also?: unknown[]
  status: MessageStatus
  reason?: string
}

export interface NewMessage {
  channel: ChannelName
  robot: string
  platformId: string
  chatPlatformId: string
  chatKind: 'group' | 'direct'
  senderPlatformId?: string
  memberId?: string
  at: number
  receivedAt: number
  text: string
  detail: MessageDetail
}

/** @returns undefined where (channel, robot, platform id) is already stored: the message is a repeat. */
export async function insertMessage(db: StreetDb, message: NewMessage): Promise<StoredMessage | undefined> {
  const id = newId(message.receivedAt)
  const row = await db.sql
    .insertInto('message')
    .values({
      id,
      subdistrict_id: db.street,
      channel: message.channel,
      robot: message.robot,
      platform_id: message.platformId,
      chat_platform_id: message.chatPlatformId,
      chat_kind: message.chatKind,
      sender_platform_id: message.senderPlatformId ?? null,
      member_id: message.memberId ?? null,
      at: message.at,
      received_at: message.receivedAt,
      text: db.vault.seal(message.text, { table: 'message', column: 'text', id }),
      detail: db.vault.seal(JSON.stringify(message.detail), { table: 'message', column: 'detail', id }),
      intent: null,
      slots: null,
      status: 'silent',
      reason: null,
    })
    .onConflict(c => c.columns(['channel', 'robot', 'platform_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && toMessage(db, row)
}

/** What became of it. `reason` is a code, never a text of a person. */
export async function settleMessage(
  db: StreetDb,
  id: string,
  outcome: { intent?: string; slots?: unknown; also?: unknown[]; status: MessageStatus; reason?: string },
): Promise<void> {
  await db.sql
    .updateTable('message')
    .set({
      intent: outcome.intent ?? null,
      slots:
        outcome.slots === undefined
          ? null
          : db.vault.seal(JSON.stringify({ slots: outcome.slots, also: outcome.also }), {
              table: 'message',
              column: 'slots',
              id,
            }),
      status: outcome.status,
      reason: outcome.reason ?? null,
    })
    .where('id', '=', id)
    .execute()
}

export async function findMessage(db: StreetDb, id: string): Promise<StoredMessage | undefined> {
  const row = await findRow(db, 'message', id)
  return row && toMessage(db, row)
}

/** Where somebody last wrote to the bot in private; undefined where they never did. */
export async function findPrivateChat(
  db: StreetDb,
  channel: ChannelName,
  memberId: string,
): Promise<string | undefined> {
  const row = await db.sql
    .selectFrom('message')
    .select('chat_platform_id')
    .where('subdistrict_id', '=', db.street)
    .where('member_id', '=', memberId)
    .where('channel', '=', channel)
    .where('chat_kind', '=', 'direct')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.chat_platform_id
}

/** The same, of somebody by platform id, in whatever street. */
export async function findPrivateChatOf(db: Db, channel: ChannelName, platformId: string): Promise<string | undefined> {
  const row = await db.sql
    .selectFrom('message')
    .select('chat_platform_id')
    .where('channel', '=', channel)
    .where('sender_platform_id', '=', platformId)
    .where('chat_kind', '=', 'direct')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.chat_platform_id
}

export async function findMessageByPlatformId(
  db: Db,
  key: { channel: string; robot: string; platformId: string },
): Promise<{ id: string; street: string; status: MessageStatus; text: Personal } | undefined> {
  const row = await db.sql
    .selectFrom('message')
    .select(['id', 'subdistrict_id', 'status', 'text'])
    .where('channel', '=', key.channel)
    .where('robot', '=', key.robot)
    .where('platform_id', '=', key.platformId)
    .executeTakeFirst()
  if (!row) return undefined
  const text = db.vault.open(row.text, { table: 'message', column: 'text', id: row.id })
  return { id: row.id, street: row.subdistrict_id, status: row.status, text }
}

/** Messages of one chat in order, for the simulator page and for a person's day. */
export async function listChatMessages(
  db: StreetDb,
  filter: { channel: string; chatPlatformId: string; afterId?: string; limit: number },
): Promise<StoredMessage[]> {
  let query = db.sql
    .selectFrom('message')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('channel', '=', filter.channel)
    .where('chat_platform_id', '=', filter.chatPlatformId)
    .orderBy('id')
    .limit(filter.limit)
  if (filter.afterId) query = query.where('id', '>', filter.afterId)
  return (await query.execute()).map(row => toMessage(db, row))
}

/** Row ids of the members who wrote anything from that instant on. */
export async function listWritersSince(db: StreetDb, from: number): Promise<Set<string>> {
  const rows = await db.sql
    .selectFrom('message')
    .select('member_id')
    .distinct()
    .where('subdistrict_id', '=', db.street)
    .where('received_at', '>=', from)
    .where('member_id', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ member_id }) => member_id ?? []))
}

export interface MessageFilter {
  statuses: readonly MessageStatus[]
  from?: number
  to?: number
}

/** What became of messages in one of these ways, oldest first. */
export async function listMessages(
  db: StreetDb,
  filter: MessageFilter & { afterId?: string; limit: number },
): Promise<StoredMessage[]> {
  let query = select(db, filter).selectAll().orderBy('id').limit(filter.limit)
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  return (await query.execute()).map(row => toMessage(db, row))
}

export async function countMessages(db: StreetDb, filter: MessageFilter): Promise<number> {
  const row = await select(db, filter)
    .select(eb => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function select(db: StreetDb, { statuses, from, to }: MessageFilter) {
  let query = db.sql.selectFrom('message').where('subdistrict_id', '=', db.street).where('status', 'in', statuses)
  if (from !== undefined) query = query.where('received_at', '>=', from)
  if (to !== undefined) query = query.where('received_at', '<', to)
  return query
}

/** The widest signature window is an hour either side: an older pair is refused before anybody asks for it here. */
const PROOF_KEPT_MS = 3 * 60 * 60_000

/** The first time this signed pair was seen; remembers it where it is new, and forgets those that are refused anyway. */
export async function noteProof(db: Db, key: string, machineAt: number): Promise<number> {
  await db.sql
    .deleteFrom('proof_seen')
    .where('first_at', '<', machineAt - PROOF_KEPT_MS)
    .execute()
  await db.sql
    .insertInto('proof_seen')
    .values({ key, first_at: machineAt })
    .onConflict(c => c.column('key').doNothing())
    .execute()
  const row = await db.sql.selectFrom('proof_seen').select('first_at').where('key', '=', key).executeTakeFirstOrThrow()
  return row.first_at
}

function toMessage(db: Db, row: Selectable<Schema['message']>): StoredMessage {
  const open = (column: 'text' | 'detail' | 'slots', sealed: string) =>
    db.vault.open(sealed, { table: 'message', column, id: row.id })
  const meaning =
    row.slots === null ? {} : (JSON.parse(open('slots', row.slots).reveal()) as { slots: unknown; also?: unknown[] })
  return {
    id: row.id,
    channel: row.channel as ChannelName,
    robot: row.robot,
    platformId: row.platform_id,
    chatPlatformId: row.chat_platform_id,
    chatKind: row.chat_kind,
    senderPlatformId: row.sender_platform_id ?? undefined,
    memberId: row.member_id ?? undefined,
    at: row.at,
    receivedAt: row.received_at,
    text: open('text', row.text),
    detail: JSON.parse(open('detail', row.detail).reveal()) as MessageDetail,
    intent: row.intent ?? undefined,
    ...meaning,
    status: row.status,
    reason: row.reason ?? undefined,
  }
}
