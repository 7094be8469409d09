/** A channel against the emulated DingTalk: machine time that a test can shift, a `receive` that counts, a host for the callback. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { BodyTooLarge, type Channel, type InboundMessage, type Receive } from '../../../bot/channels/channel.ts'
import { createDingtalkChannel, type DingtalkOptions } from '../../../bot/channels/dingtalk/create-channel.ts'
import type { Gap, StreamPolicy } from '../../../bot/channels/dingtalk/stream.ts'
import { systemClock } from '../../../bot/clock.ts'
import { type DingtalkEmulator, type EmulatorOptions, startDingtalkEmulator } from '../../emulators/dingtalk.ts'

/** The real policy with most of its waits shortened, about thirty to one. */
export const FAST: StreamPolicy = {
  gatewayTimeoutMs: 5000,
  handshakeTimeoutMs: 5000,
  backoffMs: tries => 30 * 2 ** Math.min(tries - 1, 6),
  refusedRetryMs: 1000,
  pingMs: 60,
  missedPings: 2,
  quietPings: 1000,
  maxQuietPings: 8000,
  retireMs: 200,
  gapMs: 30_000,
  drainMs: 1000,
}

export interface Inbox {
  messages: InboundMessage[]
  /** How many came in so far, stored or not. */
  entered: number
  receive: Receive
  /** How often each id came. */
  countOf(id: string): number
  /** Makes the next calls fail, as a database that cannot store. */
  failNext(times: number): void
  /** While set, nothing resolves before it does. */
  gate?: Promise<void>
}

/** Keeps what comes; the first of an id is new, the others are duplicates. */
export function createInbox(): Inbox {
  let failures = 0
  const inbox: Inbox = {
    messages: [],
    entered: 0,
    countOf: id => inbox.messages.filter(message => message.id === id).length,
    failNext(times) {
      failures = times
    },
    async receive(message) {
      inbox.entered += 1
      await inbox.gate
      if (failures > 0) {
        failures -= 1
        throw new Error('disk full')
      }
      const duplicate = inbox.countOf(message.id) > 0
      inbox.messages.push(message)
      return { messageId: `m${inbox.messages.length}`, duplicate }
    },
  }
  return inbox
}

export interface Rig {
  emulator: DingtalkEmulator
  channel: Channel
  inbox: Inbox
  gaps: Gap[]
  /** Everything logged, as JSON lines. */
  log: string[]
  /** Moves the machine's time as the channel and the platform see it. */
  shiftClock(byMs: number): void
  /** Serves the callback; its address. */
  serveCallback(): Promise<string>
}

/** An emulator with two people and a group, and a channel pointed at it; both are ended with the test. */
export async function createRig(
  options: { emulator?: EmulatorOptions; channel?: Partial<DingtalkOptions> } = {},
): Promise<Rig> {
  let shiftMs = 0
  const now = () => systemClock.machineNow() + shiftMs
  const emulator = await startDingtalkEmulator({ now, callsPerSecond: 1000, ...options.emulator })
  emulator.addUser({ staffId: 'u1', name: '李敏' })
  emulator.addUser({ staffId: 'u2', name: '张三' })
  emulator.addGroup({ id: 'cidA==', title: '望江网格群', members: ['u1', 'u2'] })
  const log: string[] = []
  const gaps: Gap[] = []
  const inbox = createInbox()
  const channel = createDingtalkChannel({
    clientId: emulator.clientId,
    clientSecret: emulator.clientSecret,
    robotCode: emulator.robotCode,
    mode: 'both',
    apiBase: emulator.apiBase,
    oapiBase: emulator.oapiBase,
    clock: { now, machineNow: now },
    log: pino({ level: 'debug' }, { write: line => void log.push(line) }),
    onGap: gap => void gaps.push(gap),
    streamPolicy: FAST,
    ...options.channel,
  })
  onTestFinished(async () => {
    await channel.stop()
    await emulator.close()
  })
  return {
    emulator,
    channel,
    inbox,
    gaps,
    log,
    shiftClock(byMs) {
      shiftMs += byMs
    },
    serveCallback: () => serveCallback(channel),
  }
}

async function serveCallback(channel: Channel): Promise<string> {
  const callback = channel.callbacks[0]
  if (callback === undefined) throw new Error('no callback')
  const server = createServer(async (request, response) => {
    const answer = await callback.handle({
      headers: request.headers,
      query: new URLSearchParams(),
      async readBody(limitBytes) {
        const chunks: Buffer[] = []
        let size = 0
        for await (const chunk of request) {
          size += (chunk as Buffer).length
          if (size > limitBytes) throw new BodyTooLarge()
          chunks.push(chunk as Buffer)
        }
        return Buffer.concat(chunks)
      },
    })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end('body' in answer ? answer.body : '{"error":"rejected"}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${callback.path}`
}

/** An address where nobody listens any more. */
export async function findClosedAddress(): Promise<string> {
  const emulator = await startDingtalkEmulator()
  await emulator.close()
  return emulator.apiBase
}
