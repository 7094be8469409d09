/**
 * DingTalk on loopback: one HTTP and WebSocket server that keeps the state of the platform, refuses what the real one refuses,
 * can be told to misbehave, and writes down everything that reached it and everything that people were shown.
 * Point the program at it with `DINGTALK_API_BASE` and `DINGTALK_OAPI_BASE`.
 */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../bot/clock.ts'
import type { Reply } from './dingtalk-answers.ts'
import { answerCall } from './dingtalk-endpoints.ts'
import { type Fault, Faults, isMereDelay, keepsAnswer } from './dingtalk-faults.ts'
import { Gateway, type Push } from './dingtalk-gateway.ts'
import { buildRobotMessage, type Saying } from './dingtalk-messages.ts'
import {
  type Delivered,
  type EmulatedGroup,
  type EmulatedUser,
  type LedgerEntry,
  World,
  type WorldOptions,
} from './dingtalk-world.ts'

export type { Delivered, EmulatedGroup, EmulatedUser, Fault, LedgerEntry, Push, Saying }

export interface EmulatorOptions extends Partial<WorldOptions> {
  /** After which an unacknowledged push goes out again. */
  redeliverAfterMs?: number
}

/** How a callback is signed over HTTP. `pair` replays given headers. */
export type Signing = 'valid' | 'wrong' | 'stale' | 'future' | 'missing' | { timestamp: string; sign: string }

export interface HttpDelivery {
  /** The program's callback, `http://127.0.0.1:PORT/dingtalk/callback`. */
  url: string
  /** How many copies at once; 1 when left out. */
  times?: number
  sign?: Signing
}

export interface HttpResult {
  msgId: string
  responses: { status: number; body: string }[]
  /** The pair that was used, for replays. */
  headers: Record<string, string>
}

export interface StreamResult {
  msgId: string
  /** One for each copy. */
  pushes: Push[]
  /** True when every copy was acknowledged. */
  acked: Promise<boolean>
}

export interface DingtalkEmulator {
  readonly apiBase: string
  readonly oapiBase: string
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  readonly world: World
  readonly gateway: Gateway
  readonly faults: Faults
  readonly requests: LedgerEntry[]
  readonly delivered: Delivered[]
  addUser(user: { staffId: string; name: string; isExternal?: boolean }): EmulatedUser
  addGroup(group: { id: string; title?: string; members?: string[]; hasRobot?: boolean }): EmulatedGroup
  /** Over Stream, to a random connection; `times` copies with the same msgId. */
  say(saying: Saying & { times?: number }): StreamResult
  /** Over the HTTP callback. */
  post(saying: Saying, delivery: HttpDelivery): Promise<HttpResult>
  deliveredTo(target: { group: string } | { user: string }): Delivered[]
  /** Requests to one path. */
  calls(path: string): LedgerEntry[]
  /** @returns takes the fault away again */
  fail(path: string, fault: Fault): () => void
  /** Resolves when the condition holds. @throws after `timeoutMs` */
  waitUntil(condition: () => boolean, timeoutMs?: number): Promise<void>
  close(): Promise<void>
}

const BODY_LIMIT_BYTES = 25 * 1024 * 1024

