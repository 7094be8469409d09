import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createBudget } from '../../bot/budget.ts'
import { type CardChange, type InboundMessage, SendError } from '../../bot/channels/channel.ts'
import { createConversation } from '../../bot/conversation.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { inStreet } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { findMessage } from '../../storage/messages.ts'
import { insertOutboxItem, listOutboxOfMessage, type NewOutboxItem } from '../../storage/outbox.ts'
import { manualClock } from '../support/clock.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { databases } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

const HOUR_MS = 3_600_000
const toClose: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

/** A street whose only platform shows cards and can change each once, within 72 hours. */
async function openStreet(database: (typeof databases)[number]) {
  const { store, dispose } = await database.open()
  toClose.push(dispose)
  const clock = manualClock('2026-11-18T10:00')
  await store.transact(db => insertStreet(inStreet(db, STREET), clock.now()))
  const changes: CardChange[] = []
  let fate: SendError | undefined
  let sends = 0
  const channel = {
    ...fakeChannel(),
    async send({ card }: { card?: { id: string } }) {
      sends += 1
      return card ? { handle: { ref: `sent-${sends}`, usableUntil: clock.machineNow() + 72 * HOUR_MS } } : {}
    },
    async changeCard(change: CardChange) {
      const error = fate
      fate = undefined
      if (error) throw error
      changes.push(change)
    },
  }
  const log = pino({ level: 'silent' })
  const parts = { store, clock, log }
  const channels = new Map([[channel.name, channel]])
  const enclose = async () => ({})
  const delivery = createDelivery({ ...parts, channels, budget: createBudget({}), enclose })
  const conversation = createConversation({ ...parts, botName: '小格', onCommit: () => {} })
  const read = inStreet(store.read, STREET)
  const roster = await loadRoster(read)
  const member = (name: string) => roster.membersNamed(name)[0]!
  let presses = 0

  const put = (name: string, item: Partial<NewOutboxItem> & Pick<NewOutboxItem, 'card'>) =>
    store.transact(db =>
      insertOutboxItem(inStreet(db, STREET), {
        to: { kind: 'member', memberId: member(name).id },
        kind: 'incident-alert',
        text: '【紧急】事件 #1：楼道起火',
        urgency: 'urgent',
        at: clock.now(),
        ...item,
      }),
    )

  async function press(name: string, card: string, key: string, more: Partial<InboundMessage> = {}) {
    presses += 1
    const handle = { ref: `pressed-${presses}`, usableUntil: clock.machineNow() + 72 * HOUR_MS }
    const { messageId } = await conversation.receive({
      channel: 'simulator',
      robot: 'test',
      id: `p${presses}`,
      chat: { id: `@${name}`, kind: 'direct' },
      sender: { platformId: member(name).key },
      at: clock.now(),
      text: '',
      mentions: [],
      media: [],
      press: { card, key, handle },
      ...more,
    })
    const message = await findMessage(read, messageId)
    return { message: message!, said: await listOutboxOfMessage(store.read, messageId) }
  }
  const changeRows = () =>
    store.read.sql
      .selectFrom('outbox')
      .select(['state', 'error'])
      .where('kind', '=', 'card-change')
      .orderBy('id')
      .execute()
  const failNext = (error: SendError) => {
    fate = error
  }
  return { store, clock, changes, delivery, put, press, changeRows, failNext, member }
}

const help = { title: '怎么用', buttons: [{ key: 'help', text: '看帮助', says: '帮助' }] }

