/**
 * WeCom's 智能机器人 on loopback: posts sealed callbacks and polls streams, takes `response_url` once, hands out sealed files, and
 * holds the long connection (`wecom-bot-line.ts`). Sealing is `@wecom/crypto`'s, so that ours has a second opinion.
 */
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { systemClock } from '../../bot/clock.ts'
import { BotLines, type Shown } from './wecom-bot-line.ts'

export type { Shown } from './wecom-bot-line.ts'

export interface BotEmulatorOptions {
  now?(): number
  /** How often a stream that is not finished is asked for. */
  pollMs?: number
  /** After which a POST without an answer is given up. */
  hangUpMs?: number
}

export interface Saying {
  from: string
  /** A group; the private chat where left out. */
  chat?: string
  text?: string
  /** In place of `text`: `msgtype` and its part, as WeCom writes them. */
  content?: Record<string, unknown>
  quote?: Record<string, unknown>
  msgId?: string
}

export interface EventSaying {
  from: string
  chat?: string
  type: 'enter_chat' | 'template_card_event' | 'feedback_event'
  detail?: Record<string, unknown>
  msgId?: string
}

/** `isCut` comes after `until`, where given: the call is under way so long. */
export interface ResponseFault {
  errcode?: number
  isCut?: true
  until?: Promise<void>
  status?: number
}

/** What may be wrong with one POST. */
export type Spoil = 'signature' | 'stale' | 'future' | 'bit' | 'truncated' | 'huge' | 'not-json' | 'missing'

export interface Posted {
  msgId: string
  /** One for each POST of the message, the answers to polls not among them. */
  responses: { status: number; body: string; tookMs: number }[]
  /** Resolves when WeCom asks no more: the answer is finished, or there is none. */
  done: Promise<void>
}

export interface WecomBotEmulator {
  readonly base: string
  /** Where links lead: `base`, or another emulated host of WeCom's that passes on what comes there. */
  linkBase: string
  readonly wsUrl: string
  readonly bot: { id: string; secret: string; token: string; aesKey: string }
  readonly lines: BotLines
  /** What people were shown, over whichever way. */
  readonly shown: Shown[]
  /** Answers of ours that WeCom would have dropped, and why. */
  readonly dropped: string[]
  polls: number
  responseCalls: number
  shownIn(chat: string): Shown[]
  /** The push address of a group; what comes there is shown in it. */
  webhookOf(chat: string): string
  /** The body of a message as WeCom writes it. */
  write(saying: Saying): Record<string, unknown> & { msgid: string }
  /** An event as WeCom writes it; a press of a card has a `response_url` too. */
  writeEvent(event: EventSaying): Record<string, unknown> & { msgid: string }
  /** Over the callback. Every status but 200 brings up to two further tries, sealed anew. */
  post(url: string, body: Record<string, unknown>, options?: { spoil?: Spoil; tries?: number }): Promise<Posted>
  /** Saving the address in the console. */
  checkUrl(
    url: string,
    options?: { isPlusRaw?: boolean; spoil?: Spoil },
  ): Promise<{ isSaved: boolean; body: string; status: number }>
  /** Puts a sealed file where its link leads. `ownKey` is the base64 of its own key, over the long connection. */
  shelve(bytes: Uint8Array, options?: { ownKey?: boolean }): { url: string; aeskey?: string }
  /** How the next call of a `response_url` fails. */
  failResponse(how: ResponseFault): void
  /** A message by `response_url`. @returns the errcode */
  takeResponse(code: string, body: Record<string, unknown>): number
  /** The sealed bytes behind a link of `shelve`. */
  readShelf(url: string): Buffer
  waitUntil(condition: () => boolean, timeoutMs?: number): Promise<void>
  close(): Promise<void>
}

const HOUR_MS = 60 * 60_000
const STREAM_MS = 6 * 60_000
const TRIES = 3