export async function startDingtalkEmulator(options: EmulatorOptions = {}): Promise<DingtalkEmulator> {
  const { redeliverAfterMs = 60_000, clientId = 'dingemulated', ...rest } = options
  const world = new World({
    clientId,
    clientSecret: 'emulated-secret',
    robotCode: clientId,
    corpId: 'dingcorp1',
    now: () => systemClock.machineNow(),
    sendsPerMinute: 20,
    callsPerSecond: 20,
    monthlyApiCalls: Number.POSITIVE_INFINITY,
    tokenLifeSeconds: 7200,
    sessionLifeMs: 90 * 60_000,
    ...rest,
  })
  const faults = new Faults()
  const gateway = new Gateway(world, faults, redeliverAfterMs)
  const server = createServer((request, response) => {
    serve(world, faults, base, request, response).catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    apiBase: base,
    oapiBase: base,
    clientId: world.options.clientId,
    clientSecret: world.options.clientSecret,
    robotCode: world.options.robotCode,
    world,
    gateway,
    faults,
    requests: world.requests,
    delivered: world.delivered,
    addUser: user => world.addUser(user),
    addGroup: group => world.addGroup(group, base),

    say({ times = 1, ...saying }) {
      const message = buildRobotMessage(world, base, saying)
      const pushes = message === undefined ? [] : Array.from({ length: times }, () => gateway.pushRobotMessage(message))
      const acked = Promise.all(pushes.map(push => push.acked)).then(
        results => results.length > 0 && results.every(Boolean),
      )
      return { msgId: String(message?.msgId), pushes, acked }
    },

    async post(saying, { url, times = 1, sign = 'valid' }) {
      const message = buildRobotMessage(world, base, saying)
      if (message === undefined) return { msgId: '', responses: [], headers: {} }
      const headers = { ...signHeaders(world, sign), 'content-type': 'application/json; charset=utf-8' }
      const body = JSON.stringify(message)
      const responses = await Promise.all(
        Array.from({ length: times }, async () => {
          const response = await fetch(url, { method: 'POST', headers, body })
          return { status: response.status, body: await response.text() }
        }),
      )
      return { msgId: String(message.msgId), responses, headers }
    },

    deliveredTo(target) {
      return world.delivered.filter(each =>
        'group' in target ? each.group === target.group : each.user === target.user,
      )
    },
    calls: path => world.requests.filter(each => each.path === path),
    fail: (path, fault) => faults.add(path, fault),

    async waitUntil(condition, timeoutMs = 5000) {
      const giveUpAt = performance.now() + timeoutMs
      while (!condition()) {
        if (performance.now() > giveUpAt) throw new Error(`not within ${timeoutMs} ms: ${condition.toString()}`)
        await sleep(10)
      }
    },

    async close() {
      faults.end()
      gateway.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** The headers of a callback. */
function signHeaders(world: World, sign: Signing): Record<string, string> {
  if (sign === 'missing') return {}
  if (typeof sign === 'object') return { timestamp: sign.timestamp, sign: sign.sign }
  const shiftMs = { valid: 0, wrong: 0, stale: -3_660_000, future: 3_660_000 }[sign]
  const timestamp = String(world.options.now() + shiftMs)
  const secret = sign === 'wrong' ? 'somebody else' : world.options.clientSecret
  const hmac = createHmac('sha256', secret).update(`${timestamp}\n${world.options.clientSecret}`)
  return { timestamp, sign: hmac.digest('base64') }
}

async function serve(
  world: World,
  faults: Faults,
  base: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', base)
  const raw = await readBody(request)
  const entry: LedgerEntry = {
    at: world.options.now(),
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: readEntryBody(raw),
  }
  world.requests.push(entry)
  const fault = faults.take(entry.path)
  if (fault?.delayMs !== undefined && !fault.drip) await sleep(fault.delayMs)
  const isDone = fault === undefined || fault.afterwards || keepsAnswer(fault)
  const reply: Reply = isDone ? await answerCall(world, { entry, raw, base }) : { status: 200, body: {} }
  entry.status = fault?.status ?? reply.status
  if (fault !== undefined && !isMereDelay(fault)) {
    await faults.play(fault, response, reply)
    return
  }
  const bytes = reply.bytes?.data ?? (typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body))
  response.writeHead(reply.status, { 'content-type': reply.bytes?.type ?? 'application/json' })
  response.end(bytes)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > BODY_LIMIT_BYTES) throw new Error('body too large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

function readEntryBody(raw: Buffer): unknown {
  if (raw.length === 0) return undefined
  const text = raw.toString()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
