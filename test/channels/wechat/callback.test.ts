import { describe, expect, it } from 'vitest'
import { BodyTooLarge, type CallbackAnswer, type InboundMessage } from '../../../bot/channels/channel.ts'
import { createWechatCallbacks } from '../../../bot/channels/wechat/callback.ts'
import { createOpenRequests } from '../../../bot/channels/wechat/replies.ts'
import { createCallbackKey, openEnvelope, sealEnvelope, signParts } from '../../../bot/channels/wecom/crypto.ts'
import { parseXml, readField } from '../../../bot/channels/wecom/xml.ts'

const TOKEN = 'gridTokenMP'
const APP_ID = 'wxgridmp00000001'
const KEY = createCallbackKey(TOKEN, 'bcJxSe0n5QjFF9eXvomjAcdeH1RwVvm4Mnkp5saF6yE', APP_ID)
/** The vectors of the fact sheet: V5 sealed, P1 the plain signature of the same instant. */
const V5 = {
  timestamp: '1767225800',
  nonce: '55667788',
  sig: 'e15c878923e36f09604c57a0ceffd0ea5662326b',
  cipher:
    'IW2h8vHN6XjazWGRSODy3gRdukpbhwtFp8Q3SfC88pwD7WPkc3s6LYZJDx9y/2uaXiPom6ykE9BmnhocjStJTfQItU61xy0EroY+OQ4gNsnV18BtSr7UykYzZ8FUlyoGGjV0CrpzT/lYVguPDNaMIAcuXFjcwYAKG6MIlYh1X2mxdQ2S66dpcbEUlKNSh65Hrwz0F+a+4AFGJwH+XHYEh8+p3uojGRb2Vk7RMHcgMoR8mKDXPAp9iA6uUf9wYOE+D4fLBS/cuqTWUlCVIWNZFqrvTAuLj1MP/HZbdqKreqn/UW/cRMLEZ2x4FmqynSYwjjF0CHWtOBqN5wQAVnWox3osoTjxchwkrBeg45LYY2wfMQXQ4uST7JMEHkhuyv7NqL4DimazXVxie/TiPykfEl+D/ZLRWE4x+lYN/OJ2BP8=',
}
const P1 = 'cc9d14c7974371d93ee4075824311a44d29e459b'
const NOW = 1767225800_000

interface Rig {
  messages: InboundMessage[]
  requests: ReturnType<typeof createOpenRequests>
  get(query: Record<string, string>): Promise<CallbackAnswer>
  post(query: Record<string, string>, body: string): Promise<CallbackAnswer & { bodyRead: boolean }>
}

/** The account's callback; `says` is what is delivered to the sender while the request is open. */
function createRig(options: { secure?: boolean; now?: number; says?: string; fails?: boolean } = {}): Rig {
  const messages: InboundMessage[] = []
  const requests = createOpenRequests()
  const [verify, takeIn] = createWechatCallbacks({
    appId: APP_ID,
    token: TOKEN,
    key: options.secure ? KEY : undefined,
    machineNow: () => options.now ?? NOW,
    requests,
    receive: () => async message => {
      if (options.fails) throw new Error('disk full')
      const duplicate = messages.some(({ id }) => id === message.id)
      messages.push(message)
      if (options.says !== undefined && !duplicate) requests.offer(message.reply!.ref, options.says)
      return { messageId: 'm', duplicate }
    },
    isAnswerDue: async () => false,
    onFailure: () => {},
    answerMs: 20,
  })
  const call = async (callback: typeof verify, query: Record<string, string>, body = '') => {
    let bodyRead = false
    const answer = await callback!.handle({
      headers: {},
      query: new URLSearchParams(query),
      readBody: async limit => {
        bodyRead = true
        if (Buffer.byteLength(body) > limit) throw new BodyTooLarge()
        return Buffer.from(body)
      },
    })
    return { ...answer, bodyRead }
  }
  return { messages, requests, get: query => call(verify, query), post: (query, body) => call(takeIn, query, body) }
}

const plainQuery = { signature: P1, timestamp: V5.timestamp, nonce: V5.nonce }
const sealedQuery = { ...plainQuery, encrypt_type: 'aes', msg_signature: V5.sig }
const sealedBody = (cipher = V5.cipher) =>
  `<xml><ToUserName><![CDATA[gh_grid0001]]></ToUserName><Encrypt><![CDATA[${cipher}]]></Encrypt></xml>`
