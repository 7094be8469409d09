/**
 * WeCom on loopback: one HTTP server that keeps the state of the platform, refuses what the real one refuses, can be told to misbehave,
 * and writes down everything that reached it and everything that people were shown. Point the program at it with `WECOM_API_BASE`.
 */
import { randomInt } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { encrypt, getSignature } from '@wecom/crypto'
import { systemClock } from '../../bot/clock.ts'
import { type Fault, Faults, isMereDelay, keepsAnswer } from './dingtalk-faults.ts'
import { answerCall, type Endpoint, type Reply } from './wecom-endpoints.ts'
import {
  type AppTelling,
  buildAppXml,
  type SealedRequest,
  type Spoiling,
  type Stamped,
  sealAppXml,
} from './wecom-messages.ts'
import {
  type Delivered,
  type EmulatedGroup,
  type EmulatedMember,
  type LedgerEntry,
  type ShownCard,
  World,
  type WorldOptions,
} from './wecom-world.ts'

export { fail, ok } from './wecom-endpoints.ts'
export type { AppTelling, Delivered, EmulatedGroup, EmulatedMember, Endpoint, LedgerEntry, ShownCard, Spoiling }

export interface Delivery extends Stamped {
  /** The program's callback, `http://127.0.0.1:PORT/wecom/app`. */
  url: string
  /** How many copies, each sealed anew; 1 when left out. */
  times?: number
  spoilt?: Spoiling
}

export interface PushResult {
  answers: { status: number; body: string }[]
  /** What was posted last, for replays. */
  request: SealedRequest
}

export interface WecomEmulator {
  readonly apiBase: string
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly token: string
  readonly aesKey: string
  readonly server: Server
  readonly world: World
  readonly faults: Faults
  readonly requests: LedgerEntry[]
  readonly delivered: Delivered[]
  addMember(member: { userId: string; name: string; isVisible?: boolean }): EmulatedMember
  addGroup(group: { id: string; title?: string; members?: string[]; hasPush?: boolean }): EmulatedGroup
  /** Saving the address in the console. @returns whether the answer was exact and in time, as the console would judge */
  saveCallback(url: string): Promise<boolean>
  /** Tells the app something, once per copy, without waiting for a good answer. */
  tell(telling: AppTelling, delivery: Delivery): Promise<PushResult>
  /** The same until it is taken: three tries in all. */
  tellUntilTaken(telling: AppTelling, delivery: Delivery): Promise<PushResult>
  /** Posts a sealed request as it is. */
  post(url: string, request: SealedRequest): Promise<{ status: number; body: string }>
  /** Presses a button of somebody's card. */
  press(userId: string, card: ShownCard, key: string, delivery: Delivery): Promise<PushResult>
  deliveredTo(target: { group: string } | { user: string }): Delivered[]
  calls(path: string): LedgerEntry[]
  /** An endpoint beside the built-in ones, by `METHOD path`. */
  serve(name: string, endpoint: Endpoint): void
  /** @returns takes the fault away again */
  fail(path: string, fault: Fault): () => void
  /** Resolves when the condition holds. @throws after `timeoutMs` */
  waitUntil(condition: () => boolean, timeoutMs?: number): Promise<void>
  close(): Promise<void>
}

const BODY_LIMIT_BYTES = 30 * 1024 * 1024
const TRIES = 3
/** What the platform waits for an answer, and for the check of an address. */
const PATIENCE_MS = 5_000
const CHECK_MS = 1_000

export async function startWecomEmulator(options: Partial<WorldOptions> = {}): Promise<WecomEmulator> {
  const world = new World({
    corpId: 'wwemulated00000001',
    agentId: 1000002,
    secret: 'emulated-secret',
    token: 'emulatedToken1',
    aesKey: 'TSdURB86DTmIj3MSRr2MGtMG6p6nm1VnmiCTu18wYVo',
    now: () => systemClock.machineNow(),
    perMemberMinute: 30,
    pushesPerMinute: 20,
    tokenLifeSeconds: 7200,
    isTrustedIp: true,
    ...options,
  })
  const faults = new Faults()
  const extra = new Map<string, Endpoint>()
  const server = createServer((request, response) => {
    serve({ world, faults, extra, base }, request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function post(url: string, { query, body }: SealedRequest): Promise<{ status: number; body: string }> {
    const response = await fetch(`${url}?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return { status: response.status, body: await response.text() }
  }

  async function tell(telling: AppTelling, delivery: Delivery): Promise<PushResult> {
    const xml = buildAppXml(world, telling, delivery)
    const requests = Array.from({ length: delivery.times ?? 1 }, () => sealAppXml(world, xml, delivery.spoilt))
    const answers = await Promise.all(requests.map(request => post(delivery.url, request)))
    return { answers, request: requests.at(-1)! }
  }

  async function tellUntilTaken(telling: AppTelling, delivery: Delivery): Promise<PushResult> {
    const xml = buildAppXml(world, telling, delivery)
    let request = sealAppXml(world, xml)
    const answers: { status: number; body: string }[] = []
    for (let tries = 0; tries < TRIES && answers.at(-1)?.status !== 200; tries += 1) {
      request = sealAppXml(world, xml)
      const answer = await post(delivery.url, request).catch(() => undefined)
      if (answer) answers.push(answer)
    }
    return { answers, request }
  }

  return {
    apiBase: base,
    corpId: world.options.corpId,
    agentId: world.options.agentId,
    secret: world.options.secret,
    token: world.options.token,
    aesKey: world.options.aesKey,
    server,
    world,
    faults,
    requests: world.requests,
    delivered: world.delivered,
    addMember: member => world.addMember(member),
    addGroup: group => world.addGroup(group, base),

    async saveCallback(url) {
      const text = String(randomInt(2 ** 47))
      const timestamp = String(Math.floor(world.now() / 1000))
      const nonce = String(randomInt(2 ** 31))
      const echostr: string = encrypt(world.options.aesKey, text, world.options.corpId)
      const msg_signature: string = getSignature(world.options.token, timestamp, nonce, echostr)
      const query = new URLSearchParams({ msg_signature, timestamp, nonce, echostr })
      const answer = await fetch(`${url}?${query}`, { signal: AbortSignal.timeout(CHECK_MS) })
      return answer.status === 200 && Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(text))
    },

    tell,
    tellUntilTaken,
    post,
    press: (userId, card, key, delivery) =>
      tell(
        {
          kind: 'event',
          from: userId,
          event: 'template_card_event',
          fields: {
            EventKey: key,
            TaskId: card.taskId,
            CardType: 'button_interaction',
            ResponseCode: world.giveHandle(card.taskId),
          },
        },
        delivery,
      ),
    deliveredTo: target => world.deliveredTo(target),
    calls: path => world.requests.filter(each => each.path === path),
    serve: (name, endpoint) => void extra.set(name, endpoint),
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
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function serve(
  parts: { world: World; faults: Faults; extra: ReadonlyMap<string, Endpoint>; base: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, faults, extra, base } = parts
  const url = new URL(request.url ?? '/', base)
  const raw = await readBody(request)
  const entry: LedgerEntry = {
    at: world.now(),
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
  const reply: Reply = isDone ? await answerCall(world, { entry, raw }, extra) : { status: 200, body: {} }
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
