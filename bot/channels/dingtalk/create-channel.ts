/** DingTalk as a `Channel`: the parts of this folder put together. */
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Channel, ChannelHealth, InboundMessage, Receive, TellEvent } from '../channel.ts'
import { rememberUploads } from '../files.ts'
import { parseJson } from '../json.ts'
import { createPlatformApi } from './api.ts'
import { createDingtalkCallback } from './callback.ts'
import { changeCard, decodePress, MOST_BUTTONS } from './cards.ts'
import { type Decoded, decodeRobotMessage } from './decode.ts'
import { diagnoseDingtalk } from './diagnose.ts'
import { createEventCallback } from './events.ts'
import { createDingtalkPages } from './h5.ts'
import { fetchMedia } from './media.ts'
import { listDingtalkPunches } from './punches.ts'
import { createSender } from './send.ts'
import { createStream, type Gap, STREAM_POLICY, type StreamPolicy } from './stream.ts'
import { createDingtalkTokens } from './token.ts'
import { createUrlGuard } from './urls.ts'

export interface DingtalkOptions {
  clientId: string
  clientSecret: string
  robotCode: string
  /** Opens the phone pages inside DingTalk. */
  corpId?: string
  agentId?: string
  mode: 'stream' | 'webhook' | 'both'
  /** Id of the organisation's template for interactive cards. */
  cardTemplate?: string
  /** The new API, without a slash at the end. */
  apiBase: string
  /** The old API, webhooks and media, without a slash at the end. */
  oapiBase: string
  clock: Clock
  log: Logger
  /** Given where the console's event subscription pushes over HTTP. */
  events?: { token: string; aesKey: string; onEvent: TellEvent }
  /** Told after an outage of the Stream in which messages may have been lost. */
  onGap?(gap: Gap): void
  /** For tests: shorter waits. */
  streamPolicy?: StreamPolicy
}

export function createDingtalkChannel(options: DingtalkOptions): Channel {
  const { clientId, clientSecret, robotCode, corpId, apiBase, oapiBase, mode, clock, log } = options
  const machineNow = () => clock.machineNow()
  const guard = createUrlGuard({ apiBase, oapiBase })
  const tokens = createDingtalkTokens({ apiBase, clientId, clientSecret, machineNow })
  const platform = createPlatformApi({ apiBase, oapiBase, tokens })
  const api = { ...platform, uploadMedia: rememberUploads(platform.uploadMedia, machineNow) }
  // Presses come back over Stream alone.
  const { cardTemplate } = options
  const cards =
    cardTemplate === undefined || mode === 'webhook'
      ? undefined
      : { api, templateId: cardTemplate, robotCode, machineNow }
  const sender = createSender({ api, guard, robotCode, cards })
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
    return decoded.kind === 'own' ? 'stored' : store(decoded.message)
  }

  async function takePress(data: string, pushId: string): Promise<'stored' | 'malformed'> {
    const message = decodePress(parseJson(String(data)), { pushId, robotCode, machineNow: machineNow() })
    if (message) return store(message)
    log.warn('dingtalk stream: not a press of one of our cards')
    return 'malformed'
  }

  async function store(message: InboundMessage): Promise<'stored'> {
    if (receive === undefined) throw new Error('not running')
    try {
      await receive(message)
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
          onCardPress: cards && takePress,
          onGap: gap => options.onGap?.(gap),
        })
  const callback = createDingtalkCallback({
    clientSecret,
    machineNow,
    decode,
    receive: () => receive,
    onFailure: error => log.error({ err: error }, 'dingtalk callback: message not stored'),
  })
  const events =
    options.events &&
    createEventCallback({
      ...options.events,
      clientId,
      machineNow,
      onFailure: error => log.error({ err: error }, 'dingtalk event: not stored'),
    })

  return {
    name: 'dingtalk',
    showsCards: (to, route, buttons) =>
      cards !== undefined && to.kind === 'person' && route.kind === 'api' && buttons <= MOST_BUTTONS,
    canMention: route => route.kind !== 'api',
    meter: route => (route.kind === 'api' ? 'api' : 'webhook'),
    callbacks: [...(mode === 'stream' ? [] : [callback]), ...(events ? [events] : [])],

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
    changeCard: cards && (change => changeCard(change, cards)),
    fetchMedia: (ref, maxBytes) => fetchMedia(ref, maxBytes, { api, guard }),
    listPunches: query => listDingtalkPunches(api, query),
    pages:
      corpId === undefined
        ? undefined
        : createDingtalkPages({ api, corpId, agentId: options.agentId, clientId, machineNow }),
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
