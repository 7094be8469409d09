import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { touchRoster } from './load-roster.ts'

/** What a group speaks for: the street, a community, or one grid of it. */
export interface GroupTarget {
  name: string
  scope: 'street' | 'community' | 'grid'
  community?: string
  gridId?: string
}

/** Adds a group that has no chat yet. */
export async function insertChatGroup(db: StreetDb, target: GroupTarget, now: number): Promise<{ id: string }> {
  const id = newId(now)
  await db.sql
    .insertInto('chat_group')
    .values({
      id,
      subdistrict_id: db.street,
      name: target.name,
      scope: target.scope,
      community: target.community ?? null,
      grid_id: target.gridId ?? null,
    })
    .execute()
  return { id }
}

/**
 * Ties a conversation to a group. A line of the roster that named the group's chat without its conversation id was waiting for
 * exactly this: its push address moves over and the line is gone.
 */
export async function bindChat(
  db: StreetDb,
  { chatId, groupId, channel }: { chatId: string; groupId: string; channel: string },
  now: number,
): Promise<void> {
  const waiting = await db.sql
    .selectFrom('chat')
    .select(['id', 'webhook'])
    .where('subdistrict_id', '=', db.street)
    .where('group_id', '=', groupId)
    .where('channel', '=', channel)
    .where('platform_id', 'is', null)
    .executeTakeFirst()
  const pushAddress =
    waiting?.webhook && db.vault.open(waiting.webhook, { table: 'chat', column: 'webhook', id: waiting.id })
  const webhook = pushAddress && db.vault.seal(pushAddress.reveal(), { table: 'chat', column: 'webhook', id: chatId })
  if (waiting) await db.sql.deleteFrom('chat').where('id', '=', waiting.id).execute()
  await db.sql
    .updateTable('chat')
    .set({ group_id: groupId, ...(webhook ? { webhook } : {}) })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', chatId)
    .execute()
  await touchRoster(db, newId(now))
}
