/** What residents send to the official account (developers.weixin.qq.com: 接收普通消息, 接收事件推送). */
import { createHash } from 'node:crypto'
import type { InboundMessage } from '../channel.ts'
import { readField, type XmlFields } from '../wecom/xml.ts'

export type Decoded =
  | { kind: 'message'; message: InboundMessage }
  /** Unfollowed, a page looked at, where somebody is: nothing that anybody said. */
  | { kind: 'nothing' }
  | { kind: 'malformed' }

/** What the account's own menu and a new follower mean: somebody wants to know how it works. */
const HELLO = '你好'

/** @param plainXml the decrypted text, to tell events apart, which carry no id of their own */
export function decodeWechatMessage(fields: XmlFields, plainXml: string, appId: string): Decoded {
  const openId = readField(fields, 'FromUserName')
  const seconds = readField(fields, 'CreateTime')
  const type = readField(fields, 'MsgType')
  if (!openId || openId.length > 128 || !type || !/^\d{10}$/.test(seconds ?? '')) return { kind: 'malformed' }
  const content = type === 'event' ? decodeEvent(fields) : decodeContent(type, fields)
  if (!content) return { kind: 'nothing' }
  const id = readField(fields, 'MsgId') ?? createHash('sha256').update(plainXml).digest('hex')
  return {
    kind: 'message',
    message: {
      channel: 'wechat',
      robot: appId,
      id,
      chat: { id: openId, kind: 'direct' },
      sender: { platformId: openId },
      at: Number(seconds) * 1000,
      text: '',
      mentions: [],
      media: [],
      ...content,
    },
  }
}

type Content = Partial<Pick<InboundMessage, 'text' | 'media' | 'location' | 'fault'>>

function decodeContent(type: string, fields: XmlFields): Content {
  const text = readField(fields, 'Content')
  const mediaId = readField(fields, 'MediaId')
  switch (type) {
    case 'text':
      return text === undefined ? { fault: 'unsupported' } : { text }
    case 'image':
      return mediaId === undefined ? { fault: 'unsupported' } : { media: [{ kind: 'image', ref: mediaId }] }
    case 'voice': {
      // Written down by the platform where the account has that switched on; the sound alone says nothing to us.
      const recognised = readField(fields, 'Recognition')
      return recognised === undefined ? { fault: 'unsupported' } : { text: recognised }
    }
    case 'location':
      return decodeLocation(fields)
    default:
      return { fault: 'unsupported' }
  }
}

/** Location_X is the latitude; the map behind it is GCJ-02. */
function decodeLocation(fields: XmlFields): Content {
  const lat = Number(readField(fields, 'Location_X') ?? Number.NaN)
  const lng = Number(readField(fields, 'Location_Y') ?? Number.NaN)
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return { fault: 'unsupported' }
  const name = readField(fields, 'Label')
  return { location: { lat, lng, datum: 'GCJ-02', ...(name === undefined ? {} : { name }) } }
}

function decodeEvent(fields: XmlFields): Content | undefined {
  const key = readField(fields, 'EventKey')
  switch (readField(fields, 'Event')) {
    case 'subscribe':
      return { text: HELLO }
    case 'CLICK':
      // A menu item's key is the words that choosing it says.
      return { text: key ?? HELLO }
    default:
      return undefined
  }
}