export async function startWecomBotEmulator(options: BotEmulatorOptions = {}): Promise<WecomBotEmulator> {
  const { now = () => systemClock.machineNow(), pollMs = 40, hangUpMs = 5_000 } = options
  const bot = {
    id: 'aibEMULATED',
    secret: 'emulated-bot-secret',
    token: 'gridTokenBot',
    aesKey: 'itcVC6NrKyLHAksP8qN3LlHEpl8LXebr1bwgwJcJiVY',
  }
  const lines = new BotLines(bot, now)
  const { shown } = lines
  const dropped: string[] = []
  const tickets = new Map<string, { chat: string; msgId: string; until: number; isSpent: boolean }>()
  const shelf = new Map<string, Buffer>()
  const responseFaults: ResponseFault[] = []
  let isClosed = false

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const answer = (body: object | Buffer, status = 200) => {
      const bytes = Buffer.isBuffer(body) ? body : JSON.stringify(body)
      response.writeHead(status, {
        'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json',
      })
      response.end(bytes)
    }
    const file = shelf.get(url.pathname)
    if (file !== undefined) return answer(file)
    if (url.pathname === '/cgi-bin/webhook/send') {
      const pushed = JSON.parse(await readBody(request)) as Record<string, unknown>
      show(url.searchParams.get('key') ?? '', { via: 'webhook' }, pushed)
      return answer({ errcode: 0, errmsg: 'ok' })
    }
    if (url.pathname !== '/cgi-bin/aibot/response') return answer({ errcode: 40066, errmsg: 'invalid url' }, 404)
    const body = JSON.parse(await readBody(request)) as Record<string, unknown>
    emulator.responseCalls += 1
    const fault = responseFaults.shift()
    if (fault?.isCut) {
      await fault.until
      request.socket.destroy()
      return
    }
    if (fault?.status !== undefined) return answer({}, fault.status)
    answer(toAnswer(fault?.errcode ?? emulator.takeResponse(url.searchParams.get('response_code') ?? '', body)))
  })
  server.on('upgrade', (request, socket, head) => lines.upgrade(request, socket, head))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const base = `http://127.0.0.1:${port}`

  function toAnswer(errcode: number): object {
    return { errcode, errmsg: errcode === 0 ? 'ok' : 'refused, hint: [1767225600_1_a], from ip: 127.0.0.1' }
  }

  function show(chat: string, how: Pick<Shown, 'via' | 'to'>, body: Record<string, unknown>): void {
    const msgtype = String(body.msgtype ?? body.response_type)
    const stream = body.stream as { content?: string; msg_item?: { image: { base64: string } }[] } | undefined
    const part = (stream ?? body[msgtype]) as { content?: string } | undefined
    const picture = stream?.msg_item?.[0]?.image.base64
    shown.push({
      chat,
      ...how,
      msgtype,
      ...(part?.content !== undefined && { text: part.content }),
      ...(body.template_card !== undefined && { card: body.template_card as Record<string, unknown> }),
      ...(picture !== undefined && { media: Buffer.from(picture, 'base64') }),
    })
  }

  function seal(body: Record<string, unknown> | string, spoil?: Spoil) {
    const sealed = encrypt(bot.aesKey, typeof body === 'string' ? body : JSON.stringify(body), '')
    const middle = Math.floor(sealed.length / 2)
    const swap = sealed[middle] === 'A' ? 'B' : 'A'
    const cipher =
      spoil === 'bit'
        ? sealed.slice(0, middle) + swap + sealed.slice(middle + 1)
        : spoil === 'truncated'
          ? sealed.slice(0, -7)
          : sealed
    const shift = spoil === 'stale' ? -601 : spoil === 'future' ? 601 : 0
    const timestamp = String(Math.floor(now() / 1000) + shift)
    const nonce = randomBytes(6).toString('hex')
    const good = getSignature(bot.token, timestamp, nonce, cipher)
    const signature = spoil === 'signature' ? good.replace(/^./, first => (first === '0' ? '1' : '0')) : good
    return { cipher, timestamp, nonce, signature }
  }

  /** One POST, judged as WeCom judges it. @returns what came back and, where it counts, the text inside */
  async function send(url: string, body: Record<string, unknown>, spoil?: Spoil) {
    const { cipher, timestamp, nonce, signature } = seal(body, spoil)
    const query = new URLSearchParams(spoil === 'missing' ? {} : { msg_signature: signature, timestamp, nonce })
    const filler = spoil === 'huge' ? { filler: 'x'.repeat(300 * 1024) } : {}
    const text = spoil === 'not-json' ? '<xml/>' : JSON.stringify({ encrypt: cipher, ...filler })
    const from = performance.now()
    const response = await fetch(`${url}?${query}`, {
      method: 'POST',
      body: text,
      signal: AbortSignal.timeout(hangUpMs),
    })
      .then(async answer => ({ status: answer.status, body: await answer.text() }))
      .catch(() => ({ status: 0, body: '' }))
    const posted = { ...response, tookMs: performance.now() - from }
    return { posted, reply: response.status === 200 && response.body !== '' ? open(response.body, nonce) : undefined }
  }

  /** Drops what does not name the nonce of the address or is not signed rightly. */
  function open(body: string, nonce: string): Record<string, unknown> | undefined {
    const envelope = JSON.parse(body) as { encrypt: string; msgsignature: string; timestamp: number; nonce: string }
    const { timestamp } = envelope
    if (envelope.nonce !== nonce) dropped.push('nonce')
    else if (typeof timestamp !== 'number') dropped.push('timestamp')
    else if (getSignature(bot.token, timestamp, nonce, envelope.encrypt) !== envelope.msgsignature)
      dropped.push('signature')
    else return JSON.parse(decrypt(bot.aesKey, envelope.encrypt).message) as Record<string, unknown>
    return undefined
  }

  /** Which answers a kind of push may get. */
  const LEGAL: Record<string, string[]> = {
    message: ['stream', 'template_card', 'stream_with_template_card'],
    enter_chat: ['text', 'template_card'],
    template_card_event: ['update_template_card'],
    stream: ['stream', 'stream_with_template_card'],
  }

  async function takeReply(url: string, body: Record<string, unknown>, reply: Record<string, unknown>): Promise<void> {
    const event = (body.event as { eventtype?: string } | undefined)?.eventtype
    const msgtype = String(reply.msgtype ?? reply.response_type)
    if (!LEGAL[event ?? 'message']?.includes(msgtype)) return void dropped.push(`${event ?? 'message'} ${msgtype}`)
    const { chatid, from } = body as { chatid?: string; from: { userid: string } }
    const chat = chatid ?? from.userid
    const how = { via: event === 'template_card_event' ? 'update' : 'reply', to: String(body.msgid) }
    const until = now() + STREAM_MS
    let last = reply
    while (!isClosed) {
      const stream = last.stream as { id: string; finish: boolean } | undefined
      if (stream === undefined || stream.finish) return show(chat, how, last)
      await sleep(pollMs)
      if (now() > until) return void dropped.push('stream not finished')
      lines.spoken.add(chat)
      const { msgid: _, response_url: __, text: ___, mixed: ____, quote: _____, ...rest } = body
      const poll = { ...rest, msgid: randomUUID(), msgtype: 'stream', stream: { id: stream.id } }
      emulator.polls += 1
      const { reply: next } = await send(url, poll)
      if (next === undefined) continue
      const kind = String(next.msgtype)
      if (!LEGAL.stream!.includes(kind)) return void dropped.push(`poll ${kind}`)
      last = next
    }
  }

  const emulator: WecomBotEmulator = {
    base,
    linkBase: base,
    wsUrl: `ws://127.0.0.1:${port}`,
    bot,
    lines,
    shown,
    dropped,
    polls: 0,
    responseCalls: 0,
    webhookOf: chat => `${base}/cgi-bin/webhook/send?key=${chat}`,
    shownIn: chat => shown.filter(one => one.chat === chat),

    write({ from, chat, text, content, quote, msgId = randomUUID() }) {
      const code = randomUUID()
      tickets.set(code, { chat: chat ?? from, msgId, until: now() + HOUR_MS, isSpent: false })
      return {
        msgid: msgId,
        aibotid: bot.id,
        ...(chat !== undefined && { chatid: chat }),
        chattype: chat === undefined ? 'single' : 'group',
        from: { userid: from },
        response_url: `${emulator.linkBase}/cgi-bin/aibot/response?response_code=${code}`,
        ...(content ?? { msgtype: 'text', text: { content: text ?? '' } }),
        ...(quote && { quote }),
      }
    },

    writeEvent({ from, chat, type, detail = {}, msgId = randomUUID() }) {
      const envelope = emulator.write({ from, chat, msgId })
      const { response_url, text: _, ...rest } = envelope
      return {
        ...rest,
        ...(type === 'template_card_event' && { response_url }),
        msgid: msgId,
        create_time: Math.floor(now() / 1000),
        msgtype: 'event',
        event: { eventtype: type, [type]: detail },
      }
    },

    async post(url, body, { spoil, tries = TRIES } = {}) {
      const posted: Posted = { msgId: String(body.msgid), responses: [], done: Promise.resolve() }
      const isCardEvent = (body.event as { eventtype?: string } | undefined)?.eventtype === 'template_card_event'
      for (let attempt = 0; attempt < (isCardEvent ? 1 : tries); attempt++) {
        const { posted: response, reply } = await send(url, body, spoil)
        posted.responses.push(response)
        if (response.status !== 200) continue
        if (reply) posted.done = takeReply(url, body, reply)
        break
      }
      return posted
    },

    async checkUrl(url, { isPlusRaw = false, spoil } = {}) {
      const plain = '4617203948571062843'
      const { cipher, timestamp, nonce, signature } = seal(plain, spoil)
      const echostr = isPlusRaw ? cipher : encodeURIComponent(cipher)
      const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&echostr=${echostr}`
      const from = performance.now()
      const response = await fetch(`${url}?${query}`)
      const body = await response.text()
      return { isSaved: body === plain && performance.now() - from < 1000, body, status: response.status }
    },

    shelve(bytes, { ownKey = false } = {}) {
      const key = ownKey ? randomBytes(32) : Buffer.from(`${bot.aesKey}=`, 'base64')
      const pad = 32 - (bytes.length % 32)
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
      const path = `/files/${randomUUID()}`
      shelf.set(path, Buffer.concat([cipher.update(Buffer.concat([bytes, Buffer.alloc(pad, pad)])), cipher.final()]))
      return {
        url: `${emulator.linkBase}${path}`,
        ...(ownKey && { aeskey: key.toString('base64').replace(/=+$/, '') }),
      }
    },

    takeResponse(code, body) {
      const ticket = tickets.get(code)
      if (ticket === undefined || ticket.isSpent || now() > ticket.until) return 40035
      ticket.isSpent = true
      if (body.msgtype !== 'markdown' && body.msgtype !== 'template_card') return 40008
      show(ticket.chat, { via: 'response_url', to: ticket.msgId }, body)
      return 0
    },

    readShelf: url => shelf.get(new URL(url).pathname) ?? Buffer.alloc(0),

    failResponse: how => void responseFaults.push(how),

    async waitUntil(condition, timeoutMs = 10_000) {
      const until = performance.now() + timeoutMs
      while (!condition()) {
        if (performance.now() > until) throw new Error(`not within ${timeoutMs} ms`)
        await sleep(5)
      }
    },

    async close() {
      isClosed = true
      await lines.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return emulator
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
