import fc from 'fast-check'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createBudget, type Quota } from '../../bot/budget.ts'
import { SendError } from '../../bot/channels/channel.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { inStreet } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { insertOutboxItem, type NewOutboxItem } from '../../storage/outbox.ts'
import { at, manualClock } from '../support/clock.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { databases } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

const toClose: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

const WORKDAY = '2026-11-18T10:00'

async function openDelivery(
  options: {
    database?: (typeof databases)[number]
    channel?: ReturnType<typeof fakeChannel>
    quota?: Quota
    now?: string
  } = {},
) {
  const { store, dispose } = await (options.database ?? databases[0]!).open()
  toClose.push(dispose)
  const clock = manualClock(options.now ?? WORKDAY)
  await store.transact(db => insertStreet(inStreet(db, STREET), clock.now()))
  const channel = options.channel ?? fakeChannel()
  if (channel.name === 'dingtalk') await moveChatsTo('dingtalk')
  const delivery = createDelivery({
    store,
    clock,
    channels: new Map([[channel.name, channel]]),
    budget: createBudget(options.quota ? { [channel.name]: options.quota } : {}),
    enclose: async () => ({ image: { bytes: new Uint8Array(), mime: 'image/png', fileName: 'x.png' } }),
    log: pino({ level: 'silent' }),
  })
  const read = inStreet(store.read, STREET)
  const roster = await loadRoster(read)
  const member = (name: string) => roster.membersNamed(name)[0]!.id
  const chat = (id: string) =>
    roster.groups.flatMap(({ chats }) => chats).find(({ platformId }) => platformId === id)!.id

  async function moveChatsTo(name: string): Promise<void> {
    await store.transact(async db => {
      await db.sql.updateTable('chat').set({ channel: name }).execute()
      for (const { id, key } of await db.sql.selectFrom('member').select(['id', 'key']).execute()) {
        await db.sql
          .updateTable('member')
          .set({ dingtalk_id: `d-${key}` })
          .where('id', '=', id)
          .execute()
      }
    })
  }
  const put = (item: Partial<NewOutboxItem> & { text: string }) =>
    store.transact(db =>
      insertOutboxItem(inStreet(db, STREET), {
        to: { kind: 'chat', chatId: chat('G01') },
        kind: 'test',
        urgency: 'answer',
        at: clock.now(),
        ...item,
      }),
    )
  const states = async () =>
    await store.read.sql
      .selectFrom('outbox')
      .select(['state', 'error', 'not_before', 'doubtful'])
      .orderBy('id')
      .execute()
  return { store, clock, channel, delivery, member, chat, put, states, read }
}

