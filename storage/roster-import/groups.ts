import type { Selectable } from 'kysely'
import { newId } from '../ids.ts'
import type { Schema } from '../schema.ts'
import type { Import } from './entries.ts'
import { type ChatEntry, type GridRef, type GroupEntry, refName } from './entries.ts'
import { readGridRows } from './grid-rows.ts'
import { listDifferences } from './grids.ts'

type GroupRow = Selectable<Schema['chat_group']>
type ChatRow = Selectable<Schema['chat']>

/** Adds groups and the chats they consist of, and corrects known ones. @returns how many groups were added or changed */
export async function applyGroups(at: Import, groups: readonly GroupEntry[]): Promise<number> {
  const { db, now, record } = at
  const rows = await db.sql.selectFrom('chat_group').selectAll().where('subdistrict_id', '=', db.street).execute()
  const gridIds = await readGridIds(at)
  let changed = 0
  for (const group of groups) {
    const gridId = group.grid ? gridIds(group.grid) : null
    const community = group.community ?? null
    const known = rows.find(
      row => row.scope === group.scope && row.grid_id === gridId && (gridId !== null || row.community === community),
    )
    const facts = { name: group.name, community }
    const differing = known && listDifferences<GroupRow>(known, facts)
    const id = known?.id ?? newId(now)
    if (!known) {
      const row = { id, subdistrict_id: db.street, scope: group.scope, grid_id: gridId, ...facts }
      await db.sql.insertInto('chat_group').values(row).execute()
      await record('created', 'group', id, facts)
    } else if (differing) {
      await db.sql.updateTable('chat_group').set(facts).where('id', '=', id).execute()
      await record('changed', 'group', id, differing)
    }
    const chatsChanged = await applyChats(at, id, group.chats)
    if (!known || differing || chatsChanged > 0) changed += 1
  }
  return changed
}

/** The row id of each grid of the street. */
export async function readGridIds(at: Import): Promise<(ref: GridRef) => string> {
  const rows = await readGridRows(at)
  return ref => {
    const id = rows.get(refName(ref))?.id
    if (id === undefined) throw new Error('a grid that the merged roster names is not in the database')
    return id
  }
}

/**
 * A chat without 会话ID waits for 绑定: it stands in the group as a row without platform id. One that was bound since then
 * counts as that line's chat, so importing the files again adds none.
 */
async function applyChats(at: Import, groupId: string, entries: readonly ChatEntry[]): Promise<number> {
  const { db } = at
  const rows = await db.sql.selectFrom('chat').selectAll().where('group_id', '=', groupId).execute()
  const waiting = rows.filter(row => row.platform_id === null)
  const told = new Set(entries.flatMap(({ channel, platformId }) => (platformId ? [`${channel} ${platformId}`] : [])))
  const bound = rows.filter(row => row.platform_id !== null && !told.has(`${row.channel} ${row.platform_id}`))
  const takeFrom = (list: ChatRow[], channel: string) => {
    const place = list.findIndex(row => row.channel === channel)
    return place < 0 ? undefined : list.splice(place, 1)[0]
  }

  let changed = 0
  for (const entry of entries) {
    const { channel, platformId } = entry
    const known = platformId
      ? ((await findChatRow(at, channel, platformId)) ?? takeFrom(waiting, channel))
      : (takeFrom(bound, channel) ?? takeFrom(waiting, channel))
    if (await applyChat(at, groupId, entry, known)) changed += 1
  }
  return changed
}

async function findChatRow({ db }: Import, channel: string, platformId: string): Promise<ChatRow | undefined> {
  return db.sql
    .selectFrom('chat')
    .selectAll()
    .where('channel', '=', channel)
    .where('platform_id', '=', platformId)
    .executeTakeFirst()
}

async function applyChat(
  { db, now, faults, record }: Import,
  groupId: string,
  { at, channel, platformId, webhook }: ChatEntry,
  known: ChatRow | undefined,
): Promise<boolean> {
  if (known && known.subdistrict_id !== db.street && known.group_id !== null) {
    faults.push({ ...at, reason: '这个会话已是另一个街道的群' })
    return false
  }
  const id = known?.id ?? newId(now)
  const place = { table: 'chat', column: 'webhook', id }
  const knownWebhook = known?.webhook ? db.vault.open(known.webhook, place).reveal() : undefined
  const facts = {
    subdistrict_id: db.street,
    group_id: groupId,
    platform_id: platformId ?? known?.platform_id ?? null,
    webhook:
      webhook === undefined || webhook === knownWebhook ? (known?.webhook ?? null) : db.vault.seal(webhook, place),
  }
  if (known && !listDifferences<ChatRow>(known, facts)) return false
  if (known) await db.sql.updateTable('chat').set(facts).where('id', '=', id).execute()
  else {
    const row = {
      id,
      channel,
      kind: 'group' as const,
      session: null,
      session_expires_at: null,
      state: 'open' as const,
      ...facts,
    }
    await db.sql.insertInto('chat').values(row).execute()
  }
  // The push address is a secret: the trail tells that there is one, not which.
  const detail = { channel, platformId: facts.platform_id, group: groupId, hasWebhook: facts.webhook !== null }
  await record(known ? 'changed' : 'created', 'chat', id, detail)
  return true
}
