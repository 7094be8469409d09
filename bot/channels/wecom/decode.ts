/** What people and the platform send to the self-built app, as plain XML (path 90239, 90240, 94888). */
import { createHash } from 'node:crypto'
import { dayOf } from '../../../policy/time.ts'
import type { InboundMessage, MediaRef, PlatformEvent } from '../channel.ts'
import { asId } from '../json.ts'
import { readCardId, toHandle } from './cards.ts'
import { directChatId } from './chat-ids.ts'
import { encodeMediaRef } from './media.ts'
import { readField, type XmlFields } from './xml.ts'

export type AppDecoded =
  | { kind: 'message'; message: InboundMessage }
  | { kind: 'event'; event: PlatformEvent }
  /** A page was looked at, somebody is somewhere, a member came into view: nothing that we act on. */
  | { kind: 'nothing' }
  | { kind: 'malformed' }

export interface DecodeFacts {
  agentId: string
  machineNow: number
}

/** The app is about to lie idle, does, or works again. */
const ACTIVITY: Record<string, string> = {
  inactive_alert: '企业微信提示：应用长期没有人用，将被停用。请让几个人打开应用发一句话，或在管理后台确认继续使用。',
  low_active_alert: '企业微信提示：应用使用过少，可能被限制。请确认大家在用。',
  low_active: '企业微信因使用过少限制了应用，消息可能发不出去。请在管理后台恢复。',
  close_inactive_agent: '企业微信已因长期不用停用了应用，现在收发不了消息。请在管理后台重新启用。',
  reopen_inactive_agent: '企业微信已重新启用应用。',
  active_restored: '企业微信已取消对应用的限制。',
}

/** @param plainXml the text that was sealed: an event has no id of its own, and its bytes tell a repeat from a second one */
export function decodeAppMessage(fields: XmlFields, plainXml: string, facts: DecodeFacts): AppDecoded {
  const from = asId(readField(fields, 'FromUserName'))
  const type = readField(fields, 'MsgType')
  const seconds = readField(fields, 'CreateTime') ?? ''
  const agentId = readField(fields, 'AgentID')
  const isOurs = agentId === undefined || agentId === facts.agentId
  if (!from || !type || !/^\d{10}$/.test(seconds) || !isOurs) return { kind: 'malformed' }
  const at = Number(seconds) * 1000
  const say = (id: string, said: Said): AppDecoded => ({
    kind: 'message',
    message: {
      channel: 'wecom',
      robot: facts.agentId,
      id,
      chat: { id: directChatId(from), kind: 'direct' },
      sender: { platformId: from },
      at,
      text: '',
      mentions: [],
      media: [],
      ...said,
    },
  })
  if (type === 'event') {
    const id = `event-${createHash('sha256').update(plainXml).digest('hex')}`
    return decodeEvent(fields, { from, at, machineNow: facts.machineNow, say: said => say(id, said) })
  }
  const id = asId(readField(fields, 'MsgId'))
  return id === undefined ? { kind: 'malformed' } : say(id, decodeContent(type, fields))
}

type Said = Partial<Pick<InboundMessage, 'id' | 'text' | 'media' | 'location' | 'fault' | 'press' | 'isArrival'>>

function decodeContent(type: string, fields: XmlFields): Said {
  switch (type) {
    case 'text':
      return { text: readField(fields, 'Content') ?? '' }
    case 'image':
      return orUnsupported(decodeMedia('image', fields))
    case 'voice':
      // Nobody writes it down for us: as unreadable as an unknown kind.
      return { ...decodeMedia('audio', fields), fault: 'unsupported' }
    case 'video':
      return orUnsupported(decodeMedia('video', fields))
    case 'file':
      return orUnsupported(decodeMedia('file', fields))
    case 'location':
      return orUnsupported(decodeLocation(fields))
    case 'link':
      return orUnsupported(decodeLink(fields))
    default:
      return { fault: 'unsupported' }
  }
}

function orUnsupported(said: Said | undefined): Said {
  return said ?? { fault: 'unsupported' }
}

function decodeMedia(kind: MediaRef['kind'], fields: XmlFields): Said | undefined {
  const mediaId = readField(fields, 'MediaId')
  if (mediaId === undefined) return undefined
  const fileName = readField(fields, 'FileName')
  return { media: [{ kind, ref: encodeMediaRef(mediaId), ...(fileName !== undefined && { fileName }) }] }
}

/** Location_X is the latitude; the map behind it is GCJ-02. */
function decodeLocation(fields: XmlFields): Said | undefined {
  const [lat, lng] = ['Location_X', 'Location_Y'].map(name => Number(readField(fields, name) ?? Number.NaN))
  if (lat === undefined || lng === undefined || !(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return undefined
  const name = readField(fields, 'Label')
  return { location: { lat, lng, datum: 'GCJ-02', ...(name !== undefined && { name }) } }
}

function decodeLink(fields: XmlFields): Said | undefined {
  const parts = ['Title', 'Description', 'Url'].map(name => readField(fields, name)).filter(part => part !== undefined)
  return parts.length === 0 ? undefined : { text: parts.join('\n') }
}

function decodeEvent(
  fields: XmlFields,
  { from, at, machineNow, say }: { from: string; at: number; machineNow: number; say(said: Said): AppDecoded },
): AppDecoded {
  const kind = readField(fields, 'Event') ?? ''
  const key = readField(fields, 'EventKey')
  switch (kind) {
    case 'enter_agent':
      return say({ id: `entered-${dayOf(at)}-${from}`, isArrival: true })
    case 'click':
      // A menu item's key is the words that choosing it says.
      return key === undefined ? { kind: 'nothing' } : say({ text: key })
    case 'template_card_event':
    case 'template_card_menu_event': {
      const press = decodePress(fields, key, machineNow)
      return press ? say({ press }) : { kind: 'malformed' }
    }
    case 'change_contact':
      return decodeContactChange(fields, at)
    default: {
      const text = Object.hasOwn(ACTIVITY, kind) ? ACTIVITY[kind] : undefined
      if (text === undefined) return { kind: 'nothing' }
      return { kind: 'event', event: { kind: 'warning', channel: 'wecom', about: kind, text } }
    }
  }
}

function decodePress(fields: XmlFields, key: string | undefined, machineNow: number): InboundMessage['press'] {
  const card = readCardId(readField(fields, 'TaskId') ?? '')
  if (key === undefined || card === undefined) return undefined
  return { card, key, ...toHandle(readField(fields, 'ResponseCode'), machineNow) }
}

function decodeContactChange(fields: XmlFields, at: number): AppDecoded {
  const platformId = asId(readField(fields, 'UserID'))
  if (readField(fields, 'ChangeType') !== 'delete_user' || platformId === undefined) return { kind: 'nothing' }
  return { kind: 'event', event: { kind: 'left', channel: 'wecom', platformId, at } }
}