describe.each(databases)('delivery on $name', database => {
  it('has one text on its way at a time, so that a kill puts one in doubt', async () => {
    const { put, delivery, channel, states, chat } = await openDelivery({ database })
    const sending: number[] = []
    channel.fate = async () => {
      sending.push((await states()).filter(({ state }) => state === 'sending').length)
      return undefined
    }
    for (const group of ['G01', 'G02', 'G03', 'G04'])
      await put({ text: group, to: { kind: 'chat', chatId: chat(group) } })
    await delivery.deliverDue()
    expect(sending).toEqual([1, 1, 1, 1])
  })

  it('lets nobody wait for a chat that hangs', async () => {
    const { put, delivery, channel, chat, member } = await openDelivery({ database })
    let unblock = () => {}
    const hanging = new Promise<undefined>(resolve => {
      unblock = () => resolve(undefined)
    })
    channel.fate = ({ to }) => (to.kind === 'chat' && to.chatId === 'G01' ? hanging : undefined)
    await put({ text: '卡住' })
    await put({ text: '别的群', to: { kind: 'chat', chatId: chat('G02') } })
    await put({ text: '私聊', to: { kind: 'member', memberId: member('李敏') } })
    const round = delivery.deliverDue()
    await expect
      .poll(() => channel.sent.map(({ text }) => text).toSorted(), { timeout: 10_000 })
      .toEqual(['别的群', '私聊'])
    unblock()
    expect(await round).toBe(3)
  })

  it('marks the second try of a text whose sending could not be written down', async () => {
    const { put, delivery, channel, clock, states, store } = await openDelivery({ database })
    await put({ text: '已记' })
    // The list of what was sent vanishes while the text is on its way.
    channel.fate = async () => {
      await store.transact(db => db.sql.schema.alterTable('sent_message').renameTo('sent_message_gone').execute())
      return undefined
    }
    await expect(delivery.deliverDue()).rejects.toThrow()
    await store.transact(db => db.sql.schema.alterTable('sent_message_gone').renameTo('sent_message').execute())
    channel.fate = () => undefined
    expect((await states())[0]).toMatchObject({ state: 'sending' })
    clock.advance(60_000)
    expect(await delivery.deliverDue()).toBe(0)
    clock.advance(120_000)
    expect(await delivery.deliverDue()).toBe(1)
    expect(channel.sent.map(({ text }) => text)).toEqual(['已记', '【补发】已记'])
  })

  it('sends each text once and marks it', async () => {
    const { put, delivery, channel, states } = await openDelivery({ database })
    await put({ text: '已记' })
    expect(await delivery.deliverDue()).toBe(1)
    expect(await delivery.deliverDue()).toBe(0)
    expect(channel.sent.map(({ text }) => text)).toEqual(['已记'])
    expect((await states())[0]).toMatchObject({ state: 'sent', error: null })
  })

  it('sends the pressing first, then in the order it was said', async () => {
    const { put, delivery, channel } = await openDelivery({ database })
    await put({ text: 'a', urgency: 'normal' })
    await put({ text: 'b', urgency: 'answer' })
    await put({ text: 'c', urgency: 'notice' })
    await put({ text: 'd', urgency: 'urgent' })
    await put({ text: 'e', urgency: 'urgent' })
    await delivery.deliverDue()
    expect(channel.sent.map(({ text }) => text)).toEqual(['d', 'e', 'c', 'b', 'a'])
  })

  it('lets items of one merge key leave as one line when their window closes', async () => {
    const { put, delivery, channel, clock, states } = await openDelivery({ database })
    const notBefore = clock.now() + 300_000
    const merge = (item: string) => ({ key: 'check-in G01 1', head: '上班打卡已记：', item })
    await put({ text: '李敏已打卡', notBefore, merge: merge('李敏 08:17') })
    await put({ text: '王强已打卡', notBefore, merge: merge('王强 08:18') })
    expect(await delivery.deliverDue()).toBe(0)
    clock.advance(300_000)
    expect(await delivery.deliverDue()).toBe(1)
    expect(channel.sent.map(({ text }) => text)).toEqual(['上班打卡已记：李敏 08:17、王强 08:18'])
    expect((await states()).map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  it('marks a text that was cut off by a kill when it is sent again', async () => {
    const { put, delivery, channel, store } = await openDelivery({ database })
    const { id } = await put({ text: '通知' })
    await store.transact(db =>
      db.sql.updateTable('outbox').set({ state: 'sending', lease_until: 1 }).where('id', '=', id).execute(),
    )
    await delivery.revive()
    await delivery.deliverDue()
    expect(channel.sent.map(({ text }) => text)).toEqual(['【补发】通知'])
  })
})

describe('pacing', () => {
  it('never sends more than 18 texts in any sliding minute on a route, whatever is said when (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ gapMs: fc.integer({ min: 0, max: 20_000 }), card: fc.boolean() }), {
          minLength: 1,
          maxLength: 60,
        }),
        async said => {
          const { put, delivery, clock, read, states } = await openDelivery()
          const card = { title: 't', buttons: [{ key: 'a', text: '收到', says: '收到' }] }
          for (const [index, one] of said.entries()) {
            clock.advance(one.gapMs)
            await put({ text: `t${index}`, card: one.card ? card : undefined })
            await delivery.deliverDue()
          }
          for (
            let next = await delivery.nextInstant(clock.now());
            next;
            next = await delivery.nextInstant(clock.now())
          ) {
            clock.advance(next - clock.now())
            await delivery.deliverDue()
          }
          const times = (await read.sql.selectFrom('sent_message').select('at').orderBy('at').execute()).map(
            row => row.at,
          )
          for (const start of times) {
            expect(times.filter(time => time >= start && time <= start + 60_000).length).toBeLessThanOrEqual(18)
          }
          expect((await states()).every(({ state }) => state === 'sent')).toBe(true)
          await toClose.pop()?.()
        },
      ),
      { numRuns: 6 },
    )
  })

  it('joins plain answers of a crowded chat into fewer texts', async () => {
    const { put, delivery, channel, clock } = await openDelivery()
    for (let i = 0; i < 60; i++) await put({ text: `t${i}` })
    await delivery.deliverDue()
    clock.advance(61_000)
    await delivery.deliverDue()
    expect(channel.sent.length).toBeLessThanOrEqual(18)
    expect(channel.sent.flatMap(({ text }) => text.split('\n'))).toHaveLength(60)
  })
})

