/** The long connection of the emulated 智能机器人: plain JSON frames, one live line per bot, every frame acknowledged (path 101463). */
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

export interface Frame {
  cmd?: string
  headers?: { req_id?: string }
  body?: Record<string, unknown>
  errcode?: number
}

/** What people were shown. */
export interface Shown {
  chat: string
  /** How it came: as an answer to a message, out of the blue, … */
  via: string
  /** The message that it answers. */
  to?: string
  msgtype: string
  text?: string
  card?: Record<string, unknown>
  media?: Uint8Array
}

/** What the next command of a kind is met with. */
export interface LineFaultPlan {
  errcode?: number
  body?: never
  /** Taken, and never acknowledged. */
  isSilent?: true
  /** The socket goes instead of an answer. */
  isCut?: true
}

interface Asked {
  msgId: string
  chat: string
  kind: 'message' | 'enter' | 'press'
  at: number
  /** A stream that is closed, or a card that was changed: nothing more is taken. */
  isAnswered: boolean
  streamSince?: number
}

const MINUTE_MS = 60_000

export class BotLines {
  opened = 0
  /** The most that were subscribed at one time; more than one is a fault of WeCom's, not of ours. */
  mostLive = 0
  subscriptions = 0
  readonly shown: Shown[] = []
  readonly frames: Frame[] = []
  /** Chats in which somebody has spoken to the bot. */
  readonly spoken = new Set<string>()
  readonly #bot: { id: string; secret: string }
  readonly #now: () => number
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #sockets = new Set<WebSocket>()
  readonly #asked = new Map<string, Asked>()
  readonly #plans = new Map<string, LineFaultPlan[]>()
  readonly #sentAt = new Map<string, number[]>()
  readonly #uploads = new Map<string, { total: number; md5?: string; chunks: Map<number, Buffer> }>()
  readonly #media = new Map<string, Uint8Array>()
  #live: WebSocket | undefined
  #isRefusing = false
  #isFrozen = false

  constructor(bot: { id: string; secret: string }, now: () => number) {
    this.#bot = bot
    this.#now = now
  }

