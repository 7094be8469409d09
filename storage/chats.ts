import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'

/** A conversation on a platform; with a group where it is bound to one. `webhook` and `session` are bearer secrets. */
export interface Chat {
  id: string
  street: string
  groupId?: string
  channel: string
  kind: 'group' | 'direct'
  platformId?: string
  webhook?: string
  session?: { url: string; expiresAt: number }
  state: 'open' | 'dead'
}

type ChatRow = {
  id: string
  subdistrict_id: string
  group_id: string | null
  channel: string
  kind: 'group' | 'direct'
  platform_id: string | null
  webhook: string | null
  session: string | null
  session_expires_at: number | null
  state: 'open' | 'dead'
}

export async function findChat(db: Db, channel: string, platformId: string): Promise<Chat | undefined> {
  const row = await db.sql
    .selectFrom('chat')
    .selectAll()
    .where('channel', '=', channel)
    .where('platform_id', '=', platformId)
    .executeTakeFirst()
  return row && toChat(db, row)
}

export async function getChat(db: Db, id: string): Promise<Chat> {
  return toChat(db, await db.sql.selectFrom('chat').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
}

/** What the platform calls each of these chats, by row id; one that waits for 绑定 has no name there. */
export async function listChatPlatformIds(db: StreetDb, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.sql
    .selectFrom('chat')
    .select(['id', 'platform_id'])
    .where('subdistrict_id', '=', db.street)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.flatMap(({ id, platform_id }) => (platform_id === null ? [] : [[id, platform_id] as const])))
}

/** The names of the groups whose chat on a channel is bound and has no push address. */
export async function listGroupsWithoutPush(db: StreetDb, channel: string): Promise<string[]> {
  const rows = await db.sql
    .selectFrom('chat')
    .innerJoin('chat_group', 'chat_group.id', 'chat.group_id')
    .select('chat_group.name')
    .where('chat.subdistrict_id', '=', db.street)
    .where('chat.channel', '=', channel)
    .where('chat.webhook', 'is', null)
    .orderBy('chat_group.id')
    .execute()
  return rows.map(({ name }) => name)
}

/** Remembers a chat somebody wrote in, and its newest reply address. */
export async function noteChat(
  db: StreetDb,
  chat: {
    channel: string
    kind: 'group' | 'direct'
    platformId: string
    session?: { url: string; expiresAt: number }
    at: number
  },
): Promise<Chat> {
  const known = await findChat(db, chat.channel, chat.platformId)
  const id = known?.id ?? newId(chat.at)
  const session = chat.session
    ? {
        session: db.vault.seal(chat.session.url, { table: 'chat', column: 'session', id }),
        session_expires_at: chat.session.expiresAt,
      }
    : {}
  if (known) {
    if (chat.session || known.state === 'dead') {
      await db.sql
        .updateTable('chat')
        .set({ ...session, state: 'open' })
        .where('id', '=', id)
        .execute()
    }
    return { ...known, state: 'open', session: chat.session ?? known.session }
  }
  const row = await db.sql
    .insertInto('chat')
    .values({
      id,
      subdistrict_id: db.street,
      group_id: null,
      channel: chat.channel,
      kind: chat.kind,
      platform_id: chat.platformId,
      webhook: null,
      session: null,
      session_expires_at: null,
      state: 'open',
      ...session,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toChat(db, row)
}

/** The platform said the conversation is gone: nothing is sent there until somebody writes in it again. */
export async function markChatDead(db: Db, id: string): Promise<void> {
  await db.sql.updateTable('chat').set({ state: 'dead' }).where('id', '=', id).execute()
}

/** Its reply address did not work: another route is taken until the next message brings a new one. */
export async function dropChatSession(db: Db, id: string): Promise<void> {
  await db.sql.updateTable('chat').set({ session: null, session_expires_at: null }).where('id', '=', id).execute()
}

function toChat(db: Db, row: ChatRow): Chat {
  const open = (column: 'webhook' | 'session') =>
    row[column] === null ? undefined : db.vault.open(row[column], { table: 'chat', column, id: row.id }).reveal()
  const session = open('session')
  return {
    id: row.id,
    street: row.subdistrict_id,
    groupId: row.group_id ?? undefined,
    channel: row.channel,
    kind: row.kind,
    platformId: row.platform_id ?? undefined,
    webhook: open('webhook'),
    session: session === undefined ? undefined : { url: session, expiresAt: row.session_expires_at ?? 0 },
    state: row.state,
  }
}
