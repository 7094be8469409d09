/**
 * The 智能机器人 over its callback, as a part of the channel: hears groups and answers what it heard. It cannot speak first: that is
 * for the groups' push addresses and, in private, for the app.
 */
import type { Logger } from 'pino'
import { type Receive, SendError } from '../channel.ts'
import { createAnswerer } from './bot-answer.ts'
import { createBotCallbacks } from './bot-callback.ts'
import { renderPressedCard } from './bot-card.ts'
import { decodeBotPush } from './bot-decode.ts'
import { fetchBotMedia, isBotMedia } from './bot-media.ts'
import type { BotMemory } from './bot-memory.ts'
import { decodeBotRef } from './bot-ref.ts'
import { createStreams, STREAM_POLICY, type StreamPolicy } from './bot-streams.ts'
import { createTake } from './bot-take.ts'
import { createUserIds, type MapUserIds, sayWhoIsKnown } from './bot-user-ids.ts'
import { MOST_BUTTONS } from './cards.ts'
import { createCallbackKey } from './crypto.ts'
import type { WecomPart } from './part.ts'

export interface BotByCallbackOptions {
  token: string
  aesKey: string
  /** As people see it in the group. */
  botName: string
  apiBase: string
  /** Where the callback can be reached from outside; for `doctor` alone. */
  publicUrl?: string
  memory: BotMemory
  /** Through the self-built app; absent where none is configured. */
  mapUserIds?: MapUserIds
  machineNow(): number
  log: Logger
  /** For tests: shorter waits. */
  streamPolicy?: StreamPolicy
}

export function createWecomBotByCallback(options: BotByCallbackOptions): WecomPart {
  const { apiBase, botName, memory, machineNow, log } = options
  // The envelope of a bot names no receiver.
  const key = createCallbackKey(options.token, options.aesKey)
  const streams = createStreams(machineNow, memory.isAnswerDue, options.streamPolicy ?? STREAM_POLICY)
  const answerer = createAnswerer({ apiBase, streams, memory })
  const take = createTake(createUserIds(memory, options.mapUserIds))
  let receive: Receive | undefined

  return {
    callbacks: createBotCallbacks({
      key,
      machineNow,
      streams,
      decode: body => decodeBotPush(body, { botName, receivedAt: machineNow() }),
      isResponseUrl: answerer.isResponseUrl,
      take: message => (receive ? take(message, receive) : undefined),
      onFailure: error => log.error({ err: error }, 'wecom bot callback: message not stored'),
    }),
    async start(into) {
      receive = into
    },
    async stop() {
      receive = undefined
      streams.stop()
    },
    health: () => ({ ok: true }),
    reaches: route => (route.kind === 'reply' ? 'now' : 'never'),
    canMention: () => false,
    showsCards: (_to, route, buttons) => route.kind === 'reply' && buttons <= MOST_BUTTONS,
    owns: ref => isBotMedia(ref) || decodeBotRef(ref) !== undefined,
    async send(item) {
      const { route } = item
      if (route.kind !== 'reply') throw new SendError('routeGone', '回调方式的智能机器人只能回复')
      return answerer.send({ ...item, route })
    },
    async changeCard(change) {
      const ref = decodeBotRef(change.ref)
      const card = ref?.taskId && renderPressedCard(change, ref.taskId)
      const isTaken = ref && card && (await streams.hand(ref.id, { content: '', card }))
      if (!isTaken) throw new SendError('refused', '卡片要在点击后 5 秒内更新')
    },
    fetchMedia: (ref, maxBytes) =>
      fetchBotMedia(ref, maxBytes, {
        callbackKey: key.aesKey,
        isOwnHost: url => url.origin === new URL(apiBase).origin,
      }),
    async diagnose() {
      const { publicUrl } = options
      const url = `${publicUrl ?? 'PUBLIC_URL'}/wecom/bot`
      const isReachable = publicUrl !== undefined && !/\/\/(127\.|localhost|\[::1\])/.test(publicUrl)
      const setUp = `智能机器人（回调方式）后台“接收消息”的 URL 应为 ${url}`
      return [
        isReachable
          ? { ok: true, text: `${setUp}；群里要@它才收得到。` }
          : { ok: false, text: `PUBLIC_URL 是 ${publicUrl ?? '空的'}，企业微信连不到。${setUp}。` },
        ...sayWhoIsKnown(options.mapUserIds),
      ]
    },
  }
}
