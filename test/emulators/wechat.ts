/** An official account on loopback: token, customer-service messages with their window, pictures, and messages posted to a callback. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCallbackKey, openEnvelope, sealEnvelope, signParts } from '../../bot/channels/wecom/crypto.ts'
import { parseXml, readField, toCdata } from '../../bot/channels/wecom/xml.ts'

const WINDOW_MS = 48 * 60 * 60_000
const SENDS_IN_WINDOW = 5

export interface WechatEmulator {
  readonly appId: string
  readonly secret: string
  readonly token: string
  readonly aesKey: string
  readonly apiBase: string
  /** What each resident has read, answers in the request included. */
  readonly delivered: { openId: string; text: string; via: 'reply' | 'custom' }[]
  /** Pictures that can be fetched, by media id. */
  readonly pictures: Map<string, Buffer>
  /** `errcode` that the next calls of a path answer. */
  readonly faults: Map<string, number>
  /** How often a token was handed out. */
  tokens(): number
  /** Takes the token back early. */
  expireToken(): void
  /** A resident writes: posted to the callback as the platform would, the answer in the request counted as read. */
  say(url: string, openId: string, inner: string | { xml: string }, options?: { msgId?: string }): Promise<number>
  close(): Promise<void>
}

export async function startWechatEmulator(options: { secure?: boolean; now(): number }): Promise<WechatEmulator> {
  const appId = 'wxgridmp00000001'
  const secret = 'mp-secret'
  const token = 'gridTokenMP'
  const aesKey = 'bcJxSe0n5QjFF9eXvomjAcdeH1RwVvm4Mnkp5saF6yE'
  const key = createCallbackKey(token, aesKey, appId)
  const account = 'gh_grid0001'
  const delivered: WechatEmulator['delivered'] = []
  const pictures = new Map<string, Buffer>()
  const faults = new Map<string, number>()
  const windows = new Map<string, { at: number; left: number }>()
  let tokens = 0
  let isExpired = false
  let messages = 0

  function answer(path: string, query: URLSearchParams, body: string): object | Buffer {
    const fault = faults.get(path)
    if (fault !== undefined) return { errcode: fault, errmsg: 'injected' }
    if (path === '/cgi-bin/token') {
      if (query.get('appid') !== appId) return { errcode: 40013 }
      if (query.get('secret') !== secret) return { errcode: 40125 }
      tokens += 1
      isExpired = false
      return { access_token: `mp-token-${tokens}`, expires_in: 7200 }
    }
    if (isExpired || query.get('access_token') !== `mp-token-${tokens}`) return { errcode: 40001, errmsg: 'expired' }
    if (path === '/cgi-bin/media/get') return pictures.get(query.get('media_id') ?? '') ?? { errcode: 40007 }
    if (path !== '/cgi-bin/message/custom/send') return { errcode: 40066 }
    const { touser, text } = JSON.parse(body) as { touser: string; text?: { content: string } }
    const window = windows.get(touser)
    if (!window || options.now() - window.at > WINDOW_MS) return { errcode: 45015 }
    if (window.left === 0) return { errcode: 45047 }
    if (Buffer.byteLength(text?.content ?? '') > 2048) return { errcode: 45002 }
    window.left -= 1
    delivered.push({ openId: touser, text: text?.content ?? '', via: 'custom' })
    return { errcode: 0, errmsg: 'ok' }
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk as Buffer))
    request.on('end', () => {
      const said = answer(pathname, searchParams, Buffer.concat(chunks).toString())
      response.setHeader('content-type', Buffer.isBuffer(said) ? 'image/jpeg' : 'application/json')
      response.end(Buffer.isBuffer(said) ? said : JSON.stringify(said))
    })
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))

  return {
    appId,
    secret,
    token,
    aesKey,
    apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delivered,
    pictures,
    faults,
    tokens: () => tokens,
    expireToken() {
      isExpired = true
    },
    async say(url, openId, inner, { msgId } = {}) {
      messages += 1
      windows.set(openId, { at: options.now(), left: SENDS_IN_WINDOW })
      const timestamp = String(Math.floor(options.now() / 1000))
      const nonce = `n${messages}`
      const content =
        typeof inner === 'string'
          ? `<MsgType><![CDATA[text]]></MsgType><Content>${toCdata(inner)}</Content>`
          : inner.xml
      const id = msgId ?? `2415000000000${String(messages).padStart(4, '0')}`
      const plain = `<xml><ToUserName>${toCdata(account)}</ToUserName><FromUserName>${toCdata(openId)}</FromUserName><CreateTime>${timestamp}</CreateTime>${content}<MsgId>${id}</MsgId></xml>`
      const query = new URLSearchParams({ signature: signParts(token, timestamp, nonce), timestamp, nonce })
      let body = plain
      if (options.secure) {
        const sealed = sealEnvelope(plain, key, { timestamp, nonce })
        query.set('encrypt_type', 'aes')
        query.set('msg_signature', sealed.signature)
        body = `<xml><ToUserName>${toCdata(account)}</ToUserName><Encrypt>${toCdata(sealed.encrypt)}</Encrypt></xml>`
      }
      const response = await fetch(`${url}?${query}`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } })
      const text = readReply(await response.text())
      if (text !== undefined) delivered.push({ openId, text, via: 'reply' })
      return response.status
    },
    close: () => new Promise(resolve => void server.close(() => resolve())),
  }

  function readReply(body: string): string | undefined {
    const outer = parseXml(body)
    if (!outer) return undefined
    const encrypt = readField(outer, 'Encrypt')
    if (encrypt === undefined) return readField(outer, 'Content')
    const field = (name: string) => readField(outer, name) ?? ''
    const plain = openEnvelope(
      { signature: field('MsgSignature'), timestamp: field('TimeStamp'), nonce: field('Nonce'), encrypt },
      key,
    )
    return readField(parseXml(plain), 'Content')
  }
}
