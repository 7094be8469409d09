/**
 * One connection of the 智能机器人 (path 101463). WeCom's `@wecom/aibot-node-sdk` speaks the protocol, and this is the only file
 * that knows it. What its 1.0.7 leaves open is fenced off here: each client lives for exactly one connection, since its own
 * reconnect would subscribe again without asking who holds the line; a subscription that is never answered ends; its log, which
 * holds whole messages, is silenced; and a socket that errs after `disconnected_event`, when the SDK has dropped every listener
 * but not the socket's last words, cannot end the process.
 */
import { WSClient } from '@wecom/aibot-node-sdk'
import type { WebSocket } from 'ws'
import { asObject, asText } from '../json.ts'

export interface LinePolicy {
  handshakeTimeoutMs: number
  /** From the open socket to the subscription. */
  subscribeTimeoutMs: number
  /** The SDK cuts a line after two pings without an answer. */
  pingMs: number
}

export const LINE_POLICY: LinePolicy = { handshakeTimeoutMs: 8_000, subscribeTimeoutMs: 5_000, pingMs: 15_000 }

export interface LineOptions {
  botId: string
  secret: string
  wsUrl: string
}

export interface LineEvents {
  /** A message or an event; `reqId` names it in answers. */
  onPush(push: { reqId: string; body: unknown }): void
  /** Another connection subscribed: WeCom keeps the newest only. */
  onDisplaced(): void
  /** Once, for whatever reason but `close`. */
  onClosed(): void
}

/** Commands that carry something to people. */
export type LineCommand =
  | 'aibot_respond_msg'
  | 'aibot_respond_welcome_msg'
  | 'aibot_respond_update_msg'
  | 'aibot_send_msg'

export interface BotLine {
  /** Resolves when WeCom took it. @throws {LineFault} */
  send(command: LineCommand, reqId: string, body: object): Promise<void>
  /** @returns the media id, good for three days. @throws {LineFault} */
  upload(bytes: Uint8Array, kind: 'image' | 'file', fileName: string): Promise<string>
  /** Ends the socket; nothing is heard of it any more. */
  close(): void
}

/** `code` is WeCom's errcode; absent where the line broke or stayed silent: `isSent` tells whether the frame had left by then. */
export class LineFault extends Error {
  readonly code?: number
  readonly isSent: boolean
  constructor(message: string, { code, isSent }: { code?: number; isSent: boolean }) {
    super(message)
    this.name = 'LineFault'
    this.code = code
    this.isSent = isSent
  }
}

/** WeCom refused the bot id or its secret: trying on is useless, and often at that. */
export class SubscriptionRefused extends Error {
  readonly code: string
  constructor(code: string) {
    super(`subscription refused (${code})`)
    this.name = 'SubscriptionRefused'
    this.code = code
  }
}

const MAX_FRAME_BYTES = 4 * 1024 * 1024
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/**
 * Opens a line and subscribes. Pushes may come before it resolves.
 * @throws {SubscriptionRefused} or another error where it did not come about in time, or `signal` came first
 */
export async function openBotLine(
  options: LineOptions,
  policy: LinePolicy,
  events: LineEvents,
  signal: AbortSignal,
): Promise<BotLine> {
  const client = new WSClient({
    ...options,
    logger: silent,
    heartbeatInterval: policy.pingMs,
    // Not one: each new connection is a decision of ours.
    maxReconnectAttempts: 0,
    maxAuthFailureAttempts: 0,
    wsOptions: { handshakeTimeout: policy.handshakeTimeoutMs, maxPayload: MAX_FRAME_BYTES },
  })
  const line = new FencedLine(client, events)
  try {
    await line.subscribe(policy, signal)
    return line
  } catch (error) {
    line.close()
    throw error
  }
}

class FencedLine implements BotLine {
  readonly #client: WSClient
  readonly #events: LineEvents
  #isOver = false

  constructor(client: WSClient, events: LineEvents) {
    this.#client = client
    this.#events = events
    const push = (frame: { headers?: { req_id?: string }; body?: unknown }) => {
      if (!this.#isOver) events.onPush({ reqId: frame.headers?.req_id ?? '', body: frame.body })
    }
    client.on('message', push)
    client.on('event', push)
  }

  async subscribe({ handshakeTimeoutMs, subscribeTimeoutMs }: LinePolicy, signal: AbortSignal): Promise<void> {
    const client = this.#client
    let isSubscribed = false
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer in time')), handshakeTimeoutMs + subscribeTimeoutMs)
      const cut = () => reject(new Error('stopped'))
      signal.addEventListener('abort', cut)
      const settle = (action: () => void) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', cut)
        action()
      }
      client.on('connected', () => guardSocket(client))
      client.on('authenticated', () => {
        isSubscribed = true
        settle(resolve)
      })
      client.on('error', (error: Error) => settle(() => reject(toOpenError(error))))
      client.on('disconnected', reason => {
        settle(() => reject(new Error('closed before it was subscribed')))
        if (this.#isOver || !isSubscribed) return
        this.#isOver = true
        if (/new connection/i.test(reason)) this.#events.onDisplaced()
        this.#events.onClosed()
      })
      if (signal.aborted) cut()
      else client.connect()
    })
  }

  async send(command: LineCommand, reqId: string, body: object): Promise<void> {
    // What the SDK throws before the frame left, it throws in the same turn: the socket is not open then.
    if (this.#isOver || !this.#client.isConnected) throw new LineFault('the line is down', { isSent: false })
    try {
      await this.#client.reply({ headers: { req_id: reqId } }, body, command)
    } catch (error) {
      throw toLineFault(error)
    }
  }

  async upload(bytes: Uint8Array, kind: 'image' | 'file', fileName: string): Promise<string> {
    if (this.#isOver || !this.#client.isConnected) throw new LineFault('the line is down', { isSent: false })
    try {
      return (await this.#client.uploadMedia(Buffer.from(bytes), { type: kind, filename: fileName })).media_id
    } catch (error) {
      const { code, message } = toLineFault(error)
      // Bytes on a shelf reach nobody: it can be done again.
      throw new LineFault(message, { code, isSent: false })
    }
  }

  close(): void {
    this.#isOver = true
    guardSocket(this.#client)
    this.#client.disconnect()
  }
}

/** A listener that outlives `removeAllListeners` of the SDK: set again once it has run. */
function guardSocket(client: WSClient): void {
  const { ws } = (client as unknown as { wsManager: { ws: WebSocket | null } }).wsManager
  if (ws === null) return
  const guard = () => ws.on('error', () => {})
  guard()
  const { removeAllListeners } = ws
  ws.removeAllListeners = name => {
    removeAllListeners.call(ws, name)
    guard()
    return ws
  }
}

/** The SDK rejects with the frame where WeCom refused, with an Error where no answer came. */
function toLineFault(reason: unknown): LineFault {
  const frame = reason instanceof Error ? undefined : asObject(reason)
  const code = frame?.errcode
  if (typeof code === 'number') {
    return new LineFault(`errcode ${code} ${asText(frame?.errmsg) ?? ''}`.slice(0, 200), { code, isSent: true })
  }
  return new LineFault(reason instanceof Error ? reason.message.slice(0, 200) : 'no answer', { isSent: true })
}

function toOpenError(error: Error): Error {
  const [, code] = /^Authentication failed: .*\(code: (-?\w+)\)$/s.exec(error.message) ?? []
  return code === undefined ? error : new SubscriptionRefused(code)
}