const plainBody = (inner: string) =>
  `<xml><ToUserName><![CDATA[gh_grid0001]]></ToUserName><FromUserName><![CDATA[oOPENID0001]]></FromUserName><CreateTime>1767225800</CreateTime>${inner}</xml>`
const text = (content: string, id = '24150000000000001') =>
  plainBody(`<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>${id}</MsgId>`)

describe('saving the address in the console', () => {
  it('P1: gives the echo back as it came', async () => {
    expect(await createRig().get({ ...plainQuery, echostr: '5413245907123' })).toMatchObject({
      status: 200,
      type: 'text/plain',
      body: '5413245907123',
    })
  })

  it.each([
    ['a wrong signature', { ...plainQuery, signature: P1.replace('c', 'd'), echostr: '1' }, 'signature-wrong'],
    ['no signature', { echostr: '1' }, 'signature-missing'],
  ])('refuses %s', async (_what, query, rejected) => {
    expect(await createRig().get(query as unknown as Record<string, string>)).toMatchObject({ status: 401, rejected })
  })
})

describe("a resident's message", () => {
  it('V5: is taken out of its envelope, whole', async () => {
    const rig = createRig({ secure: true })
    expect(await rig.post(sealedQuery, sealedBody())).toMatchObject({ status: 200, body: '' })
    expect(rig.messages).toMatchObject([
      {
        channel: 'wechat',
        robot: APP_ID,
        id: '24150000000000001',
        chat: { id: 'oOPENID0001', kind: 'direct' },
        sender: { platformId: 'oOPENID0001' },
        at: NOW,
        text: '路灯不亮',
      },
    ])
  })

  it('is taken in plain mode too, with a proof that soon wears out', async () => {
    const rig = createRig()
    await rig.post(plainQuery, text('路灯不亮'))
    expect(rig.messages[0]).toMatchObject({ text: '路灯不亮', proof: { machineAt: NOW } })
  })

  it('is answered in the same request', async () => {
    const plain = await createRig({ says: '已收到 <1> ]]>' }).post(plainQuery, text('路灯不亮'))
    expect(plain).toMatchObject({ status: 200, type: 'application/xml' })
    const fields = parseXml((plain as { body: string }).body)
    expect(readField(fields, 'ToUserName')).toBe('oOPENID0001')
    expect(readField(fields, 'FromUserName')).toBe('gh_grid0001')
    expect(readField(fields, 'Content')).toBe('已收到 <1> ]]>')
  })

  it('is answered sealed in secure mode', async () => {
    const answer = await createRig({ secure: true, says: '已收到' }).post(sealedQuery, sealedBody())
    const outer = parseXml((answer as { body: string }).body)
    const field = (name: string) => readField(outer, name) ?? ''
    const inner = openEnvelope(
      {
        signature: field('MsgSignature'),
        timestamp: field('TimeStamp'),
        nonce: field('Nonce'),
        encrypt: field('Encrypt'),
      },
      KEY,
    )
    expect(readField(parseXml(inner), 'Content')).toBe('已收到')
  })

  it('that comes again is acknowledged without another answer', async () => {
    const rig = createRig({ says: '已收到' })
    await rig.post(plainQuery, text('路灯不亮'))
    expect(await rig.post(plainQuery, text('路灯不亮'))).toMatchObject({ status: 200, body: '' })
  })

  it('that could not be stored is left to the platform to bring again', async () => {
    expect(await createRig({ fails: true }).post(plainQuery, text('路灯不亮'))).toMatchObject({ status: 503 })
  })

  it.each([
    [
      'a picture',
      '<MsgType>image</MsgType><MediaId>M1</MediaId><MsgId>1</MsgId>',
      { media: [{ kind: 'image', ref: 'M1' }] },
    ],
    [
      'a voice written down',
      '<MsgType>voice</MsgType><MediaId>M2</MediaId><Recognition><![CDATA[楼道灯坏了]]></Recognition><MsgId>2</MsgId>',
      { text: '楼道灯坏了' },
    ],
    [
      'a voice nobody wrote down',
      '<MsgType>voice</MsgType><MediaId>M2</MediaId><MsgId>2</MsgId>',
      { fault: 'unsupported' },
    ],
    [
      'a place',
      '<MsgType>location</MsgType><Location_X>30.1</Location_X><Location_Y>120.2</Location_Y><Label><![CDATA[东门]]></Label><MsgId>3</MsgId>',
      { location: { lat: 30.1, lng: 120.2, datum: 'GCJ-02', name: '东门' } },
    ],
    [
      'a place that is none',
      '<MsgType>location</MsgType><Location_X>900</Location_X><Location_Y>x</Location_Y><MsgId>3</MsgId>',
      { fault: 'unsupported' },
    ],
    ['a video', '<MsgType>video</MsgType><MediaId>M2</MediaId><MsgId>2</MsgId>', { fault: 'unsupported' }],
    ['a new follower', '<MsgType>event</MsgType><Event>subscribe</Event>', { text: '你好' }],
    [
      'a menu item',
      '<MsgType>event</MsgType><Event>CLICK</Event><EventKey><![CDATA[进度]]></EventKey>',
      { text: '进度' },
    ],
  ])('can be %s', async (_what, inner, expected) => {
    const rig = createRig()
    await rig.post(plainQuery, plainBody(inner))
    expect(rig.messages).toMatchObject([expected])
  })

  it('of a follower who leaves says nothing', async () => {
    const rig = createRig()
    const inner = '<MsgType>event</MsgType><Event>unsubscribe</Event>'
    expect(await rig.post(plainQuery, plainBody(inner))).toMatchObject({ status: 200, body: '' })
    expect(rig.messages).toEqual([])
  })

  it('keeps an id longer than a number can hold, and tells two events of one second apart', async () => {
    const rig = createRig()
    await rig.post(plainQuery, text('一', '18446744073709551615'))
    for (const key of ['a', 'b'])
      await rig.post(plainQuery, plainBody(`<MsgType>event</MsgType><Event>CLICK</Event><EventKey>${key}</EventKey>`))
    expect(rig.messages[0]?.id).toBe('18446744073709551615')
    expect(new Set(rig.messages.map(({ id }) => id)).size).toBe(3)
  })
})