describe('quiet hours', () => {
  const cases: [name: string, now: string, urgency: NewOutboxItem['urgency'], leavesAt: string][] = [
    ['a reminder on a working day leaves at once', '2026-11-18T10:00', 'normal', '2026-11-18T10:00'],
    ['a reminder at night waits for the morning', '2026-11-18T20:00', 'normal', '2026-11-19T08:00'],
    ['a reminder on Friday night waits for Monday', '2026-11-20T21:00', 'normal', '2026-11-23T08:00'],
    ['a reminder on a make-up Saturday leaves at once', '2026-10-10T10:00', 'normal', '2026-10-10T10:00'],
    ['an answer is never held', '2026-11-21T23:00', 'answer', '2026-11-21T23:00'],
    ['an urgent text is never held', '2026-11-21T02:10', 'urgent', '2026-11-21T02:10'],
  ]
  it.each(cases)('%s', async (_name, now, urgency, leavesAt) => {
    const { put, delivery, channel, clock } = await openDelivery({ now })
    await put({ text: 'x', urgency })
    await delivery.deliverDue()
    expect(channel.sent.length).toBe(leavesAt === now ? 1 : 0)
    clock.set(leavesAt)
    await delivery.deliverDue()
    expect(channel.sent.length).toBe(1)
  })

  it('drops a reminder whose subject is past', async () => {
    const { put, delivery, channel, clock, states } = await openDelivery()
    await put({ text: 'x', notBefore: clock.now() + 1_000, notAfter: clock.now() + 2_000 })
    clock.advance(3_000)
    await delivery.deliverDue()
    expect(channel.sent).toEqual([])
    expect((await states())[0]).toMatchObject({ state: 'failed', error: 'its subject is past' })
  })
})

