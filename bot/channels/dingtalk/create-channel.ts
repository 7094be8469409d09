/** DingTalk as a `Channel`: the parts of this folder put together. */
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Channel, ChannelHealth, Receive } from '../channel.ts'
import { createPlatformApi } from './api.ts'
import { createDingtalkCallback } from './callback.ts'
import { type Decoded, decodeRobotMessage } from './decode.ts'
import { diagnoseDingtalk } from './diagnose.ts'
import { parseJson } from './json.ts'
import { fetchMedia } from './media.ts'
import { listDingtalkPunches } from './punches.ts'
import { createSender } from './send.ts'
import { createStream, type Gap, STREAM_POLICY, type StreamPolicy } from './stream.ts'
import { createTokenSource } from './token.ts'
import { createUrlGuard } from './urls.ts'

export interface DingtalkOptions {
  clientId: string
  clientSecret: string
  robotCode: string
  mode: 'stream' | 'webhook' | 'both'
  /** The new API, without a slash at the end. */
  apiBase: string
  /** The old API, webhooks and media, without a slash at the end. */
  oapiBase: string
  clock: Clock
  log: Logger
  /** Told after an outage of the Stream in which messages may have been lost. */
  onGap?(gap: Gap): void
  /** For tests: shorter waits. */
  streamPolicy?: StreamPolicy
}

export function createDingtalkChannel(options: DingtalkOptions): Channel {
  const { clientId, clientSecret, robotCode, apiBase, oapiBase, mode, clock, log } = options
  const machineNow = () => clock.machineNow()
  const guard = createUrlGuard({ apiBase, oapiBase })
  const tokens = createTokenSource({ apiBase, clientId, clientSecret, machineNow })
  const api = createPlatformApi({ apiBase, oapiBase, tokens })
  const sender = createSender({ api, guard, robotCode })
  let receive: Receive | undefined

  function decode(body: unknown): Decoded {
    return decodeRobotMessage(body, { robotCode, receivedAt: machineNow(), isReplyUrl: guard.isReplyUrl })
  }

  async function takeFromStream(data: string): Promise<'stored' | 'malformed'> {
    const decoded = decode(parseJson(String(data)))
    if (decoded.kind === 'malformed') {
      log.warn('dingtalk stream: not a robot message')
      return 'malformed'
    }
    if (decoded.kind === 'own') return 'stored'
    if (receive === undefined) throw new Error('not running')
    try {
      await receive(decoded.message)
      return 'stored'
    } catch (error) {
      log.error({ err: error }, 'dingtalk stream: message not stored')
      throw error
    }
  }

  const stream =
    mode === 'webhook'
      ? undefined
      : createStream({
          apiBase,
          clientId,
          clientSecret,
          machineNow,
          log,
          policy: options.streamPolicy ?? STREAM_POLICY,
          onRobotMessage: takeFromStream,
          onGap: gap => options.onGap?.(gap),
        })
  const callback = createDingtalkCallback({
    clientSecret,
    machineNow,
    decode,
    receive: () => receive,
    onFailure: error => log.error({ err: error }, 'dingtalk callback: message not stored'),
  })

  return {
    name: 'dingtalk',
    showsCards: false,
    canMention: route => route.kind !== 'api',
    meter: route => (route.kind === 'api' ? 'api' : 'webhook'),
    callbacks: mode === 'stream' ? [] : [callback],

    async start(into) {
      receive = into
      await stream?.start()
    },

    async stop() {
      await stream?.stop()
      receive = undefined
    },

    health: (): ChannelHealth => stream?.health() ?? { ok: true },
    send: item => sender.send(item),
    fetchMedia: (ref, maxBytes) => fetchMedia(ref, maxBytes, { api, guard }),
    listPunches: query => listDingtalkPunches(api, query),
    diagnose: () =>
      diagnoseDingtalk({
        apiBase,
        clientId,
        clientSecret,
        robotCode,
        listensByStream: stream !== undefined,
        api,
        tokens,
      }),
  }
}
