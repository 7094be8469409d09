/**
 * What the 智能机器人 is told, over its callback and its long connection alike, becomes an `InboundMessage`
 * (developer.work.weixin.qq.com/document/path/100719, 101027, 101463).
 */
import type { InboundMessage } from '../channel.ts'
import { asArray, asId, asObject, asText, type JsonObject } from '../json.ts'
import { encodeMediaRef } from './bot-media.ts'
import { findMentions, stripBotName } from './bot-mentions.ts'
import { readCardId } from './cards.ts'
import { directChatId } from './chat-ids.ts'

export type BotDecoded =
  | { kind: 'message'; message: InboundMessage; responseUrl?: string }
  /** Somebody opened the private conversation for the first time today. */
  | { kind: 'arrival'; message: InboundMessage }
  /** A button was pressed, of a card that went out under `taskId`. */
  | { kind: 'press'; message: InboundMessage; taskId: string; responseUrl?: string }
  /** WeCom asks how an answer under way reads by now. */
  | { kind: 'poll'; streamId: string }
  /** Another connection took the bot over. */
  | { kind: 'displaced' }
  /** An event that asks for nothing. */
  | { kind: 'ignored' }
  | { kind: 'malformed' }

export interface DecodeFacts {
  /** As people see it in the group. */
  botName: string
  /** Epoch ms by the machine; messages carry no time of their own. */
  receivedAt: number
}

/** An organisation has one bot here; were it not named, its messages would still be told apart by their ids. */
const UNNAMED_ROBOT = 'aibot'

interface Content {
  text: string
  media: InboundMessage['media']
  isUnsupported?: true
}

export function decodeBotPush(body: unknown, facts: DecodeFacts): BotDecoded {
  const raw = asObject(body)
  if (raw === undefined) return { kind: 'malformed' }
  const event = asObject(raw.event)
  if (event?.eventtype === 'disconnected_event') return { kind: 'displaced' }
  if (raw.msgtype === 'stream') {
    const streamId = asId(asObject(raw.stream)?.id)
    return streamId === undefined ? { kind: 'malformed' } : { kind: 'poll', streamId }
  }
  const envelope = decodeEnvelope(raw, facts)
  if (envelope === undefined) return { kind: 'malformed' }
  if (raw.msgtype === 'event') return decodeEvent(raw, event, envelope)
  const content = decodeContent(raw)
  const isGroup = envelope.chat.kind === 'group'
  const text = isGroup ? stripBotName(content.text, facts.botName) : content.text
  const quote = decodeQuote(asObject(raw.quote), facts)
  const message: InboundMessage = {
    ...envelope,
    text,
    media: content.media,
    mentions: isGroup ? findMentions(text) : [],
    ...(quote && { quote }),
    ...(content.isUnsupported && { fault: 'unsupported' }),
  }
  return { kind: 'message', message, responseUrl: asText(raw.response_url) }
}

type Envelope = Pick<InboundMessage, 'channel' | 'robot' | 'id' | 'chat' | 'sender' | 'at'>

/** `chatid` names groups alone; the example of `enter_chat` has no `chattype` either. */
function decodeEnvelope(raw: JsonObject, { receivedAt }: DecodeFacts): Envelope | undefined {
  const id = asId(raw.msgid)
  const robot = asId(raw.aibotid) ?? UNNAMED_ROBOT
  const userId = asId(asObject(raw.from)?.userid)
  const chatId = asId(raw.chatid)
  if (id === undefined || userId === undefined) return undefined
  const isGroup = raw.chattype === 'group'
  if (isGroup && chatId === undefined) return undefined
  const seconds = typeof raw.create_time === 'number' ? raw.create_time : undefined
  return {
    channel: 'wecom',
    robot,
    id,
    chat:
      isGroup && chatId !== undefined ? { id: chatId, kind: 'group' } : { id: directChatId(userId), kind: 'direct' },
    sender: { platformId: userId },
    at: seconds === undefined ? receivedAt : seconds * 1000,
  }
}

function decodeEvent(raw: JsonObject, event: JsonObject | undefined, envelope: Envelope): BotDecoded {
  const message: InboundMessage = { ...envelope, text: '', media: [], mentions: [] }
  if (event?.eventtype === 'enter_chat') return { kind: 'arrival', message: { ...message, isArrival: true } }
  if (event?.eventtype !== 'template_card_event') return { kind: 'ignored' }
  // Nested, whatever the typings of the SDK say.
  const press = asObject(event.template_card_event)
  const key = asText(press?.event_key)
  const taskId = asId(press?.task_id)
  if (key === undefined || taskId === undefined) return { kind: 'malformed' }
  const card = readCardId(taskId)
  if (card === undefined) return { kind: 'ignored' }
  return { kind: 'press', message: { ...message, press: { card, key } }, taskId, responseUrl: asText(raw.response_url) }
}

function decodeContent(raw: JsonObject): Content {
  const kind = asText(raw.msgtype)
  const part = asObject(kind === undefined ? undefined : raw[kind])
  switch (kind) {
    case 'text':
      return { text: asText(part?.content) ?? '', media: [] }
    case 'voice': {
      // Words only; what the platform could not turn into words is as unreadable as an unknown kind.
      const heard = asText(part?.content)?.trim() ?? ''
      return { text: heard, media: [], ...(heard === '' && { isUnsupported: true }) }
    }
    case 'mixed': {
      const items = (asArray(part?.msg_item) ?? []).map(item => decodeContent(asObject(item) ?? {}))
      const texts = items.map(({ text }) => text).filter(text => text !== '')
      return { text: texts.join('\n'), media: items.flatMap(({ media }) => media) }
    }
    case 'image':
    case 'file':
    case 'video': {
      const url = asText(part?.url)
      if (url === undefined) return { text: '', media: [], isUnsupported: true }
      return { text: '', media: [{ kind, ref: encodeMediaRef(url, asText(part?.aeskey)) }] }
    }
    default:
      return { text: '', media: [], isUnsupported: true }
  }
}

/** Neither id nor author of what was quoted is told. */
function decodeQuote(raw: JsonObject | undefined, { botName }: DecodeFacts): InboundMessage['quote'] {
  if (raw === undefined) return undefined
  const { text, media } = decodeContent(raw)
  const said = stripBotName(text, botName)
  return { ...(said !== '' && { text: said }), ...(media.length > 0 && { media }) }
}
