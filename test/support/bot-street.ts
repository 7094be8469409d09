import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { createBudget } from '../../bot/budget.ts'
import type { Channel, ChannelName, PlatformEvent } from '../../bot/channels/channel.ts'
import { createWecomBotByCallback } from '../../bot/channels/wecom/bot-by-callback.ts'
import { createWecomBotByLine } from '../../bot/channels/wecom/bot-by-line.ts'
import { CONNECTION_POLICY, type ConnectionPolicy, type Gap } from '../../bot/channels/wecom/bot-connection.ts'
import { createBotMemory } from '../../bot/channels/wecom/bot-memory.ts'
import type { MapUserIds } from '../../bot/channels/wecom/bot-user-ids.ts'
import { createWecomChannel } from '../../bot/channels/wecom/create-channel.ts'
import { createWecomPush } from '../../bot/channels/wecom/push.ts'
import { createConversation } from '../../bot/conversation.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createMetrics, type Metrics } from '../../bot/metrics.ts'
import { createApp, listen, type RunningServer } from '../../bot/server.ts'
import { inStreet, type Store, type StreetDb } from '../../storage/database.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { type BotEmulatorOptions, startWecomBotEmulator, type WecomBotEmulator } from '../emulators/wecom-bot.ts'
import { at } from './clock.ts'
import { databases } from './stores.ts'
import { insertStreet, STREET } from './street-data.ts'

export const BOT_NAME = '网格助手'

/** The waits of a connection, about fifteen to one: a busy machine must not look like a dead one. */
export const FAST_CONNECTION: ConnectionPolicy = {
  ...CONNECTION_POLICY,
  leaseMs: 2_000,
  renewMs: 300,
  standbyMs: 300,
  marginMs: 500,
  backoffMs: tries => 20 * 2 ** Math.min(tries - 1, 4),
  refusedMs: 400,
  displacedMs: 2_000,
  giveUpMs: 3_000,
  gapMs: 700,
}

/** One process of the program, as far as the bot needs it: channel, conversation and delivery on the street's database. */
export interface BotProcess {
  channel: Channel
  /** Where the callback is served. */
  callback: string
  gaps: Gap[]
  events: PlatformEvent[]
  /** Everything logged, as JSON lines. */
  log: string[]
  metrics: Metrics
  /** While held, nothing that was said leaves. */
  hold(isHeld: boolean): void
  /** Polite, as at a stop of the program. */
  stop(): Promise<void>
  /** As a kill: nothing is given back, nothing more is done. */
  kill(): Promise<void>
}

export interface BotStreet {
  emulator: WecomBotEmulator
  store: Store
  db: StreetDb
  now(): number
  /** Moves the Clock, the machine and the platform on. */
  shift(byMs: number): void
  /** The user id of somebody of the test street. */
  idOf(name: string): string
  /** `isHeld`: from the beginning, as by `hold`. */
  start(isHeld?: boolean): Promise<BotProcess>
  /** Says it in a group, @ and all, and waits until WeCom asks no more. */
  say(process: BotProcess, who: string, text: string, chat?: string): Promise<string>
  outbox(): Promise<{ text: string; state: string; error: string | null; attempts: number }[]>
  dispose(): Promise<void>
}

export interface BotStreetOptions {
  mode: 'callback' | 'line'
  database?: 'sqlite' | 'postgres'
  emulator?: BotEmulatorOptions
  mapUserIds?: MapUserIds
  /** Groups with a push address. */
  webhooks?: Record<string, string>
  connection?: Partial<ConnectionPolicy>
  botSecret?: string
}

