/** What the emulated WeCom writes to an app: plain XML, then sealed with the published package, which is not ours (path 90239, 90240, 90930). */
import { randomBytes } from 'node:crypto'
import { encrypt, getSignature } from '@wecom/crypto'
import type { World } from './wecom-world.ts'

/** One thing that a member, or the platform itself, tells the app. */
export type AppTelling =
  | { kind: 'text'; from: string; text: string }
  | { kind: 'image'; from: string; mediaId: string }
  | { kind: 'voice'; from: string; mediaId: string }
  | { kind: 'location'; from: string; lat: number; lng: number; label?: string }
  | { kind: 'link'; from: string; title: string; url: string }
  /** Any other `MsgType`, with its own fields. */
  | { kind: 'other'; from: string; msgType: string; fields?: Record<string, string> }
  | { kind: 'event'; from: string; event: string; fields?: Record<string, string> }

export interface Stamped {
  /** The platform's time, epoch ms; now when left out. */
  at?: number
  msgId?: string
}

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

export function buildAppXml(world: World, telling: AppTelling, { at = world.now(), msgId }: Stamped = {}): string {
  const { type, fields } = describe(telling)
  const isEvent = telling.kind === 'event'
  // Nineteen digits: more than a number can hold.
  const id = msgId ?? `7301234567${String(world.nextId()).padStart(9, '0')}`
  return [
    '<xml>',
    `<ToUserName>${cdata(world.options.corpId)}</ToUserName>`,
    `<FromUserName>${cdata(telling.from)}</FromUserName>`,
    `<CreateTime>${Math.floor(at / 1000)}</CreateTime>`,
    `<MsgType>${cdata(type)}</MsgType>`,
    ...Object.entries(fields).map(([name, value]) => `<${name}>${cdata(value)}</${name}>`),
    ...(isEvent ? [] : [`<MsgId>${id}</MsgId>`]),
    ...(isEvent && telling.from === 'sys' ? [] : [`<AgentID>${world.options.agentId}</AgentID>`]),
    '</xml>',
  ].join('')
}

function describe(telling: AppTelling): { type: string; fields: Record<string, string> } {
  switch (telling.kind) {
    case 'text':
      return { type: 'text', fields: { Content: telling.text } }
    case 'image':
      return { type: 'image', fields: { PicUrl: 'https://p.qpic.cn/x', MediaId: telling.mediaId } }
    case 'voice':
      return { type: 'voice', fields: { MediaId: telling.mediaId, Format: 'amr' } }
    case 'location': {
      const place = { Location_X: String(telling.lat), Location_Y: String(telling.lng), Scale: '16' }
      return { type: 'location', fields: { ...place, Label: telling.label ?? '', AppType: 'wxwork' } }
    }
    case 'link':
      return { type: 'link', fields: { Title: telling.title, Description: '', Url: telling.url, PicUrl: '' } }
    case 'other':
      return { type: telling.msgType, fields: telling.fields ?? {} }
    case 'event':
      return { type: 'event', fields: { Event: telling.event, ...telling.fields } }
  }
}

/** How a delivery is spoilt: each is something an outsider, a broken network or another corp could send. */
export type Spoiling = 'signature' | 'receiver' | 'bit' | 'cut' | 'stale' | 'future' | 'unsigned'

export interface SealedRequest {
  query: Record<string, string>
  body: string
}

export function sealAppXml(world: World, xml: string, spoiling?: Spoiling): SealedRequest {
  const { token, aesKey, corpId, agentId } = world.options
  const shiftMs = spoiling === 'stale' ? -660_000 : spoiling === 'future' ? 660_000 : 0
  const timestamp = String(Math.floor((world.now() + shiftMs) / 1000))
  const nonce = randomBytes(5).toString('hex')
  let cipher: string = encrypt(aesKey, xml, spoiling === 'receiver' ? 'wwother' : corpId, randomBytes(16))
  const signature: string = getSignature(token, timestamp, nonce, cipher)
  if (spoiling === 'bit') cipher = turnBit(cipher)
  if (spoiling === 'cut') cipher = cipher.slice(0, -7)
  const signed = spoiling === 'cut' ? getSignature(token, timestamp, nonce, cipher) : signature
  const query = {
    msg_signature: spoiling === 'signature' ? signed.replace(/^./, first => (first === '0' ? '1' : '0')) : signed,
    timestamp,
    nonce,
  }
  const envelope = `<ToUserName>${cdata(corpId)}</ToUserName><AgentID>${cdata(String(agentId))}</AgentID>`
  const body = `<xml>${envelope}<Encrypt>${cdata(cipher)}</Encrypt></xml>`
  return { query: spoiling === 'unsigned' ? {} : query, body }
}

function turnBit(cipher: string): string {
  const bytes = Buffer.from(cipher, 'base64')
  bytes[20] = (bytes[20] ?? 0) ^ 1
  return bytes.toString('base64')
}
