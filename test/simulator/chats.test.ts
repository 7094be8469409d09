import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inStreet } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { insertOutboxItem, type NewOutboxItem } from '../../storage/outbox.ts'
import type { ChatEntry, Page, Person, RecordEntry } from '../../web/shared/simulator-api.ts'
import { local } from '../support/street.ts'
import { openRig, type Rig } from './rig.ts'

const PNG = { bytes: Buffer.from('89504e470d0a1a0a', 'hex'), mime: 'image/png', fileName: 'x.png' }

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

async function sayIn(chat: string, text: string, more: Partial<NewOutboxItem> = {}): Promise<void> {
  const roster = await loadRoster(rig.street)
  const chatId = roster.groupOfChat('simulator', chat)!.chats[0]!.id
  const item = {
    to: { kind: 'chat', chatId },
    kind: 'test',
    text,
    urgency: 'urgent',
    at: rig.timeline.now(),
    ...more,
  } as const
  await rig.store.transact(db => insertOutboxItem(inStreet(db, rig.street.street), item))
}

const read = (chat: string, after?: string | null) => rig.read(chat, after ?? '')

describe('GET /sim/api/chats/ID/messages', () => {
  test('shows the answer to what was posted a moment ago', async () => {
    for (const user of ['尹学军', '杜佳琪', '赵兆林', '萧仲文']) {
      await rig.post(`@${user}`, user, '帮助')
      expect((await read(`@${user}`)).items.map(({ from }) => from)).toEqual([user, 'bot'])
    }
  })

  test('tells who said what when, people and bot in order', async () => {
    await rig.post('G01', '李敏', '@小格 到岗了')
    await rig.settle()
    expect((await read('G01')).items).toEqual([
      {
        id: expect.any(String),
        at: '2026-11-18T08:00:00+08:00',
        from: '李敏',
        text: '@小格 到岗了',
        mentions: [],
        images: [],
      },
      {
        id: expect.any(String),
        at: '2026-11-18T08:00:00+08:00',
        from: 'bot',
        text: expect.stringContaining('已记上班打卡'),
        mentions: [],
        images: [],
      },
    ])
  })

  test('reads on after a cursor, be it `next` or the last id', async () => {
    const first = await read('G01')
    expect(first.next).toBe(first.items.at(-1)!.id)
    expect(await read('G01', first.next)).toEqual({ items: [], next: first.next })
    await rig.post('G01', '王强', '打卡')
    const more = await read('G01', first.next)
    expect(more.items.map(item => item.from)).toEqual(['王强'])
    expect((await read('G01', first.items[0]!.id)).items).toHaveLength(2)
  })

  test('shows a text only when it was delivered', async () => {
    await sayIn('G08', '九点再说', { notBefore: local('2026-11-18T09:00') })
    await rig.settle()
    expect((await read('G08')).items).toEqual([])
    await rig.call('POST', '/sim/api/clock', { now: '2026-11-18T09:00:00+08:00' })
    expect((await read('G08')).items).toMatchObject([{ at: '2026-11-18T09:00:00+08:00', text: '九点再说' }])
  })

  test('shows merged texts as the one line they became', async () => {
    for (const name of ['甲', '乙']) {
      await sayIn('G09', `${name}已记`, { merge: { key: 'k', head: '已记打卡：', item: name } })
    }
    await rig.settle()
    expect((await read('G09')).items.map(item => item.text)).toEqual(['已记打卡：甲、乙'])
  })

  test('names the people who were @-ed by their keys', async () => {
    const roster = await loadRoster(rig.street)
    await sayIn('G01', '请看一下', { mentions: [roster.memberByKey('李敏')!.id] })
    await rig.settle()
    expect((await read('G01')).items.at(-1)).toMatchObject({ from: 'bot', mentions: ['李敏'] })
  })

  test('serves the picture drawn for an attachment', async () => {
    const drawn = await openRig({ parts: { enclose: async () => ({ image: PNG }) } })
    const roster = await loadRoster(drawn.street)
    const chatId = roster.groupOfChat('simulator', 'S01')!.chats[0]!.id
    await drawn.store.transact(async db => {
      const id = 'x'.repeat(22)
      const item = await insertOutboxItem(inStreet(db, drawn.street.street), {
        to: { kind: 'chat', chatId },
        kind: 'test',
        text: '本周',
        urgency: 'normal',
        at: drawn.timeline.now(),
      })
      await db.sql
        .insertInto('sent_message')
        .values({
          id,
          subdistrict_id: drawn.street.street,
          outbox_id: item.id,
          channel: 'simulator',
          target: 'S01',
          route: 'simulator api S01',
          text: db.vault.seal('本周', { table: 'sent_message', column: 'text', id }),
          mentions: '[]',
          card: null,
          attachment: JSON.stringify({ kind: 'weekly-chart', data: {} }),
          at: drawn.timeline.now(),
          platform_id: null,
        })
        .execute()
    })
    const { items } = await drawn.read('S01')
    const url = items.find(item => item.images.length > 0)!.images[0]!
    const picture = await drawn.call('GET', url)
    expect(picture).toMatchObject({ status: 200 })
    expect(picture.headers.get('content-type')).toBe('image/png')
    await drawn.close()
  })

  test.each([
    ['an unknown chat', '/sim/api/chats/G99/messages', 404],
    ['an unknown person', `/sim/api/chats/${encodeURIComponent('@无此人')}/messages`, 404],
    ['a cursor that is none', '/sim/api/chats/G01/messages?after=yesterday', 400],
    ['an unknown photo', '/sim/api/photos/none', 404],
    ['an unknown picture', '/sim/api/pictures/none', 404],
  ])('refuses %s', async (_why, path, status) => {
    const answer = await rig.call('GET', path)
    expect(answer).toMatchObject({ status, body: { error: { code: expect.any(String), message: expect.any(String) } } })
  })
})

