/**
 * The Stream way in: keeps one live line to the platform. Connects one at a time with a fresh ticket, waits longer after each failure,
 * brings the replacement up before the old line goes, and leaves nothing running once stopped.
 */
import type { Logger } from 'pino'
import type { ChannelHealth } from '../channel.ts'
import { CredentialsRefused, openGateway } from './gateway.ts'
import { type Line, type LinePolicy, openLine } from './line.ts'

export interface StreamPolicy extends LinePolicy {
  gatewayTimeoutMs: number
  /** Wait before the n-th try in a row without a sign of life, n ≥ 1. */
  backoffMs(tries: number): number
  /** Wait after refused credentials. */
  refusedRetryMs: number
  /** Pings without any frame after which the line is replaced, in case the platform forgot it; doubles while that brings none. */
  quietPings: number
  maxQuietPings: number
  /** The platform closes a line that it gave notice of within 10 s; afterwards we do. */
  retireMs: number
  /** Outages from this length are reported. */
  gapMs: number
  /** How long `stop` waits for messages being stored. */
  drainMs: number
}

export const STREAM_POLICY: StreamPolicy = {
  gatewayTimeoutMs: 10_000,
  handshakeTimeoutMs: 10_000,
  backoffMs: tries => Math.min(60_000, 1000 * 2 ** Math.min(tries - 1, 6)) * (0.5 + Math.random() / 2),
  refusedRetryMs: 60_000,
  // A frozen peer is found within 3 × 9 s, a forgotten line within 9 × 9 s.
  pingMs: 9_000,
  missedPings: 2,
  quietPings: 9,
  maxQuietPings: 72,
  retireMs: 12_000,
  gapMs: 30_000,
  drainMs: 5_000,
}

/** A time in which messages may have been lost; the platform replays nothing. Epoch ms by the machine. */
export interface Gap {
  from: number
  to: number
}

export interface StreamOptions {
  apiBase: string
  clientId: string
  clientSecret: string
  machineNow(): number
  log: Logger
  policy: StreamPolicy
  /** See `LineEvents.onRobotMessage`. */
  onRobotMessage(data: string): Promise<'stored' | 'malformed'>
  /** See `LineEvents.onCardPress`. */
  onCardPress?(data: string, pushId: string): Promise<'stored' | 'malformed'>
  onGap(gap: Gap): void
}

export interface Stream {
  /** Resolves after the first try, whatever came of it. */
  start(): Promise<void>
  stop(): Promise<void>
  health(): ChannelHealth
}

/** A closed line is still healthy for so long: replacing one takes a moment. */
const HEALTHY_WITHOUT_LINE_MS = 30_000

