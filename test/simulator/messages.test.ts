import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inStreet } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { findMessage } from '../../storage/messages.ts'
import { insertOutboxItem } from '../../storage/outbox.ts'
import type { Said } from '../../web/shared/simulator-api.ts'
import { databases } from '../support/stores.ts'
import { openRig, type Rig } from './rig.ts'

const png = async (color = '#083') => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: color } })
    .png()
    .toBuffer()
  return `data:image/png;base64,${bytes.toString('base64')}`
}

describe.each(databases)('POST /sim/api/messages on $name', ({ name: database }) => {
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig({ database })
  })
  afterAll(() => rig.close())
  const stored = async (id: string) => (await findMessage(rig.street, id))!

  test('answers when the message is committed, with its meaning and every reply', async () => {
    const { status, body } = await rig.post('G01', '李敏', '到岗了')
    expect(status).toBe(200)
    expect(body).toEqual({
      messageId: expect.stringMatching(/^[0-9a-z]{22}$/),
      intent: 'checkIn',
      slots: { kind: 'on' },
      replies: [{ to: 'group', target: 'G01', text: expect.stringContaining('已记上班打卡 08:00'), at: [] }],
    })
    expect(await stored(body.messageId)).toMatchObject({ status: 'handled', chatPlatformId: 'G01' })
  })

  test('tells further records of the same message in `also`', async () => {
    const { body } = await rig.post('G02', '张丽', '到岗了，顺便说下3号楼楼道灯坏了')
    expect(body.intent).toBe('reportIncident')
    expect(body.also).toContainEqual({ intent: 'checkIn', slots: expect.anything() })
  })

  test('answers in private with the key of the person', async () => {
    const { body } = await rig.post('@李敏', '李敏', '帮助')
    expect(body.replies).not.toHaveLength(0)
    expect(body.replies.every(reply => reply.to === 'user' && reply.target === '李敏')).toBe(true)
  })

  test('takes a repeat with the same id as one message and gives the same answer', async () => {
    const first = await rig.post('G03', '孙燕', '打卡', { id: 'phone-7', images: [await png()] })
    const again = await rig.post('G03', '孙燕', '打卡', { id: 'phone-7', images: [await png()] })
    expect(again).toMatchObject({ status: 200, body: first.body })
    const { items } = await rig.read('G03')
    expect(items.filter(item => item.from === '孙燕')).toHaveLength(1)
  })

  test('takes `@姓名` of one member of the chat as a mention, and no name of somebody elsewhere', async () => {
    const roster = await loadRoster(rig.street)
    const elsewhere = roster.members.find(({ roles }) => roster.gridById(roles[0]?.gridId)?.no === 20)!
    const { body } = await rig.post('G01', '陈桂芳', `@小格 @李敏 @${elsewhere.name} 注意一下`)
    expect((await stored(body.messageId)).detail.mentions).toEqual([{ platformId: '李敏', name: '李敏' }])
    const { items } = await rig.read('G01')
    expect(items.find(item => item.id === body.messageId)?.mentions).toEqual(['李敏'])
  })

  test('keeps a location as WGS-84', async () => {
    const { body } = await rig.post('G01', '李敏', '我在这里', { location: { lat: 30.27, lng: 120.15 } })
    expect((await stored(body.messageId)).detail.location).toEqual({ lat: 30.27, lng: 120.15, datum: 'WGS-84' })
  })

  test('lets a message of a person be quoted by its id', async () => {
    const said = await rig.post('G04', '郑涛', '楼上一直漏水')
    const { body } = await rig.post('G04', '郑涛', '记一下', { quote: said.body.messageId })
    expect((await stored(body.messageId)).detail.quote?.text).toBe('楼上一直漏水')
  })

  test('lets a delivered text of the bot be quoted by its id', async () => {
    await rig.settle()
    const { items } = await rig.read('G01')
    const fromBot = items.find(item => item.from === 'bot')!
    const { body } = await rig.post('G01', '李敏', '这条是什么', { quote: fromBot.id })
    expect((await stored(body.messageId)).detail.quote?.text).toBe(fromBot.text)
  })

  test('serves a photo while it waits to be fetched and after it was stored', async () => {
    const { body } = await rig.post('G05', '宋月娥', '门口堆了杂物', { images: [await png(), await png('#f00')] })
    const item = (await rig.read('G05')).items.find(one => one.id === body.messageId)!
    expect(item.images).toHaveLength(2)
    expect((await fetch(rig.url + item.images[0])).status).toBe(200)
    await rig.settle()
    const after = await fetch(rig.url + item.images[0])
    expect(after.headers.get('content-type')).toBe('image/jpeg')
    expect((await sharp(await after.arrayBuffer()).metadata()).width).toBe(8)
  })

  test('treats an unknown user as an unknown sender: one line, no record', async () => {
    const first = await rig.post('G06', '过路人', '我来打卡')
    expect(first.body.replies).toMatchObject([{ to: 'group', target: 'G06', text: expect.stringContaining('名册') }])
    const second = await rig.post('G06', '过路人', '我来打卡')
    expect(second.body.replies).toEqual([])
    // One line per person and day, wherever they write.
    const own = await rig.post('@过路人', '过路人', '你好')
    expect(own).toMatchObject({ status: 200, body: { replies: [] } })
    const another = await rig.post('@赶路人', '赶路人', '你好')
    expect(another).toMatchObject({ status: 200, body: { replies: [{ to: 'user', target: '赶路人' }] } })
  })

  test('gives a resident a private chat of their own', async () => {
    const { status, body } = await rig.post('@resident:刘阿姨', 'resident:刘阿姨', '小区门口路灯不亮')
    expect(status).toBe(200)
    // The general office hears of it too: nobody knows yet which grid it is.
    expect(body.replies.map(({ to, target }) => `${to} ${target}`)).toContain('user resident:刘阿姨')
    expect(body.replies.every(({ to }) => to === 'user')).toBe(true)
    const { items } = await rig.read('@resident:刘阿姨')
    expect(items[0]).toMatchObject({ from: 'resident:刘阿姨' })
  })

  const refusals: [why: string, status: number, code: string, body: unknown][] = [
    ['an unknown group', 404, 'unknown-chat', { group: 'G99', user: '李敏', text: '打卡' }],
    ['a private chat of nobody', 404, 'unknown-chat', { group: '@无此人', user: '李敏', text: '打卡' }],
    ['a private chat of somebody else', 400, 'not-yours', { group: '@陈桂芳', user: '李敏', text: '打卡' }],
    ['a body that is no JSON', 400, 'bad-body', '{"group":'],
    ['an empty body', 400, 'bad-body', ''],
    ['a list', 400, 'bad-body', []],
    ['no group', 400, 'bad-body', { user: '李敏', text: '打卡' }],
    ['no user', 400, 'bad-body', { group: 'G01', text: '打卡' }],
    ['nothing said', 400, 'bad-body', { group: 'G01', user: '李敏' }],
    ['a text that is no text', 400, 'bad-body', { group: 'G01', user: '李敏', text: 5 }],
    ['a latitude beyond the pole', 400, 'bad-body', { group: 'G01', user: '李敏', location: { lat: 91, lng: 0 } }],
    [
      'a picture that is no data: URL',
      400,
      'bad-image',
      { group: 'G01', user: '李敏', images: ['https://example.com/a.png'] },
    ],
    [
      'a picture whose bytes are none',
      400,
      'bad-image',
      { group: 'G01', user: '李敏', images: ['data:image/png;base64,aGVsbG8='] },
    ],
    ['ten pictures', 400, 'bad-body', { group: 'G01', user: '李敏', images: Array(10).fill('data:,') }],
    [
      'a picture beyond 10 MB',
      413,
      'image-too-large',
      { group: 'G01', user: '李敏', images: [`data:image/png;base64,${'A'.repeat(14_000_004)}`] },
    ],
    ['an unknown quote', 400, 'unknown-quote', { group: 'G01', user: '李敏', text: '这条', quote: 'no-such-id' }],
  ]
  test.each(refusals)('refuses %s', async (_why, status, code, body) => {
    const count = async () => (await rig.store.read.sql.selectFrom('message').select('id').execute()).length
    const before = await count()
    const answer = await rig.call('POST', '/sim/api/messages', body)
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual({ error: { code, message: expect.stringMatching(/[一-龥]/) } })
    expect(await count()).toBe(before)
  })
})

