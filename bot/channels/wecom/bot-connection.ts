/**
 * The bot's one line, among all processes on the same database: who holds the lease may connect, a standby takes over within a
 * minute after the holder is gone. WeCom keeps the newest connection only, so a second one would throw out the first.
 */
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { ChannelHealth } from '../channel.ts'
import { type BotLine, type LineEvents, SubscriptionRefused } from './bot-line.ts'
import type { BotMemory } from './bot-memory.ts'

export interface ConnectionPolicy {
  /** How long the lease lasts without renewal. */
  leaseMs: number
  renewMs: number
  /** How often a standby looks. */
  standbyMs: number
  /** The line is cut so long before the lease ends unrenewed. */
  marginMs: number
  /** Wait before the n-th try in a row, n ≥ 1. */
  backoffMs(tries: number): number
  /** Wait after refused credentials: repeated ones are blocked. */
  refusedMs: number
  /** Wait before the bot is taken back from a stranger. */
  displacedMs: number
  /** So long without a line, another process may try. */
  giveUpMs: number
  /** Outages from this length are reported. */
  gapMs: number
}

export const CONNECTION_POLICY: ConnectionPolicy = {
  leaseMs: 30_000,
  renewMs: 8_000,
  standbyMs: 8_000,
  marginMs: 5_000,
  backoffMs: tries => Math.min(30_000, 1_000 * 2 ** Math.min(tries - 1, 5)) * (0.5 + Math.random() / 2),
  refusedMs: 5 * 60_000,
  displacedMs: 10 * 60_000,
  giveUpMs: 60_000,
  gapMs: 30_000,
}

/** A time in which messages may have been lost; epoch ms by the machine. */
export interface Gap {
  from: number
  to: number
}

export interface ConnectionOptions {
  open(events: LineEvents, signal: AbortSignal): Promise<BotLine>
  memory: Pick<BotMemory, 'takeLease' | 'releaseLease' | 'sweepLease' | 'findLease'>
  policy: ConnectionPolicy
  machineNow(): number
  log: Logger
  onPush: LineEvents['onPush']
  onGap(gap: Gap): void
  /** No other process can be on this database: what is left of a dead one is swept aside at the start. */
  isAlone: boolean
  /** Somebody outside this database took the bot over: an administrator must find them. */
  onDisplaced(): void
  onRefused(code: string): void
}

export interface Connection {
  /** Resolves after the first look, whatever came of it. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Where it stands here and now. */
  line(): BotLine | undefined
  health(): ChannelHealth
}

/** A closed line is still healthy for so long: replacing one takes a moment. */
const HEALTHY_WITHOUT_LINE_MS = 30_000

