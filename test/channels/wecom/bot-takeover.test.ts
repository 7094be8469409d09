import { setTimeout as sleep } from 'node:timers/promises'
import { WSClient } from '@wecom/aibot-node-sdk'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CONNECTION_POLICY } from '../../../bot/channels/wecom/bot-connection.ts'
import { type BotStreet, type BotStreetOptions, openBotStreet } from '../../support/bot-street.ts'
import { databases } from '../../support/stores.ts'

async function open(options: Partial<BotStreetOptions> = {}): Promise<BotStreet> {
  const street = await openBotStreet({ mode: 'line', ...options })
  onTestFinished(() => street.dispose())
  return street
}

const shownIn = (street: BotStreet) => street.emulator.shownIn('wrG01')

it('with the real waits a standby has the line within a minute after the holder died', () => {
  const { leaseMs, standbyMs } = CONNECTION_POLICY
  const connectMs = 13_000
  expect(leaseMs + standbyMs + connectMs).toBeLessThan(60_000)
})

describe.each(databases)('two processes on one $name database', ({ name }) => {
  it('never both subscribe, and each is ready', async () => {
    const street = await open({ database: name })
    const [first, second] = [await street.start(), await street.start()]
    await sleep(1_200)
    expect(street.emulator.lines.subscriptions).toBe(1)
    expect(street.emulator.lines.mostLive).toBe(1)
    expect([first.channel.health(), second.channel.health()]).toEqual([{ ok: true }, { ok: true }])
  })

  it('the standby takes over when the holder dies, and says that messages may be lost', async () => {
    const street = await open({ database: name })
    const [first, second] = [await street.start(), await street.start()]
    await first.kill()
    await street.emulator.waitUntil(() => street.emulator.lines.subscriptions === 2)
    await street.say(second, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(second.gaps).toHaveLength(1)
    expect(street.emulator.lines.mostLive).toBe(1)
    expect(second.channel.health()).toEqual({ ok: true })
  })

  it('the standby takes over sooner from one that stops politely, and nothing is said to be lost', async () => {
    const street = await open({ database: name, connection: { leaseMs: 60_000, gapMs: 30_000 } })
    const [first, second] = [await street.start(), await street.start()]
    await first.stop()
    await street.emulator.waitUntil(() => street.emulator.lines.subscriptions === 2)
    expect(second.gaps).toEqual([])
  })

  it('what a standby finds in the outbox it leaves to the holder, untried', async () => {
    const street = await open({ database: name })
    const [first, second] = [await street.start(), await street.start()]
    first.hold(true)
    await street.say(first, '李敏', '打卡', 'wrG01')
    await sleep(500)
    expect(shownIn(street)).toEqual([])
    expect((await street.outbox()).map(({ state, attempts }) => [state, attempts])).toEqual([['pending', 0]])
    second.hold(true)
    first.hold(false)
    street.shift(3_000)
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
  })
})

describe('a holder', () => {
  it('whose database is gone gives the line up before its lease ends', async () => {
    const street = await open()
    const first = await street.start()
    const { transact } = street.store
    street.store.transact = async () => {
      throw new Error('database gone')
    }
    await street.emulator.waitUntil(() => !street.emulator.lines.isLive)
    expect(first.channel.reaches?.({ kind: 'api' }, { kind: 'chat', chatId: 'wrG01' })).toBe('later')
    street.store.transact = transact
    await street.emulator.waitUntil(() => street.emulator.lines.isLive)
  })

  it('that cannot connect lets another process try', async () => {
    const street = await open()
    street.emulator.lines.refuse(true)
    const first = await street.start()
    await street.start()
    const holders = new Set<string>()
    for (let looks = 0; looks < 800 && holders.size < 2; looks++) {
      const row = await street.db.sql.selectFrom('lease').select('holder').executeTakeFirst()
      if (row) holders.add(row.holder)
      await sleep(20)
    }
    expect(holders.size).toBe(2)
    expect(first.log.join('')).toContain('not connected')
  })
})

describe('disconnected_event', () => {
  /** A program elsewhere with the same bot: another street, a test, an old server. */
  async function takeAway({ emulator }: BotStreet): Promise<WSClient> {
    const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const { id: botId, secret } = emulator.bot
    const client = new WSClient({ botId, secret, wsUrl: emulator.wsUrl, logger: quiet })
    onTestFinished(() => client.disconnect())
    const done = new Promise(resolve => client.on('authenticated', () => resolve(undefined)))
    client.connect()
    await done
    return client
  }

  it('is loud: the administrator is told, readyz says so, and the bot is left alone for a while', async () => {
    const street = await open()
    const process = await street.start()
    await takeAway(street)
    await street.emulator.waitUntil(() => process.events.length === 1)
    expect(process.events).toEqual([
      { kind: 'warning', channel: 'wecom', about: 'bot-displaced', text: expect.stringContaining('占用') },
    ])
    expect(process.channel.health()).toEqual({ ok: false, reason: '智能机器人的长连接被别的程序占用' })
    await sleep(300)
    expect(street.emulator.lines.subscriptions).toBe(2)
  })

  it('is answered later by taking the bot back', async () => {
    const street = await open()
    const process = await street.start()
    await takeAway(street)
    await street.emulator.waitUntil(() => street.emulator.lines.subscriptions === 3)
    await street.say(process, '李敏', '打卡', 'wrG01')
    await street.emulator.waitUntil(() => shownIn(street).length === 1)
    expect(process.channel.health()).toEqual({ ok: true })
  })

  it('is no alarm where another process of ours holds the lease by now', async () => {
    const street = await open()
    const process = await street.start()
    const until = street.now() + 60_000
    await street.store.transact(db => db.sql.updateTable('lease').set({ holder: 'the other', until }).execute())
    await takeAway(street)
    await sleep(400)
    expect(process.events).toEqual([])
    expect(process.channel.health()).toEqual({ ok: true })
    expect(street.emulator.lines.subscriptions).toBe(2)
  })

  it('followed by a socket that errs does not end the process', async () => {
    const street = await open()
    const process = await street.start()
    const { lines } = street.emulator
    const body = { msgid: 'd', msgtype: 'event', event: { eventtype: 'disconnected_event' } }
    lines.push(body)
    lines.cut()
    await street.emulator.waitUntil(() => process.events.length === 1)
    await sleep(100)
    expect(process.channel.health().ok).toBe(false)
  })
})
