import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findChat } from '../../storage/chats.ts'
import { newId } from '../../storage/ids.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, STREET, type TestStreet } from '../support/street.ts'

describe.each(databases.map(({ name }) => name))('binding a group on %s', database => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:20' })
  })
  afterEach(() => street.dispose())

  const groupOf = async (chat: string) => (await street.roster()).groupOfChat('simulator', chat)

  it('ties a new chat to a grid, beside the one it has', async () => {
    expect(toldTo(await street.say('陈桂芳', '本群绑定第1网格', { group: 'NEW' }), 'NEW')).toContain('桃源社区第1网格')
    const group = await groupOf('NEW')
    expect(group).toMatchObject({ name: '第1网格群', scope: 'grid' })
    expect(group!.chats).toHaveLength(2)
  })

  it('ties a chat to a community, and moves one that was bound before', async () => {
    await street.say('林静', '本群绑定第1网格', { group: 'NEW' })
    const text = toldTo(await street.say('林静', '本群绑定桃源社区', { group: 'NEW' }), 'NEW')
    expect(text).toContain('从第1网格群改为')
    expect(await groupOf('NEW')).toMatchObject({ scope: 'community', community: '桃源社区' })
  })

  it('makes the group where the roster has none, and hears the grid there from then on', async () => {
    const group = (await groupOf('G01'))!
    await street.change(async db => {
      await db.sql.updateTable('chat').set({ group_id: null }).where('group_id', '=', group.id).execute()
      await db.sql.deleteFrom('chat_group').where('id', '=', group.id).execute()
      await touchRoster(db, 'without the first group')
    })
    await street.say('陈桂芳', '本群绑定第1网格', { group: 'NEW' })
    const said = await street.say('李敏', '紧急！5幢3楼着火了')
    expect(toldTo(said, 'NEW')).toContain('【紧急】')
  })

  it('fills the chat that the roster named without an id, with its push address', async () => {
    const group = (await groupOf('G01'))!
    await street.change(async db => {
      const id = newId(street.now())
      const webhook = db.vault.seal('https://push.example/1', { table: 'chat', column: 'webhook', id })
      const row = {
        id,
        subdistrict_id: STREET,
        group_id: group.id,
        channel: 'simulator',
        platform_id: null,
        webhook,
        kind: 'group',
      } as const
      await db.sql
        .insertInto('chat')
        .values({ ...row, session: null, session_expires_at: null, state: 'open' })
        .execute()
    })
    await street.say('陈桂芳', '本群绑定第1网格', { group: 'NEW' })
    expect((await findChat(street.db, 'simulator', 'NEW'))!.webhook).toBe('https://push.example/1')
    expect((await groupOf('NEW'))!.chats.every(({ platformId }) => platformId !== undefined)).toBe(true)
  })

  it.each([
    ['陈桂芳', undefined, '本群绑定第1网格', '请在群里'],
    ['陈桂芳', 'NEW', '本群绑定第2网格', '不在您负责的范围'],
    ['沈国华', 'NEW', '本群绑定锦江社区', '不在您负责的范围'],
    ['陈桂芳', 'NEW', '本群绑定第99网格', '没有第99网格'],
    ['李敏', 'NEW', '本群绑定第1网格', '办理（依据'],
  ])('refuses %s in %s: %s', async (who, group, text, expected) => {
    const said = await street.say(who, text, { group })
    expect(toldTo(said, group ?? who)).toContain(expected)
    expect(said.status).toBe('refused')
    expect(await groupOf('NEW')).toBeUndefined()
  })

  it('says so where nothing changes', async () => {
    expect(toldTo(await street.say('陈桂芳', '本群绑定第1网格', { group: 'G01' }), 'G01')).toContain('已经绑定')
  })
})