describe.each(databases)('a pressed button on $name', database => {
  it('says its words under the card, as a message of whoever pressed it', async () => {
    const { put, press } = await openStreet(database)
    const card = await put('李敏', { card: help })
    const { message, said } = await press('李敏', card.id, 'help')
    expect(message.text.reveal()).toBe('帮助')
    expect(message.detail.quote).toEqual({ id: card.id, text: '【紧急】事件 #1：楼道起火' })
    expect(message).toMatchObject({ intent: 'help', status: 'handled' })
    expect(said.map(({ kind }) => kind)).toEqual(['card-change', 'help'])
  })

  it('gives way on that copy to what was chosen, by the newest way to change it, once', async () => {
    const { put, press, delivery, changes, clock } = await openStreet(database)
    const card = await put('李敏', { card: help })
    await delivery.deliverDue()
    await press('李敏', card.id, 'help')
    await delivery.deliverDue()
    expect(changes).toEqual([
      {
        ref: 'pressed-1',
        to: { kind: 'person', platformId: '李敏' },
        card: { id: card.id, title: '怎么用', buttons: help.buttons },
        text: '【紧急】事件 #1：楼道起火',
        label: '✓ 看帮助',
      },
    ])
    clock.set('2026-11-18T10:05')
    await delivery.deliverDue()
    expect(changes).toHaveLength(1)
  })

  it('stays where the press led to a refusal', async () => {
    const { put, press, delivery, changes } = await openStreet(database)
    const buttons = [{ key: 'accept', text: '受理', says: '受理99号事件' }]
    const card = await put('李敏', { card: { title: '99号', buttons } })
    const { message, said } = await press('李敏', card.id, 'accept')
    expect(message.status).toBe('refused')
    expect(said.map(({ kind }) => kind)).not.toContain('card-change')
    await delivery.deliverDue()
    expect(changes).toEqual([])
  })

  it('stays on a card whose other buttons stand for something else', async () => {
    const { put, press } = await openStreet(database)
    const card = await put('李敏', { card: { ...help, ends: 'never' } })
    expect((await press('李敏', card.id, 'help')).said.map(({ kind }) => kind)).toEqual(['help'])
  })

  it('of a card that is gone is answered with one polite line and changes nothing', async () => {
    const { press, put } = await openStreet(database)
    const card = await put('李敏', { card: help })
    for (const [id, key] of [
      ['0mhzq2k8a1b2c3d4e5f6g7', 'help'],
      [card.id, 'no-such-key'],
      ["' or 1=1 --", 'help'],
    ] as const) {
      const { message, said } = await press('李敏', id, key)
      expect(message).toMatchObject({ status: 'refused', reason: 'unsupported' })
      expect(said).toHaveLength(1)
    }
  })

  it('decided for everybody, it gives way in the other hands too, with the name of who decided', async () => {
    const { put, press, delivery, changes, clock } = await openStreet(database)
    const subject = { type: 'incident', id: 'i1' }
    const shared = { ...help, ends: 'everybody' } as const
    const mine = await put('李敏', { card: shared, subject })
    await put('徐伟', { card: shared, subject })
    await put('周明', { card: shared, subject: { type: 'incident', id: 'another' } })
    await delivery.deliverDue()
    clock.set('2026-11-18T10:02')
    await press('李敏', mine.id, 'help')
    await delivery.deliverDue()
    expect(changes.map(({ to, label, ref }) => [to.kind === 'person' && to.platformId, label, ref])).toEqual([
      ['李敏', '✓ 看帮助', 'pressed-1'],
      ['徐伟', '李敏 ✓ 看帮助', 'sent-2'],
    ])
  })

  it('said in its own words, it gives way in all hands as if it had been pressed', async () => {
    const { put, press, delivery, changes, clock } = await openStreet(database)
    const subject = { type: 'incident', id: 'i1' }
    await put('李敏', { card: { ...help, ends: 'everybody' }, subject })
    await put('徐伟', { card: { ...help, ends: 'everybody' }, subject })
    await delivery.deliverDue()
    clock.set('2026-11-18T10:02')
    await press('李敏', '', '', { press: undefined, text: '这周走访了几户' })
    await press('李敏', '', '', { press: undefined, text: '帮助' })
    await delivery.deliverDue()
    expect(changes.map(({ to, label, ref }) => [to.kind === 'person' && to.platformId, label, ref])).toEqual([
      ['李敏', '✓ 看帮助', 'sent-1'],
      ['徐伟', '李敏 ✓ 看帮助', 'sent-2'],
    ])
  })

  it('leaves alone what can no longer be changed: after 72 hours, or changed already', async () => {
    const { put, press, delivery, changes, clock, changeRows } = await openStreet(database)
    const subject = { type: 'incident', id: 'i1' }
    const shared = { ...help, ends: 'everybody' } as const
    const mine = await put('李敏', { card: shared, subject })
    await put('徐伟', { card: shared, subject })
    await delivery.deliverDue()
    clock.set('2026-11-21T10:01')
    await press('李敏', mine.id, 'help')
    await delivery.deliverDue()
    expect(changes.map(({ to }) => to.kind === 'person' && to.platformId)).toEqual(['李敏'])
    expect(await changeRows()).toMatchObject([{ state: 'sent' }])
  })

  it('is tried again where the platform surely did not take it, and never where it may have', async () => {
    const { put, press, delivery, changes, clock, changeRows, failNext } = await openStreet(database)
    const card = await put('李敏', { card: help })
    failNext(new SendError('retry', 'busy'))
    await press('李敏', card.id, 'help')
    await delivery.deliverDue()
    expect(changes).toEqual([])
    clock.set('2026-11-18T10:01')
    await delivery.deliverDue()
    expect(changes).toHaveLength(1)

    failNext(new SendError('ambiguous', 'cut off'))
    await press('李敏', card.id, 'help')
    clock.set('2026-11-18T10:30')
    await delivery.deliverDue()
    await delivery.deliverDue()
    expect(changes).toHaveLength(1)
    expect(await changeRows()).toMatchObject([{ state: 'sent' }, { state: 'failed', error: 'cut off' }])
  })

  it('cut off by a kill is not pressed upon the platform twice', async () => {
    const { put, press, delivery, changes, clock, changeRows, store } = await openStreet(database)
    const card = await put('李敏', { card: help })
    await press('李敏', card.id, 'help')
    await delivery.deliverDue()
    // As it stands when the process dies between the call and its mark.
    await store.transact(db =>
      db.sql
        .updateTable('outbox')
        .set({ state: 'sending', lease_until: 1 })
        .where('kind', '=', 'card-change')
        .execute(),
    )
    clock.set('2026-11-18T10:30')
    await delivery.deliverDue()
    expect(changes).toHaveLength(1)
    expect(await changeRows()).toMatchObject([{ state: 'failed' }])
  })
})
