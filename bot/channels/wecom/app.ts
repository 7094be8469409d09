/** The self-built app as a part of the channel: its callback in, private messages out. */
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { type Receive, SendError, type TellEvent } from '../channel.ts'
import type { TokenSource } from '../token.ts'
import type { WecomApi } from './api.ts'
import { createAppCallbacks } from './callback.ts'
import { changeCard, HANDLE_PREFIX, MOST_BUTTONS } from './cards.ts'
import { personOfChat } from './chat-ids.ts'
import { createCallbackKey } from './crypto.ts'
import { diagnoseApp } from './diagnose.ts'
import { fetchAppMedia, isAppMedia } from './media.ts'
import type { WecomPart } from './part.ts'
import { listWecomPunches } from './punches.ts'
import { createAppSender } from './send.ts'

export interface WecomAppOptions {
  corpId: string
  agentId: number
  token: string
  aesKey: string
  /** Where the callback can be reached from outside; for `doctor` alone. */
  publicUrl?: string
  api: WecomApi
  tokens: TokenSource
  clock: Clock
  log: Logger
  onEvent: TellEvent
}

export function createWecomApp(options: WecomAppOptions): WecomPart {
  const { corpId, agentId, api, tokens, clock, log } = options
  const machineNow = () => clock.machineNow()
  const sender = createAppSender({ api, agentId, machineNow })
  let receive: Receive | undefined
  const callbacks = createAppCallbacks({
    key: createCallbackKey(options.token, options.aesKey, corpId),
    agentId: String(agentId),
    machineNow,
    receive: () => receive,
    onEvent: options.onEvent,
    onFailure: error => log.error({ err: error }, 'wecom app callback: message not stored'),
  })

  return {
    callbacks,
    async start(into) {
      receive = into
    },
    async stop() {
      receive = undefined
    },
    health() {
      const refusal = tokens.refusal()
      return refusal === undefined ? { ok: true } : { ok: false, reason: refusal }
    },
    reaches: (route, to) =>
      route.kind === 'api' && (to.kind === 'person' || personOfChat(to.chatId) !== undefined) ? 'now' : 'never',
    canMention: () => false,
    showsCards: (_to, _route, buttons) => buttons <= MOST_BUTTONS,
    owns: ref => ref.startsWith(HANDLE_PREFIX) || isAppMedia(ref),
    async send(item) {
      const person = item.to.kind === 'person' ? item.to.platformId : personOfChat(item.to.chatId)
      if (person === undefined) throw new SendError('routeGone', '应用不能主动往群里发')
      return sender.send(person, item)
    },
    changeCard: change => changeCard(api, agentId, change),
    fetchMedia: (ref, maxBytes) => fetchAppMedia(ref, maxBytes, api),
    listPunches: query => listWecomPunches(api, query),
    diagnose: () => diagnoseApp(options),
  }
}
