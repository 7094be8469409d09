/**
 * The official account's entry (developers.weixin.qq.com: 消息推送, 消息加解密). Plain mode signs three values and not the body; secure
 * mode seals it. Signature first, then size, then form; the answer goes back in the same request where there is one in time.
 */
import { createHash } from 'node:crypto'
import type { Callback, CallbackAnswer, CallbackRequest, InboundMessage, Receive } from '../channel.ts'
import { readBodyText } from '../request-body.ts'
import {
  type CallbackKey,
  CryptoFault,
  isSameSignature,
  openEnvelope,
  sealEnvelope,
  signParts,
} from '../wecom/crypto.ts'
import { parseXml, readField, toCdata } from '../wecom/xml.ts'
import { type Decoded, decodeWechatMessage } from './decode.ts'
import type { OpenRequests } from './replies.ts'

const BODY_LIMIT_BYTES = 64 * 1024
/** A signed timestamp is good for ten minutes on either side of the machine's clock. */
const WINDOW_MS = 600_000
/** The platform hangs up after five seconds; what storing the message takes comes off it. */
const ANSWER_MS = 3_000
/** How long the request is taken to be open, by whoever delivers the answer. */
const REPLY_MS = 4_500

const NOTHING_TO_SAY: CallbackAnswer = { status: 200, type: 'text/plain', body: '' }

export interface WechatCallbackOptions {
  appId: string
  token: string
  /** Given in secure mode: then nothing that is not sealed is taken. */
  key?: CallbackKey
  machineNow(): number
  requests: OpenRequests
  /** Whether something that answers this message still waits to leave. */
  isAnswerDue(messageId: string): Promise<boolean>
  /** undefined while the channel is not taking anything in. */
  receive(): Receive | undefined
  onFailure(error: unknown): void
  answerMs?: number
}

export function createWechatCallbacks(options: WechatCallbackOptions): Callback[] {
  const path = '/wechat/account'
  return [
    { method: 'GET', path, handle: async request => verify(request, options) },
    { method: 'POST', path, handle: request => takeIn(request, options) },
  ]
}

/** Saving the address in the console: the text comes back as it is, for it is not sealed here. */
function verify({ query }: CallbackRequest, options: WechatCallbackOptions): CallbackAnswer {
  const fault = findSignatureFault(query, options)
  if (fault !== undefined) return { status: 401, rejected: fault }
  const echo = query.get('echostr')
  if (echo === null || !/^[\w-]{1,64}$/.test(echo)) return { status: 400, rejected: 'echostr-missing' }
  return { status: 200, type: 'text/plain', body: echo }
}

async function takeIn(request: CallbackRequest, options: WechatCallbackOptions): Promise<CallbackAnswer> {
  const { query } = request
  const fault = findSignatureFault(query, options)
  if (fault !== undefined) return { status: 401, rejected: fault }
  const receive = options.receive()
  if (receive === undefined) return { status: 503, rejected: 'not-running' }

  const read = await readXml(request)
  if ('rejected' in read) return read
  const opened = options.key ? openSealed(read.fields, query, options.key) : read
  if ('rejected' in opened) return opened
  const decoded: Decoded = decodeWechatMessage(opened.fields, opened.xml, options.appId)
  if (decoded.kind === 'malformed') return { status: 400, rejected: 'not-a-message' }
  if (decoded.kind === 'nothing') return NOTHING_TO_SAY

  const proof = options.key ? undefined : { key: hashSigned(query), machineAt: options.machineNow() }
  return converse({ ...decoded.message, proof }, receive, readField(opened.fields, 'ToUserName') ?? '', options)
}