/** The test street in WeCom groups `wrG01`…; its people are `wc0`, `wc1`, … there. */
export async function openBotStreet(options: BotStreetOptions): Promise<BotStreet> {
  const start = at('2026-11-18T08:00')
  const from = performance.now()
  let shiftMs = 0
  const now = () => Math.round(start + shiftMs + performance.now() - from)
  const clock = { now, machineNow: now }
  const emulator = await startWecomBotEmulator({ now, ...options.emulator })
  const kind = databases.find(({ name }) => name === (options.database ?? 'sqlite'))!
  const { store, dispose } = await kind.open()
  const ids = new Map<string, string>()
  await store.transact(async everywhere => {
    const db = inStreet(everywhere, STREET)
    await insertStreet(db, start)
    const members = await db.sql.selectFrom('member').select(['id', 'name']).orderBy('id').execute()
    for (const [index, { id, name }] of members.entries()) {
      ids.set(name, `wc${index}`)
      await db.sql
        .updateTable('member')
        .set({ wecom_id: `wc${index}` })
        .where('id', '=', id)
        .execute()
    }
    for (const { id, platform_id } of await db.sql.selectFrom('chat').select(['id', 'platform_id']).execute()) {
      const url = options.webhooks?.[`wr${platform_id}`]
      const webhook = url === undefined ? null : db.vault.seal(url, { table: 'chat', column: 'webhook', id })
      await db.sql
        .updateTable('chat')
        .set({ channel: 'wecom', platform_id: `wr${platform_id}`, webhook })
        .where('id', '=', id)
        .execute()
    }
    await touchRoster(db, 'wecom')
  })
  const processes = new Set<BotProcess>()

  async function startProcess(isHeldAtFirst = false): Promise<BotProcess> {
    const lines: string[] = []
    const log = pino({ level: 'debug' }, { write: line => void lines.push(line) })
    const gaps: Gap[] = []
    const events: PlatformEvent[] = []
    const memory = createBotMemory({ store, clock, lease: 'wecom bot' })
    const common = {
      botName: BOT_NAME,
      apiBase: emulator.base,
      memory,
      mapUserIds: options.mapUserIds,
      machineNow: now,
      log,
    }
    const bot =
      options.mode === 'callback'
        ? createWecomBotByCallback({
            ...common,
            ...emulator.bot,
            streamPolicy: { answerMs: 1_000, respondMs: 4_000, pollMs: 500, openMs: 5.5 * 60_000 },
          })
        : createWecomBotByLine({
            ...common,
            botId: emulator.bot.id,
            secret: options.botSecret ?? emulator.bot.secret,
            wsUrl: emulator.wsUrl,
            isAlone: false,
            onEvent: async event => void events.push(event),
            onGap: gap => void gaps.push(gap),
            policies: {
              line: { handshakeTimeoutMs: 1_000, subscribeTimeoutMs: 1_000, pingMs: 250 },
              connection: { ...FAST_CONNECTION, ...options.connection },
            },
          })
    const channel = createWecomChannel([bot, createWecomPush({ apiBase: emulator.base })])
    const channels = new Map<ChannelName, Channel>([['wecom', channel]])
    const delivery = createDelivery({ store, clock, channels, budget: createBudget({}), enclose: drawDot, log })
    let isRunning = true
    let isWanted = true
    let isHeld = isHeldAtFirst
    const pump = (async () => {
      while (isRunning) {
        if (isWanted && !isHeld) {
          isWanted = false
          await delivery.deliverDue().catch(error => log.error({ err: error }, 'delivery'))
        }
        await sleep(10)
      }
    })()
    const conversation = createConversation({
      store,
      clock,
      log,
      botName: BOT_NAME,
      onCommit: () => {
        isWanted = true
      },
    })
    const tick = setInterval(() => {
      isWanted = true
    }, 100)
    const metrics = createMetrics()
    const app = createApp({
      callbacks: channel.callbacks.map(callback => ({ channel: 'wecom', callback })),
      routers: [],
      readiness: { started: () => {}, report: async () => ({ ready: true, checks: {}, warnings: [] }) },
      metrics,
      measure: async () => {},
      home: { text: 'here' },
      log,
    })
    const server: RunningServer = await listen(app, '127.0.0.1', 0)
    await channel.start(message => conversation.receive(message))

    async function end(isPolite: boolean): Promise<void> {
      if (!processes.delete(process)) return
      isRunning = false
      clearInterval(tick)
      if (isPolite) await channel.stop()
      await server.close()
      await pump
      if (!isPolite) await channel.stop()
    }
    const process: BotProcess = {
      channel,
      callback: `http://127.0.0.1:${server.port}/wecom/bot`,
      gaps,
      events,
      log: lines,
      metrics,
      hold(yes) {
        isHeld = yes
      },
      stop: () => end(true),
      async kill() {
        // What a killed process had in hand is nobody's: its lease stays, its line breaks.
        memory.releaseLease = async () => {}
        await end(false)
      },
    }
    processes.add(process)
    return process
  }

  const db = inStreet(store.read, STREET)
  const street: BotStreet = {
    emulator,
    store,
    db,
    now,
    shift(byMs) {
      shiftMs += byMs
    },
    idOf: name => ids.get(name)!,
    start: startProcess,
    async say(process, who, text, chat) {
      const saying = { from: ids.get(who) ?? who, chat, text: chat === undefined ? text : `@${BOT_NAME} ${text}` }
      const body = emulator.write(saying)
      if (options.mode === 'line') {
        emulator.lines.push(body)
        return body.msgid
      }
      const { done } = await emulator.post(process.callback, body)
      await done
      return body.msgid
    },
    async outbox() {
      const rows = await store.read.sql
        .selectFrom('outbox')
        .select(['id', 'text', 'state', 'error', 'attempts'])
        .orderBy('id')
        .execute()
      return rows.map(({ id, text, ...row }) => ({
        ...row,
        text: store.read.vault.open(text, { table: 'outbox', column: 'text', id }).reveal(),
      }))
    },
    async dispose() {
      for (const process of processes) await process.stop()
      await emulator.close()
      await dispose()
    },
  }
  return street
}

/** Any picture. */
async function drawDot({ kind }: { kind: string }) {
  return { image: { bytes: Buffer.from('a picture'), mime: 'image/png', fileName: `${kind}.png` } }
}