describe('cards', () => {
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig()
  })
  afterAll(() => rig.close())

  async function offer(to: 'G01' | '陈桂芳') {
    const roster = await loadRoster(rig.street)
    const chat = roster.groupOfChat('simulator', 'G01')!.chats[0]!.id
    return rig.store.transact(db =>
      insertOutboxItem(inStreet(db, rig.street.street), {
        to: to === 'G01' ? { kind: 'chat', chatId: chat } : { kind: 'member', memberId: roster.memberByKey(to)!.id },
        kind: 'test',
        text: '要做什么？',
        card: { title: '请选一个', buttons: [{ key: 'on', text: '上班', says: '到岗了' }] },
        urgency: 'answer',
        at: rig.timeline.now(),
      }),
    )
  }

  test('show their buttons without the words behind them', async () => {
    const { id } = await offer('G01')
    await rig.settle()
    const { items } = await rig.read('G01')
    expect(items.at(-1)?.card).toEqual({
      id,
      title: '请选一个',
      text: '要做什么？',
      buttons: [{ key: 'on', text: '上班' }],
    })
  })

  test('make a pressed button a message of the presser, with the card quoted', async () => {
    const { id } = await offer('G01')
    const { status, body } = await rig.call<Said>('POST', `/sim/api/cards/${id}`, { user: '李敏', key: 'on' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ intent: 'checkIn', replies: [{ to: 'group', target: 'G01' }] })
    const message = await findMessage(rig.street, body.messageId)
    expect(message?.text.reveal()).toBe('到岗了')
    expect(message?.detail.quote).toEqual({ id, text: '要做什么？' })
  })

  test('in a private chat are pressed by its owner alone', async () => {
    const { id } = await offer('陈桂芳')
    expect((await rig.call('POST', `/sim/api/cards/${id}`, { user: '李敏', key: 'on' })).status).toBe(400)
    const own = await rig.call<Said>('POST', `/sim/api/cards/${id}`, { user: '陈桂芳', key: 'on' })
    expect(own.body.replies).toMatchObject([{ to: 'user', target: '陈桂芳' }])
  })

  test('answer 404 to an unknown card or button, 400 to a bad body', async () => {
    const { id } = await offer('G01')
    expect((await rig.call('POST', '/sim/api/cards/nothing', { user: '李敏', key: 'on' })).status).toBe(404)
    expect((await rig.call('POST', `/sim/api/cards/${id}`, { user: '李敏', key: 'off' })).status).toBe(404)
    expect((await rig.call('POST', `/sim/api/cards/${id}`, { user: '李敏' })).status).toBe(400)
  })
})