/** Stores the message, and answers it here where the answer is delivered in time. */
async function converse(
  message: InboundMessage,
  receive: Receive,
  account: string,
  options: WechatCallbackOptions,
): Promise<CallbackAnswer> {
  const open = options.requests.open()
  const reply = { ref: open.ref, expiresAt: options.machineNow() + REPLY_MS }
  try {
    const { messageId, duplicate, held } = await receive({ ...message, reply })
    if (duplicate || held) return NOTHING_TO_SAY
    // What has left already is here; only what is about to leave is waited for.
    const isDue = await options.isAnswerDue(messageId)
    const text = await open.answer(isDue ? (options.answerMs ?? ANSWER_MS) : 0)
    return text === undefined ? NOTHING_TO_SAY : answerWith(text, { openId: message.chat.id, account }, options)
  } catch (error) {
    // Nothing is stored: a failing status leaves the platform free to try again.
    options.onFailure(error)
    return { status: 503, rejected: 'not-stored' }
  } finally {
    open.close()
  }
}

function answerWith(
  text: string,
  { openId, account }: { openId: string; account: string },
  { key, machineNow }: WechatCallbackOptions,
): CallbackAnswer {
  const seconds = String(Math.floor(machineNow() / 1000))
  const xml = [
    '<xml>',
    `<ToUserName>${toCdata(openId)}</ToUserName>`,
    `<FromUserName>${toCdata(account)}</FromUserName>`,
    `<CreateTime>${seconds}</CreateTime>`,
    '<MsgType><![CDATA[text]]></MsgType>',
    `<Content>${toCdata(text)}</Content>`,
    '</xml>',
  ].join('')
  if (!key) return { status: 200, type: 'application/xml', body: xml }
  const { encrypt, signature, timestamp, nonce } = sealEnvelope(xml, key, { timestamp: seconds, nonce: seconds })
  const sealed = [
    '<xml>',
    `<Encrypt>${toCdata(encrypt)}</Encrypt>`,
    `<MsgSignature>${toCdata(signature)}</MsgSignature>`,
    `<TimeStamp>${timestamp}</TimeStamp>`,
    `<Nonce>${toCdata(nonce)}</Nonce>`,
    '</xml>',
  ].join('')
  return { status: 200, type: 'application/xml', body: sealed }
}

function findSignatureFault(query: URLSearchParams, { token, machineNow }: WechatCallbackOptions): string | undefined {
  const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map(name => query.get(name) ?? '')
  if (!signature || !timestamp || !nonce) return 'signature-missing'
  if (!isSameSignature(signature, signParts(token, timestamp, nonce))) return 'signature-wrong'
  if (!/^\d{1,12}$/.test(timestamp)) return 'signature-wrong'
  const ageMs = machineNow() - Number(timestamp) * 1000
  if (ageMs > WINDOW_MS) return 'timestamp-stale'
  return ageMs < -WINDOW_MS ? 'timestamp-future' : undefined
}

type Xml = { xml: string; fields: NonNullable<ReturnType<typeof parseXml>> }
type Rejected = { status: 400 | 401 | 413; rejected: string }

async function readXml(request: CallbackRequest): Promise<Xml | Rejected> {
  const xml = await readBodyText(request, BODY_LIMIT_BYTES)
  if (typeof xml !== 'string') return xml
  const fields = parseXml(xml)
  return fields ? { xml, fields } : { status: 400, rejected: 'body-not-xml' }
}

function openSealed(fields: Xml['fields'], query: URLSearchParams, key: CallbackKey): Xml | Rejected {
  const encrypt = readField(fields, 'Encrypt')
  const signature = query.get('msg_signature')
  if (encrypt === undefined || !signature) return { status: 401, rejected: 'not-sealed' }
  try {
    const xml = openEnvelope(
      { signature, timestamp: query.get('timestamp') ?? '', nonce: query.get('nonce') ?? '', encrypt },
      key,
    )
    const inner = parseXml(xml)
    return inner ? { xml, fields: inner } : { status: 400, rejected: 'body-not-xml' }
  } catch (error) {
    if (!(error instanceof CryptoFault)) throw error
    return { status: error.code === '-40001' ? 401 : 400, rejected: `crypto${error.code}` }
  }
}

function hashSigned(query: URLSearchParams): string {
  const parts = ['signature', 'timestamp', 'nonce'].map(name => query.get(name) ?? '')
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}
