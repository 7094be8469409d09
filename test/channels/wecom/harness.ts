/** The app and the push addresses of a channel against the emulated WeCom: machine time that a test can shift, a host for the callbacks. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import {
  BodyTooLarge,
  type Channel,
  type InboundMessage,
  type Outgoing,
  type PlatformEvent,
  type SendError,
} from '../../../bot/channels/channel.ts'
import { createWecom } from '../../../bot/channels/wecom/create-wecom.ts'
import { systemClock } from '../../../bot/clock.ts'
import { startWecomEmulator, type WecomEmulator } from '../../emulators/wecom.ts'
import type { WorldOptions } from '../../emulators/wecom-world.ts'
import { createInbox, type Inbox } from '../dingtalk/harness.ts'

export interface Rig {
  emulator: WecomEmulator
  channel: Channel
  inbox: Inbox
  events: PlatformEvent[]
  log: string[]
  /** Address of the app's callback. */
  url: string
  /** Reason codes of what was refused. */
  rejected: string[]
  shiftClock(byMs: number): void
  /** The newest message that came in. */
  newest(): InboundMessage | undefined
}

/** An emulator with two people and two groups (one without push address), and a channel pointed at it; both are ended with the test. */
export async function createRig(options: { emulator?: Partial<WorldOptions>; isStarted?: boolean } = {}): Promise<Rig> {
  let shiftMs = 0
  const now = () => systemClock.machineNow() + shiftMs
  const emulator = await startWecomEmulator({ now, ...options.emulator })
  emulator.addMember({ userId: 'LiMin', name: '李敏' })
  emulator.addMember({ userId: 'zhangsan', name: '张三' })
  emulator.addMember({ userId: 'outside', name: '范围外', isVisible: false })
  emulator.addGroup({ id: 'wrG1', title: '第一网格群', members: ['LiMin', 'zhangsan'] })
  emulator.addGroup({ id: 'wrG2', title: '没有推送地址的群', members: ['LiMin'], hasPush: false })
  const { corpId, agentId, secret, token, aesKey, apiBase } = emulator
  const log: string[] = []
  const events: PlatformEvent[] = []
  const rejected: string[] = []
  const inbox = createInbox()
  const channel = createWecom({
    wecom: { app: { corpId, agentId, secret, token, aesKey }, bot: undefined, apiBase },
    botName: '小格',
    publicUrl: 'https://xiaoge.example.gov.cn',
    isAlone: true,
    clock: { now, machineNow: now },
    log: pino({ level: 'debug' }, { write: line => void log.push(line) }),
    onEvent: async event => void events.push(event),
    onGap: () => {},
  })
  if (options.isStarted ?? true) await channel.start(message => inbox.receive(message))
  const url = await serveCallbacks(channel, rejected)
  onTestFinished(async () => {
    await channel.stop()
    await emulator.close()
  })
  return {
    emulator,
    channel,
    inbox,
    events,
    log,
    url,
    rejected,
    shiftClock(byMs) {
      shiftMs += byMs
    },
    newest: () => inbox.messages.at(-1),
  }
}

/** The callbacks as the program would mount them. */
async function serveCallbacks(channel: Channel, rejected: string[]): Promise<string> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local')
    const callback = channel.callbacks.find(({ path, method }) => path === pathname && method === request.method)
    const answer = await callback?.handle({
      headers: request.headers,
      query: searchParams,
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
    if (answer && 'rejected' in answer) rejected.push(answer.rejected)
    response.writeHead(answer?.status ?? 404)
    response.end(answer && 'body' in answer ? answer.body : '{"error":"rejected"}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/app`
}

let items = 0

/** A plain text for one person, changed as a test wishes. */
export function outgoing(change: Partial<Outgoing> = {}): Outgoing {
  items += 1
  return {
    to: { kind: 'person', platformId: 'zhangsan' },
    route: { kind: 'api' },
    title: '提醒',
    text: '今天要走访三户。',
    mentions: [],
    idempotencyKey: `item-${items}`,
    ...change,
  }
}

/** The fault of a send that must fail. */
export async function faultOf(sending: Promise<unknown>): Promise<SendError> {
  return sending.then(
    () => {
      throw new Error('it was sent')
    },
    (error: SendError) => error,
  )
}