  get isLive(): boolean {
    return this.#live !== undefined
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#isRefusing) {
      socket.destroy()
      return
    }
    this.#server.handleUpgrade(request, socket, head, opened => {
      this.opened += 1
      this.#sockets.add(opened)
      opened.on('close', () => {
        this.#sockets.delete(opened)
        if (this.#live === opened) this.#live = undefined
      })
      opened.on('error', () => {})
      opened.on('message', (data: Buffer) => {
        if (!this.#isFrozen) this.#take(opened, JSON.parse(data.toString()) as Frame)
      })
    })
  }

  /** The next such command fails like this; several are met in order. */
  plan(cmd: string, plan: LineFaultPlan): void {
    this.#plans.set(cmd, [...(this.#plans.get(cmd) ?? []), plan])
  }

  /** A message of 2C to the bot. @returns its request id, or undefined where nobody listens */
  push(body: Record<string, unknown>): string | undefined {
    const reqId = `CB-${randomUUID()}`
    const isEvent = body.msgtype === 'event'
    const from = (body.from as { userid: string } | undefined)?.userid ?? ''
    const chat = (body.chatid as string | undefined) ?? from
    const eventType = (body.event as { eventtype?: string } | undefined)?.eventtype
    const kind = !isEvent ? 'message' : eventType === 'enter_chat' ? 'enter' : 'press'
    if (!isEvent) this.spoken.add(chat)
    this.#asked.set(reqId, { msgId: String(body.msgid), chat, kind, at: this.#now(), isAnswered: false })
    if (this.#live === undefined) return undefined
    const cmd = isEvent ? 'aibot_event_callback' : 'aibot_msg_callback'
    this.#live.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }))
    return reqId
  }

  /** Any text at all, as a frame. */
  pushRaw(text: string): void {
    this.#live?.send(text)
  }

  /** The network goes: every socket is cut. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate()
  }

  /** Nobody gets in while it lasts. */
  refuse(isRefusing: boolean): void {
    this.#isRefusing = isRefusing
  }

  /** The peer is there and says nothing any more. */
  freeze(isFrozen: boolean): void {
    this.#isFrozen = isFrozen
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate()
    await new Promise(resolve => this.#server.close(resolve))
  }

  #take(socket: WebSocket, frame: Frame): void {
    this.frames.push(frame)
    const { cmd = '' } = frame
    const plan = this.#plans.get(cmd)?.shift()
    if (plan?.isSilent) return
    if (plan?.isCut) {
      socket.terminate()
      return
    }
    if (cmd === 'aibot_subscribe' && plan === undefined) {
      this.#ack(socket, frame, this.#subscribe(socket, frame))
      return
    }
    const { errcode, body } = plan ?? this.#judge(socket, cmd, frame)
    this.#ack(socket, frame, errcode, body)
  }

  #judge(socket: WebSocket, cmd: string, frame: Frame): { errcode?: number; body?: object } {
    if (socket !== this.#live) return { errcode: 846601 }
    return cmd === 'ping' ? {} : this.#run(cmd, frame)
  }

  #ack(socket: WebSocket, { headers }: Frame, errcode = 0, body?: object): void {
    const errmsg = errcode === 0 ? 'ok' : `refused, hint: [1767225600_1_a], from ip: 127.0.0.1`
    socket.send(JSON.stringify({ headers, errcode, errmsg, ...(body && { body }) }))
  }

  /** The newest connection is the one that counts: the one before is told and closed. */
  #subscribe(socket: WebSocket, frame: Frame): number {
    const { bot_id, secret } = frame.body ?? {}
    if (bot_id !== this.#bot.id || secret !== this.#bot.secret) return 853000
    const before = this.#live
    this.#live = socket
    this.subscriptions += 1
    this.mostLive = Math.max(this.mostLive, 1)
    if (before !== undefined && before !== socket) {
      this.mostLive = Math.max(this.mostLive, 2)
      const body = { msgid: randomUUID(), msgtype: 'event', event: { eventtype: 'disconnected_event' } }
      before.send(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: randomUUID() }, body }))
      setTimeout(() => before.terminate(), 50)
    }
    return 0
  }

  #run(cmd: string, { headers, body = {} }: Frame): { errcode?: number; body?: object } {
    switch (cmd) {
      case 'aibot_respond_msg':
        return { errcode: this.#respond(headers?.req_id, 'message', body) }
      case 'aibot_respond_welcome_msg':
        return { errcode: this.#respond(headers?.req_id, 'enter', body) }
      case 'aibot_respond_update_msg':
        return { errcode: this.#respond(headers?.req_id, 'press', body) }
      case 'aibot_send_msg':
        return { errcode: this.#send(body) }
      default:
        return this.#upload(cmd, body)
    }
  }

  #respond(reqId: string | undefined, kind: Asked['kind'], body: Record<string, unknown>): number {
    const asked = this.#asked.get(reqId ?? '')
    if (asked === undefined || asked.kind !== kind || asked.isAnswered) return 846605
    const ageMs = this.#now() - asked.at
    if (ageMs > (kind === 'message' ? 24 * 60 * MINUTE_MS : 5_000)) return 846605
    if (this.#isOverRate(asked.chat)) return 45009
    const stream = body.stream as { finish: boolean; content: string; msg_item?: unknown } | undefined
    if (kind === 'message' && body.msgtype === 'text') return 40008
    if (stream?.msg_item !== undefined) return 40008
    if (stream !== undefined) {
      if (this.#now() - (asked.streamSince ?? this.#now()) > 6 * MINUTE_MS) return 846608
      asked.streamSince ??= this.#now()
    }
    asked.isAnswered = stream?.finish !== false
    this.#show(asked.chat, { via: kind === 'press' ? 'update' : kind, to: asked.msgId }, body)
    return 0
  }

  #send(body: Record<string, unknown>): number {
    const chat = String(body.chatid)
    if (body.chat_type !== 1 && body.chat_type !== 2) return 40008
    if (!this.spoken.has(chat)) return 93006
    if (!['markdown', 'template_card', 'file', 'image', 'voice', 'video'].includes(String(body.msgtype))) return 40008
    if (this.#isOverRate(chat)) return 45009
    this.#show(chat, { via: 'push' }, body)
    return 0
  }

  #isOverRate(chat: string): boolean {
    const now = this.#now()
    const times = (this.#sentAt.get(chat) ?? []).filter(at => now - at < 60 * MINUTE_MS)
    const isOver = times.filter(at => now - at < MINUTE_MS).length >= 30 || times.length >= 1000
    if (!isOver) this.#sentAt.set(chat, [...times, now])
    return isOver
  }

  #show(chat: string, how: Pick<Shown, 'via' | 'to'>, body: Record<string, unknown>): void {
    const msgtype = String(body.msgtype ?? body.response_type)
    const part = body[msgtype] as Record<string, unknown> | undefined
    const media = typeof part?.media_id === 'string' ? this.#media.get(part.media_id) : undefined
    this.shown.push({
      chat,
      ...how,
      msgtype,
      ...(typeof part?.content === 'string' && { text: part.content }),
      ...(body.template_card !== undefined && { card: body.template_card as Record<string, unknown> }),
      ...(media && { media }),
    })
  }

  #upload(cmd: string, body: Record<string, unknown>): { errcode?: number; body?: object } {
    const id = typeof body.upload_id === 'string' ? body.upload_id : ''
    const upload = this.#uploads.get(id)
    if (cmd === 'aibot_upload_media_init') {
      const made = randomUUID()
      this.#uploads.set(made, {
        total: Number(body.total_chunks),
        md5: body.md5 as string | undefined,
        chunks: new Map(),
      })
      return { body: { upload_id: made } }
    }
    if (upload === undefined) return { errcode: 40007 }
    if (cmd === 'aibot_upload_media_chunk') {
      upload.chunks.set(Number(body.chunk_index), Buffer.from(String(body.base64_data), 'base64'))
      return {}
    }
    const bytes = Buffer.concat([...upload.chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk))
    const isWhole = upload.chunks.size === upload.total
    if (!isWhole || (upload.md5 !== undefined && createHash('md5').update(bytes).digest('hex') !== upload.md5)) {
      return { errcode: 40006 }
    }
    const mediaId = randomUUID()
    this.#media.set(mediaId, bytes)
    return { body: { type: 'file', media_id: mediaId, created_at: String(this.#now()) } }
  }
}