export function createConnection(options: ConnectionOptions): Connection {
  const { memory, policy, machineNow, log } = options
  const holder = randomUUID()
  const abort = new AbortController()
  let line: BotLine | undefined
  /** Until when the lease is ours for sure. */
  let heldUntil = 0
  /** What was last seen of another holder's lease. */
  let othersUntil = 0
  let nextTryAt = 0
  let tries = 0
  let trouble: 'refused' | 'displaced' | undefined
  let lastUpAt: number | undefined
  let triesSince = 0
  let guard: NodeJS.Timeout | undefined
  let wake = () => {}
  let running: Promise<void> | undefined

  async function run(looked: () => void): Promise<void> {
    while (!abort.signal.aborted) {
      await look().catch(error => log.warn({ reason: String(error) }, 'wecom bot: the lease could not be looked at'))
      looked()
      if (!abort.signal.aborted) await pause()
    }
  }

  async function look(): Promise<void> {
    const askedAt = machineNow()
    if (heldUntil < askedAt) heldUntil = 0
    if (mayHold(askedAt) && (await memory.takeLease(holder, policy.leaseMs))) {
      if (heldUntil === 0) triesSince = askedAt
      heldUntil = askedAt + policy.leaseMs
      guardLease()
      if (line === undefined && machineNow() >= nextTryAt && !abort.signal.aborted) await connect()
      return
    }
    if (heldUntil > 0) await giveBack()
    const lease = await memory.findLease()
    if (lease !== undefined && lease.holder !== holder) othersUntil = lease.until
    // Another process took over, so whatever kept this one from it is past.
    if (othersUntil > machineNow()) trouble = undefined
  }

  /** Somebody who cannot connect lets others try; what a stranger took, or WeCom refuses, none of ours would get either. */
  function mayHold(now: number): boolean {
    if (heldUntil === 0) return now >= nextTryAt
    return line !== undefined || trouble !== undefined || now - triesSince < policy.giveUpMs
  }

  async function giveBack(): Promise<void> {
    dropLine()
    heldUntil = 0
    clearTimeout(guard)
    // Whoever else stands by looks before this one does again.
    nextTryAt = Math.max(nextTryAt, machineNow() + 2 * policy.standbyMs)
    await memory.releaseLease(holder)
  }

  /** A process that was stopped for long, or whose database is gone, must not hold on to the line when its lease ends. */
  function guardLease(): void {
    clearTimeout(guard)
    guard = setTimeout(() => {
      if (line === undefined) return
      log.warn('wecom bot: the lease was not renewed in time, the line is given up')
      dropLine()
    }, policy.leaseMs - policy.marginMs)
  }

  async function connect(): Promise<void> {
    tries += 1
    const seen: { line?: BotLine; isClosed?: true } = {}
    const isCurrent = () => seen.line !== undefined && seen.line === line
    try {
      const events: LineEvents = {
        onPush: options.onPush,
        onDisplaced: () => {
          if (isCurrent()) void judgeDisplaced()
        },
        onClosed: () => {
          seen.isClosed = true
          if (isCurrent()) loseLine()
        },
      }
      seen.line = await options.open(events, abort.signal)
      if (seen.isClosed || abort.signal.aborted) {
        seen.line.close()
        throw new Error('closed at once')
      }
      takeOver(seen.line)
    } catch (error) {
      if (abort.signal.aborted) return
      const isRefused = error instanceof SubscriptionRefused
      if (isRefused && trouble !== 'refused') options.onRefused(error.code)
      if (isRefused) trouble = 'refused'
      nextTryAt = machineNow() + (isRefused ? policy.refusedMs : policy.backoffMs(tries))
      log.warn({ tries, reason: error instanceof Error ? error.message : 'unknown' }, 'wecom bot: not connected')
    }
  }

  function takeOver(opened: BotLine): void {
    const now = machineNow()
    // What another holder renewed last is the last time somebody surely heard.
    const lastHeardAt = Math.max(lastUpAt ?? 0, othersUntil === 0 ? 0 : othersUntil - policy.leaseMs)
    line = opened
    tries = 0
    trouble = undefined
    log.info('wecom bot: connected')
    if (lastHeardAt > 0 && now - lastHeardAt >= policy.gapMs) options.onGap({ from: lastHeardAt, to: now })
    lastUpAt = now
    othersUntil = 0
  }

  function loseLine(): void {
    line = undefined
    lastUpAt = machineNow()
    triesSince = lastUpAt
    nextTryAt = Math.max(nextTryAt, machineNow() + policy.backoffMs(Math.max(1, tries)))
    log.info('wecom bot: line closed')
    wake()
  }

  function dropLine(): void {
    if (line === undefined) return
    line.close()
    loseLine()
  }

  /** Where the lease went to another of our processes, it is they who connected; else a stranger did. */
  async function judgeDisplaced(): Promise<void> {
    nextTryAt = machineNow() + policy.displacedMs
    trouble = 'displaced'
    const isOurs = await memory.takeLease(holder, policy.leaseMs).catch(() => false)
    if (!isOurs) {
      trouble = undefined
      nextTryAt = 0
      return
    }
    log.error('wecom bot: another connection took the bot over')
    options.onDisplaced()
  }

  async function pause(): Promise<void> {
    const now = machineNow()
    const isTrying = heldUntil > 0 && line === undefined && nextTryAt > now
    const usual = heldUntil > 0 ? policy.renewMs : policy.standbyMs
    const delayMs = isTrying ? Math.min(usual, nextTryAt - now) : usual
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>(resolve => {
      wake = resolve
      timer = setTimeout(resolve, delayMs)
    })
    clearTimeout(timer)
  }

  return {
    async start() {
      if (options.isAlone) await memory.sweepLease()
      await new Promise<void>(looked => {
        running = run(looked)
      })
    },

    async stop() {
      abort.abort()
      wake()
      await running
      clearTimeout(guard)
      line?.close()
      line = undefined
      if (heldUntil > 0) await memory.releaseLease(holder).catch(() => {})
    },

    line: () => (machineNow() < heldUntil ? line : undefined),

    health() {
      if (trouble === 'refused') return { ok: false, reason: '企业微信拒绝了智能机器人的 BotID 或 Secret' }
      if (trouble === 'displaced') return { ok: false, reason: '智能机器人的长连接被别的程序占用' }
      const now = machineNow()
      const wasUp = line !== undefined || (lastUpAt !== undefined && now - lastUpAt < HEALTHY_WITHOUT_LINE_MS)
      return wasUp || othersUntil > now ? { ok: true } : { ok: false, reason: '智能机器人长连接未连接' }
    },
  }
}
