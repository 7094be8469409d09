/**
 * The 智能机器人 over its long connection, as a part of the channel: needs no public address, hears groups, answers, and speaks first
 * in every chat where somebody has spoken to it.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type InboundMessage, type Receive, SendError, type TellEvent } from '../channel.ts'
import { renderPressedCard } from './bot-card.ts'
import { CONNECTION_POLICY, type ConnectionPolicy, createConnection, type Gap } from './bot-connection.ts'
import { decodeBotPush } from './bot-decode.ts'
import { LINE_POLICY, type LinePolicy, openBotLine } from './bot-line.ts'
import { fetchBotMedia, isBotMedia } from './bot-media.ts'
import type { BotMemory } from './bot-memory.ts'
import { createPusher } from './bot-push.ts'
import { createRate } from './bot-rate.ts'
import { addReply, decodeBotRef } from './bot-ref.ts'
import { createTake } from './bot-take.ts'
import { createUserIds, type MapUserIds, sayWhoIsKnown } from './bot-user-ids.ts'
import { MOST_BUTTONS } from './cards.ts'
import type { WecomPart } from './part.ts'

export interface BotByLineOptions {
  botId: string
  secret: string
  wsUrl: string
  botName: string
  apiBase: string
  memory: BotMemory
  /** No other process can be on this database. */
  isAlone: boolean
  mapUserIds?: MapUserIds
  machineNow(): number
  log: Logger
  onEvent: TellEvent
  /** Told after a time in which messages may have been lost. */
  onGap(gap: Gap): void
  /** For tests: shorter waits. */
  policies?: { line?: LinePolicy; connection?: ConnectionPolicy }
}

/** WeCom takes answers for 24 hours; the last minutes are left alone. */
const REPLY_MS = 24 * 60 * 60_000 - 10 * 60_000
/** WeCom pushes a message once, so what cannot be stored at once is tried again here. */
const STORE_RETRY_MS = [200, 1_000, 3_000, 10_000, 30_000]
/** How long `stop` waits for messages being stored. */
const DRAIN_MS = 5_000

const warnings = {
  displaced:
    '智能机器人的长连接被另一个程序占用了，群里的消息收不到。请检查是否有别处（测试环境、旧服务器）用着同一个 BotID；十分钟后自动夺回。',
  refused: (code: string) =>
    `企业微信拒绝了智能机器人的 BotID 或 Secret（${code}），请核对 WECOM_BOT_ID 与 WECOM_BOT_SECRET。`,
  lost: '有一条企业微信群消息多次都没能保存，已丢失；请查看日志和数据库，并提醒大家核对刚才的回执。',
}

export function createWecomBotByLine(options: BotByLineOptions): WecomPart {
  const { botName, memory, machineNow, log, policies = {} } = options
  const { botId, secret, wsUrl } = options
  const take = createTake(createUserIds(memory, options.mapUserIds))
  const storing = new Set<Promise<void>>()
  const stopped = new AbortController()
  let receive: Receive | undefined

  function warn(about: string, text: string): void {
    options
      .onEvent({ kind: 'warning', channel: 'wecom', about, text })
      .catch(error => log.error({ err: error, about }, 'wecom bot: a warning could not be written down'))
  }

  function takePush({ reqId, body }: { reqId: string; body: unknown }): void {
    const decoded = decodeBotPush(body, { botName, receivedAt: machineNow() })
    if (decoded.kind === 'malformed') log.warn('wecom bot: not a message')
    if (!('message' in decoded)) return
    const message = addReply(decoded, { reqId }, { lastsMs: REPLY_MS, machineNow: machineNow() })
    const work: Promise<void> = store(message).finally(() => storing.delete(work))
    storing.add(work)
  }

  async function store(message: InboundMessage): Promise<void> {
    for (const delayMs of [...STORE_RETRY_MS, undefined]) {
      try {
        if (receive) await take(message, receive)
        return
      } catch (error) {
        log.error({ err: error, isLast: delayMs === undefined }, 'wecom bot: message not stored')
        if (delayMs === undefined) warn('bot-message-lost', warnings.lost)
        else await sleep(delayMs, undefined, { signal: stopped.signal }).catch(() => {})
      }
    }
  }

  const connection = createConnection({
    open: (events, signal) => openBotLine({ botId, secret, wsUrl }, policies.line ?? LINE_POLICY, events, signal),
    memory,
    isAlone: options.isAlone,
    policy: policies.connection ?? CONNECTION_POLICY,
    machineNow,
    log,
    onPush: takePush,
    onGap: options.onGap,
    onDisplaced: () => warn('bot-displaced', warnings.displaced),
    onRefused: code => warn('bot-refused', warnings.refused(code)),
  })
  const pusher = createPusher({ line: () => connection.line(), memory, rate: createRate(machineNow) })

  return {
    callbacks: [],
    async start(into) {
      receive = into
      await connection.start()
    },
    async stop() {
      stopped.abort()
      await connection.stop()
      await Promise.race([Promise.all(storing), sleep(DRAIN_MS, undefined, { ref: false })])
      receive = undefined
    },
    health: () => connection.health(),
    reaches(route) {
      if (route.kind !== 'api' && route.kind !== 'reply') return 'never'
      return connection.line() === undefined ? 'later' : 'now'
    },
    canMention: () => false,
    showsCards: (_to, _route, buttons) => buttons <= MOST_BUTTONS,
    owns: ref => isBotMedia(ref) || decodeBotRef(ref) !== undefined,
    send: item => pusher.send(item),
    async changeCard(change) {
      const ref = decodeBotRef(change.ref)
      if (ref?.taskId === undefined) throw new SendError('refused', '这张卡片不能再改')
      await pusher.change(ref, renderPressedCard(change, ref.taskId))
    },
    fetchMedia: (ref, maxBytes) => fetchBotMedia(ref, maxBytes, { isOwnHost: url => url.host === new URL(wsUrl).host }),
    async diagnose() {
      const lease = await memory.findLease()
      // Looking by connecting would throw out the program that is at work.
      const isHeld = lease !== undefined && lease.until > machineNow()
      return [
        isHeld
          ? { ok: true, text: '智能机器人的长连接由运行中的小格持有。' }
          : { ok: false, text: '智能机器人的长连接没有程序持有，群里@它没有回应。请启动小格（npm start）后再查。' },
        ...sayWhoIsKnown(options.mapUserIds),
      ]
    },
  }
}