describe('a platform that fails', () => {
  it('is tried again with growing waits until it takes the text', async () => {
    const { put, delivery, channel, clock, states } = await openDelivery()
    let tries = 0
    channel.fate = () => (++tries < 4 ? new SendError('retry', 'HTTP 503') : undefined)
    await put({ text: 'x' })
    const waits: number[] = []
    await delivery.deliverDue()
    for (let next = await delivery.nextInstant(clock.now()); next; next = await delivery.nextInstant(clock.now())) {
      waits.push(next - clock.now())
      clock.advance(next - clock.now())
      await delivery.deliverDue()
    }
    expect(channel.sent.map(({ text }) => text)).toEqual(['x'])
    expect(waits).toHaveLength(3)
    expect(waits[1]!).toBeGreaterThan(waits[0]!)
    expect(waits[2]!).toBeGreaterThan(waits[1]!)
    expect((await states())[0]).toMatchObject({ state: 'sent', doubtful: 0 })
  })

  it('marks the next try when the text may have arrived', async () => {
    const { put, delivery, channel, clock } = await openDelivery()
    let tries = 0
    channel.fate = () => (++tries === 1 ? new SendError('ambiguous', 'timeout') : undefined)
    await put({ text: 'x' })
    await delivery.deliverDue()
    clock.advance(60_000)
    await delivery.deliverDue()
    expect(channel.sent.map(({ text }) => text)).toEqual(['【补发】x'])
  })

  it('waits as long as it is told when throttled, for every text of that route and for no other', async () => {
    const { put, delivery, channel, clock, chat } = await openDelivery()
    let throttled = false
    channel.fate = () => {
      if (throttled) return undefined
      throttled = true
      return new SendError('throttled', '130101', { retryAfterMs: 600_000 })
    }
    await put({ text: 'first' })
    await put({ text: 'second' })
    await put({ text: 'elsewhere', to: { kind: 'chat', chatId: chat('G02') } })
    await delivery.deliverDue()
    expect(channel.sent.map(({ text }) => text)).toEqual(['elsewhere'])
    clock.advance(599_000)
    await delivery.deliverDue()
    expect(channel.sent).toHaveLength(1)
    clock.advance(1_000)
    await delivery.deliverDue()
    expect(channel.sent.map(({ text }) => text)).toEqual(['elsewhere', 'first', 'second'])
  })

  it('ends as failed where the platform will never take the text', async () => {
    const { put, delivery, channel, states } = await openDelivery()
    channel.fate = () => new SendError('refused', 'contain.notAllowed.text')
    await put({ text: 'x' })
    await delivery.deliverDue()
    expect((await states())[0]).toMatchObject({ state: 'failed', error: 'contain.notAllowed.text' })
  })

  it('gives up loudly: dead, and one alarm to the administrator in ten minutes', async () => {
    const { put, delivery, channel, store, member } = await openDelivery()
    channel.fate = item => (item.to.kind === 'chat' ? new SendError('routeGone', 'group.disbanded') : undefined)
    await put({ text: 'x' })
    await put({ text: 'y' })
    await delivery.deliverDue()
    const rows = await store.read.sql
      .selectFrom('outbox')
      .select(['state', 'kind', 'member_id'])
      .orderBy('id')
      .execute()
    expect(rows.filter(({ kind }) => kind === 'test').map(({ state }) => state)).toEqual(['dead', 'failed'])
    expect(rows.filter(({ kind }) => kind === 'alarm')).toEqual([
      { state: 'sent', kind: 'alarm', member_id: member('曹源') },
    ])
    expect(channel.sent[0]?.text).toContain('group.disbanded')
  })
})

describe('a group where somebody must be @-ed', () => {
  const HOUR = 3_600_000
  async function openDingtalk(routes: { webhook?: string; session?: { url: string; expiresAt: number } }) {
    const opened = await openDelivery({ channel: fakeChannel('dingtalk', false) })
    const { store, chat } = opened
    await store.transact(async db => {
      const id = chat('G01')
      const seal = (column: string, plain: string) => db.vault.seal(plain, { table: 'chat', column, id })
      await db.sql
        .updateTable('chat')
        .set({
          webhook: routes.webhook ? seal('webhook', routes.webhook) : null,
          session: routes.session ? seal('session', routes.session.url) : null,
          session_expires_at: routes.session?.expiresAt ?? null,
        })
        .where('id', '=', id)
        .execute()
    })
    return opened
  }
  const live = at(WORKDAY) + HOUR

  it('goes through the group webhook first', async () => {
    const { put, delivery, channel, member } = await openDingtalk({
      webhook: 'https://w',
      session: { url: 'https://s', expiresAt: live },
    })
    await put({ text: '请回复', mentions: [member('李敏')] })
    await delivery.deliverDue()
    expect(channel.sent).toMatchObject([
      { route: { kind: 'webhook', url: 'https://w' }, mentions: [{ platformId: 'd-李敏', name: '李敏' }] },
    ])
  })

  it('else through a live session address', async () => {
    const { put, delivery, channel, member } = await openDingtalk({ session: { url: 'https://s', expiresAt: live } })
    await put({ text: '请回复', mentions: [member('李敏')] })
    await delivery.deliverDue()
    expect(channel.sent).toMatchObject([{ route: { kind: 'session' } }])
  })

  it('else with names in plain text and a private message to each', async () => {
    const { put, delivery, channel, member } = await openDingtalk({
      session: { url: 'https://s', expiresAt: at(WORKDAY) + 60_000 },
    })
    await put({ text: '请回复', mentions: [member('李敏'), member('王强')] })
    await delivery.deliverDue()
    expect(channel.sent).toMatchObject([
      { route: { kind: 'api' }, text: '@李敏 @王强\n请回复', mentions: [] },
      { to: { kind: 'person', platformId: 'd-李敏' }, text: '请回复' },
      { to: { kind: 'person', platformId: 'd-王强' }, text: '请回复' },
    ])
  })

  it('falls back to the next route when the session is gone, and forgets it', async () => {
    const { put, delivery, channel, member, read } = await openDingtalk({
      session: { url: 'https://s', expiresAt: live },
    })
    channel.fate = item => (item.route.kind === 'session' ? new SendError('routeGone', '300001') : undefined)
    await put({ text: '请回复', mentions: [member('李敏')] })
    await delivery.deliverDue()
    expect(channel.sent.map(({ route }) => route.kind)).toEqual(['api', 'api'])
    const sessions = await read.sql.selectFrom('chat').select('session').where('session', 'is not', null).execute()
    expect(sessions).toEqual([])
  })
})