describe('what is refused, with nothing taken in', () => {
  const forged = sealEnvelope('<xml><a>1</a></xml>', { ...KEY, receiveId: 'wxother' }, plainQuery)
  it.each([
    [
      'a wrong signature, its body unread',
      {},
      { ...plainQuery, signature: '0'.repeat(40) },
      text('一'),
      401,
      'signature-wrong',
    ],
    ['no signature, its body unread', {}, {}, text('一'), 401, 'signature-missing'],
    ['a stale one', { now: NOW + 601_000 }, plainQuery, text('一'), 401, 'timestamp-stale'],
    ['one from the future', { now: NOW - 601_000 }, plainQuery, text('一'), 401, 'timestamp-future'],
    ['a body too large', {}, plainQuery, text('一'.repeat(30_000)), 413, 'body-too-large'],
    ['an empty body', {}, plainQuery, '', 400, 'body-empty'],
    ['a document type', {}, plainQuery, `<!DOCTYPE x [<!ENTITY a "b">]>${text('&a;')}`, 400, 'body-not-xml'],
    ['a body cut short', {}, plainQuery, text('一').slice(0, -9), 400, 'body-not-xml'],
    ['a body without sender', {}, plainQuery, '<xml><MsgType>text</MsgType></xml>', 400, 'not-a-message'],
    ['a plain body in secure mode', { secure: true }, plainQuery, text('一'), 401, 'not-sealed'],
    ['a tampered envelope', { secure: true }, sealedQuery, sealedBody(`A${V5.cipher.slice(1)}`), 401, 'crypto-40001'],
    [
      'an envelope for somebody else',
      { secure: true },
      { ...sealedQuery, msg_signature: forged.signature },
      sealedBody(forged.encrypt),
      400,
      'crypto-40005',
    ],
  ] as const)('%s', async (_what, options, query, body, status, rejected) => {
    const rig = createRig(options)
    const answer = await rig.post(query as Record<string, string>, body)
    expect(answer).toMatchObject({ status, rejected })
    expect(answer.bodyRead).toBe(!/^(signature|timestamp)-/.test(rejected))
    expect(rig.messages).toEqual([])
  })

  it('the plain signature is the sorted three', () => {
    expect(signParts(TOKEN, V5.timestamp, V5.nonce)).toBe(P1)
  })
})