describe('what the page lists', () => {
  test('every group on the simulator, the street first, and the private chat of who is played', async () => {
    const { items } = (await rig.call<{ items: ChatEntry[] }>('GET', '/sim/api/chats?user=%E6%9D%8E%E6%95%8F')).body
    expect(items).toHaveLength(1 + 1 + 7 + 21)
    expect(items[0]).toEqual({ id: '@李敏', name: '私聊小格', scope: 'private' })
    expect(items[1]).toMatchObject({ id: 'S01', scope: 'street' })
    expect(items.at(-1)).toMatchObject({ id: 'G21', scope: 'grid', community: expect.any(String) })
  })

  test('everybody who can be played, with role and home', async () => {
    const { items } = (await rig.call<{ items: Person[] }>('GET', '/sim/api/people')).body
    expect(items.find(one => one.key === '李敏')).toEqual({
      key: '李敏',
      name: '李敏',
      role: expect.stringContaining('网格员'),
      roleCode: 'worker',
      community: expect.any(String),
      homeChat: 'G01',
    })
    expect(items.find(one => one.roleCode === 'principal')?.homeChat).toMatch(/^@/)
  })

  test('what was just recorded, with the message that made it, and what was taken back', async () => {
    const before = (await rig.call<Page<RecordEntry>>('GET', '/sim/api/records')).body.next ?? ''
    const visit = await rig.post('G10', (await workerOf('G10'))!, '走访了3幢王奶奶，20分钟')
    const { items, next } = (await rig.call<Page<RecordEntry>>('GET', `/sim/api/records?after=${before}`)).body
    expect(items).toMatchObject([
      { type: 'visit', kind: 'created', label: '走访', messageId: visit.body.messageId, chat: 'G10' },
    ])
    expect(items[0]!.text).toContain('王奶奶，3幢')
    await rig.post('G10', (await workerOf('G10'))!, '撤销')
    const undone = (await rig.call<Page<RecordEntry>>('GET', `/sim/api/records?after=${next}`)).body
    expect(undone.items).toMatchObject([{ type: 'visit', kind: 'changed', label: '走访 · 已撤销' }])
  })
})

async function workerOf(chat: string): Promise<string | undefined> {
  const { items } = (await rig.call<{ items: Person[] }>('GET', '/sim/api/people')).body
  return items.find(one => one.homeChat === chat && one.roleCode === 'worker')?.key
}
