/** One robot message of DingTalk, from Stream or HTTP alike, becomes an `InboundMessage` (open.dingtalk.com, 机器人接收消息). */
import type { InboundMessage } from '../channel.ts'
import { asArray, asId, asInstant, asObject, asObjectOrJson, asText, type JsonObject } from '../json.ts'
import { type Content, type ContentFacts, decodeContent } from './content.ts'

export type Decoded =
  | { kind: 'message'; message: InboundMessage }
  /** The robot hears itself: nothing to do. */
  | { kind: 'own' }
  /** Not a robot message at all. */
  | { kind: 'malformed' }

export interface DecodeFacts {
  /** The configured robot, for messages that do not name theirs. */
  robotCode: string
  /** Epoch ms by the machine; stands in where the platform gives no time. */
  receivedAt: number
  isReplyUrl(this: void, url: string): boolean
}

/** The platform's code in place of a text once the organisation's monthly messages are used up. */
const OVER_QUOTA = '20001'

export function decodeRobotMessage(body: unknown, facts: DecodeFacts): Decoded {
  const raw = asObject(body)
  const id = asId(raw?.msgId)
  const chatId = asId(raw?.conversationId)
  if (raw === undefined || id === undefined || chatId === undefined) return { kind: 'malformed' }
  const robotId = asId(raw.chatbotUserId)
  if (robotId !== undefined && raw.senderId === robotId) return { kind: 'own' }

  const robot = asId(raw.robotCode) ?? facts.robotCode
  const content = decodeContent(asText(raw.msgtype), raw, { robot, robotId })
  const fault: InboundMessage['fault'] = isOverQuota(raw)
    ? 'overQuota'
    : content.isUnsupported
      ? 'unsupported'
      : undefined
  return {
    kind: 'message',
    message: {
      channel: 'dingtalk',
      robot,
      id,
      chat: decodeChat(raw, chatId),
      sender: decodeSender(raw),
      at: asInstant(raw.createAt) ?? facts.receivedAt,
      text: content.text,
      mentions: decodeMentions(raw, content, robotId),
      media: content.media,
      ...optional('quote', decodeQuote(raw, { robot, robotId })),
      ...optional('fault', fault),
      ...optional('session', decodeSession(raw, facts)),
    },
  }
}

function decodeChat(raw: JsonObject, id: string): InboundMessage['chat'] {
  const kind = String(raw.conversationType) === '1' ? 'direct' : 'group'
  return { id, kind, ...optional('title', asText(raw.conversationTitle)) }
}

/** `senderStaffId` is missing for people outside the organisation and for a robot without a published version. */
function decodeSender(raw: JsonObject): InboundMessage['sender'] {
  return { ...optional('platformId', asId(raw.senderStaffId)), ...optional('name', asText(raw.senderNick)) }
}

/** Everybody @-ed but the robot. People outside the organisation have no staff id, and only rich text shows their name. */
function decodeMentions(raw: JsonObject, content: Content, robotId: string | undefined): InboundMessage['mentions'] {
  return (asArray(raw.atUsers) ?? []).flatMap(value => {
    const user = asObject(value) ?? {}
    const opaqueId = asId(user.dingtalkId)
    if (opaqueId !== undefined && opaqueId === robotId) return []
    const platformId = asId(user.staffId)
    const name = content.names.get(opaqueId ?? '') ?? content.names.get(platformId ?? '')
    return platformId === undefined && name === undefined
      ? []
      : [{ ...optional('platformId', platformId), ...optional('name', name) }]
  })
}

/** `repliedMsg` sits under `text` or `content`; the platform may tell the bare id only. Older clients send `quoteMessage`. */
function decodeQuote(raw: JsonObject, facts: ContentFacts): InboundMessage['quote'] {
  const carrier = asObject(raw.text)?.repliedMsg ?? asObjectOrJson(raw.content)?.repliedMsg ?? raw.quoteMessage
  const replied = asObject(carrier)
  const id = asId(replied?.msgId) ?? asId(raw.originalMsgId)
  if (replied === undefined) return id === undefined ? undefined : { id }
  const quoted = decodeContent(asText(replied.msgType) ?? asText(replied.msgtype), replied, facts)
  return {
    ...optional('id', id),
    ...optional('text', quoted.text === '' ? undefined : quoted.text),
    ...optional('media', quoted.media.length === 0 ? undefined : quoted.media),
  }
}

/** The documents name the key of code 20001 in two ways. */
function isOverQuota(raw: JsonObject): boolean {
  return [raw.errorCode, raw.errCode].some(code => String(code) === OVER_QUOTA)
}

/** A reply address on a foreign host is dropped here, so that it is never stored. */
function decodeSession(raw: JsonObject, facts: DecodeFacts): InboundMessage['session'] {
  const url = asText(raw.sessionWebhook)
  const expiresAt = asInstant(raw.sessionWebhookExpiredTime)
  return url !== undefined && expiresAt !== undefined && facts.isReplyUrl(url) ? { url, expiresAt } : undefined
}

/** A key only where there is a value: absent, not undefined, is how a message says that it was not told. */
function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