export function createStream(options: StreamOptions): Stream {
  const { policy, log, onCardPress } = options
  const lines = new Set<Line>()
  const storing = new Set<Promise<unknown>>()
  const timers = new Set<NodeJS.Timeout>()
  const abort = new AbortController()
  let current: Line | undefined
  let attempt: Promise<void> | undefined
  let isRetryDue = false
  let isRefused = false
  /** Tries since the last sign of life. */
  let tries = 0
  let quietPings = 0
  let quietLimit = policy.quietPings
  let lastSignAt = options.machineNow()
  let lostAt: number | undefined

  function later(action: () => void, delayMs: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      action()
    }, delayMs)
    timers.add(timer)
  }

  /** Single flight: a try that runs or is due stands for all that are asked for. */
  function connectIn(delayMs: number): void {
    if (abort.signal.aborted || attempt !== undefined || isRetryDue) return
    isRetryDue = true
    later(() => {
      isRetryDue = false
      connect()
    }, delayMs)
  }

  function connect(): void {
    attempt = openReplacement().then(
      hasNotice => {
        attempt = undefined
        if (hasNotice) replaceAfterNotice()
      },
      error => {
        attempt = undefined
        isRefused = error instanceof CredentialsRefused
        // Neither the address nor its ticket is in these messages.
        if (!abort.signal.aborted) log.warn({ tries, reason: describe(error) }, 'dingtalk stream: not connected')
        connectIn(isRefused ? policy.refusedRetryMs : nextDelayMs())
      },
    )
  }

  function nextDelayMs(): number {
    return policy.backoffMs(Math.max(1, tries))
  }

  /** @returns true when the new line was given notice of before it was even taken over */
  async function openReplacement(): Promise<boolean> {
    tries += 1
    const url = await openGateway(
      { ...options, timeoutMs: policy.gatewayTimeoutMs, hasCards: options.onCardPress !== undefined },
      abort.signal,
    )
    isRefused = false
    const seen: { line?: Line; hasNotice: boolean } = { hasNotice: false }
    const isCurrent = () => seen.line !== undefined && seen.line === current
    const line = await openLine(
      url,
      options,
      policy,
      {
        onSign: takeSign,
        onPing: () => {
          if (isCurrent()) countQuiet()
        },
        onNotice: () => {
          seen.hasNotice = true
          if (isCurrent()) replaceAfterNotice()
        },
        onClosed: () => {
          if (seen.line !== undefined) dropLine(seen.line)
        },
        onRobotMessage: data => keep(options.onRobotMessage(data)),
        onCardPress: onCardPress && ((data, pushId) => keep(onCardPress(data, pushId))),
        onBadFrame: reason => log.warn({ reason }, 'dingtalk stream: bad frame'),
      },
      abort.signal,
    )
    seen.line = line
    takeOver(line)
    return seen.hasNotice
  }

  function takeOver(line: Line): void {
    const previous = current
    const now = options.machineNow()
    lines.add(line)
    current = line
    quietPings = 0
    if (previous !== undefined) later(() => void previous.end(), policy.retireMs)
    else if (now - lastSignAt >= policy.gapMs) options.onGap({ from: lastSignAt, to: now })
    lastSignAt = now
    log.info('dingtalk stream: connected')
  }

  /** At once, unless the platform gives notice on every line before it ever spoke. */
  function replaceAfterNotice(): void {
    log.info('dingtalk stream: notice of disconnection')
    connectIn(tries === 0 ? 0 : nextDelayMs())
  }

  function dropLine(line: Line): void {
    lines.delete(line)
    if (line !== current) return
    current = undefined
    lostAt = options.machineNow()
    if (!abort.signal.aborted) log.info('dingtalk stream: line closed')
    connectIn(nextDelayMs())
  }

  function takeSign(kind: 'frame' | 'pong'): void {
    tries = 0
    lastSignAt = options.machineNow()
    if (kind === 'pong') return
    quietPings = 0
    quietLimit = policy.quietPings
  }

  /** A pong only proves a living proxy: a line that brings no frame for long may be forgotten by the platform. */
  function countQuiet(): void {
    quietPings += 1
    if (quietPings < quietLimit) return
    quietPings = 0
    quietLimit = Math.min(quietLimit * 2, policy.maxQuietPings)
    connectIn(0)
  }

  /** Remembers what is being stored, so that `stop` can wait for it. */
  function keep<T>(work: Promise<T>): Promise<T> {
    const tracked: Promise<unknown> = work.catch(() => {}).finally(() => storing.delete(tracked))
    storing.add(tracked)
    return work
  }

  return {
    async start() {
      lastSignAt = options.machineNow()
      connect()
      await attempt
    },

    async stop() {
      abort.abort()
      for (const timer of timers) clearTimeout(timer)
      await attempt
      for (const line of lines) line.mute()
      await waitAtMost(Promise.all(storing), policy.drainMs)
      await Promise.all([...lines].map(line => line.end()))
    },

    health() {
      if (isRefused) return { ok: false, reason: '钉钉拒绝了应用凭证' }
      const wasOpen = lostAt !== undefined && options.machineNow() - lostAt < HEALTHY_WITHOUT_LINE_MS
      return current !== undefined || wasOpen ? { ok: true } : { ok: false, reason: '钉钉 Stream 未连接' }
    },
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const cause = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : ''
  return `${error.message}${cause}`
}

async function waitAtMost(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>(resolve => {
    timer = setTimeout(resolve, limitMs)
  })
  await Promise.race([work, limit])
  clearTimeout(timer)
}