describe('somebody outside the roster who wrote in private', () => {
  it('is answered through the session, never through the API, which knows no such group', async () => {
    const { put, delivery, channel, store, chat, clock } = await openDelivery({
      channel: fakeChannel('dingtalk', false),
    })
    const id = chat('G01')
    const session = store.read.vault.seal('https://s', { table: 'chat', column: 'session', id })
    await store.transact(db =>
      db.sql
        .updateTable('chat')
        .set({ kind: 'direct', session, session_expires_at: clock.now() + 3_600_000 })
        .where('id', '=', id)
        .execute(),
    )
    await put({ text: '请找管理员登记' })
    await delivery.deliverDue()
    expect(channel.sent.map(({ route }) => route.kind)).toEqual(['session'])
  })
})

describe('a card', () => {
  const card = { title: '待审核', buttons: [{ key: 'y', text: '同意', says: '1号提示单同意' }] }

  it('keeps its buttons where they can be pressed', async () => {
    const { put, delivery, channel } = await openDelivery()
    await put({ text: '【待审核】', card })
    await delivery.deliverDue()
    expect(channel.sent[0]?.text).toBe('【待审核】')
  })

  it('tells the words of its buttons on a platform that shows none', async () => {
    const { put, delivery, channel } = await openDelivery({ channel: fakeChannel('dingtalk', false) })
    await put({ text: '【待审核】', card })
    await delivery.deliverDue()
    expect(channel.sent[0]?.text).toBe('【待审核】\n可直接回：“1号提示单同意”')
  })
})

describe('a private message', () => {
  it('fails with the reason where the person has no id on a configured channel', async () => {
    const { put, delivery, member, states } = await openDelivery({ channel: fakeChannel('wecom') })
    await put({ text: 'x', to: { kind: 'member', memberId: member('李敏') } })
    await delivery.deliverDue()
    expect((await states())[0]).toMatchObject({
      state: 'failed',
      error: 'the person has no id on a configured channel',
    })
  })
})

describe("the month's budget", () => {
  it('is kept for the urgent as it runs out', async () => {
    const { put, delivery, channel, states } = await openDelivery({ quota: { api: 10, webhook: 10 } })
    for (let i = 0; i < 9; i++) await put({ text: `t${i}`, urgency: 'urgent' })
    await delivery.deliverDue()
    await put({ text: 'chatter', urgency: 'normal' })
    await put({ text: 'fire', urgency: 'urgent' })
    await delivery.deliverDue()
    const said = channel.sent.slice(9).map(({ text }) => text)
    expect(said[0]).toBe('fire')
    expect(said[1]).toContain('额度快用完了')
    expect((await states()).filter(({ state }) => state === 'failed')).toHaveLength(1)
  })
})
