/** The Stream side of the emulated DingTalk: sockets, pushes to one of them at random, redelivery of what is not acknowledged. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Faults } from './dingtalk-faults.ts'
import type { World } from './dingtalk-world.ts'

const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'

/** What came back for one push. */
export interface Ack {
  code: number
  data: unknown
  /** Number of the connection that it came on and of the one that was pushed to, counted from 1 in order of opening. */
  on: number
  pushedTo: number
}

export interface Push {
  /** Acknowledgements so far, in order. */
  readonly acks: Ack[]
  /** How often it went out. */
  readonly attempts: number
  /** Resolves to true on the first acknowledgement with code 200, to false when given up or nobody listened. */
  readonly acked: Promise<boolean>
}

interface Connection {
  no: number
  ticket: string
  socket: WebSocket
  /** Nothing is pushed any more: after a notice, or as a zombie. */
  isSilent: boolean
  isFrozen: boolean
}

interface PushState extends Push {
  attempts: number
  isDone: boolean
  settle(isAcked: boolean): void
}

export class Gateway {
  /** Connections that ever opened. */
  opened = 0
  /** The most that were open at one time. */
  mostOpen = 0
  /** Frames that were not an acknowledgement of anything. */
  readonly strayFrames: string[] = []
  redeliverAfterMs: number
  readonly #world: World
  readonly #faults: Faults
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #connections = new Set<Connection>()
  readonly #waiting = new Map<string, { push: PushState; pushedTo: number }>()
  readonly #pings = new Map<string, (frame: Record<string, unknown>) => void>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #hanging = new Set<Duplex>()

  constructor(world: World, faults: Faults, redeliverAfterMs: number) {
    this.#world = world
    this.#faults = faults
    this.redeliverAfterMs = redeliverAfterMs
  }

  get open(): number {
    return this.#connections.size
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const fault = this.#faults.take('/connect')
    if (fault?.hang) {
      this.#hanging.add(socket)
      socket.on('error', () => {})
      return
    }
    const ticket = url.searchParams.get('ticket') ?? ''
    const status = fault?.status ?? (url.pathname === '/connect' && this.#world.spendTicket(ticket) ? 101 : 400)
    if (fault?.reset || status !== 101) {
      socket.end(fault?.reset ? '' : `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    this.#server.handleUpgrade(request, socket, head, opened => {
      if (fault?.closeAtOnce) opened.close(1000)
      else this.#welcome(opened, ticket)
      if (fault?.noticeAtOnce) this.systemDisconnect()
    })
  }

  /** Pushes a robot message; every redelivery has a new message id in its headers and the same data. */
  pushRobotMessage(data: unknown): Push {
    return this.#push('CALLBACK', ROBOT_TOPIC, data)
  }

  pushEvent(data: unknown): Push {
    return this.#push('EVENT', '*', data)
  }

  pushTopic(topic: string, data: unknown): Push {
    return this.#push('CALLBACK', topic, data)
  }

  /** Any text at all, to every open connection. */
  sendRaw(frame: string | Buffer): void {
    for (const { socket } of this.#connections) socket.send(frame)
  }

  /** Resolves to true when each open connection echoed the ping unchanged. */
  async systemPing(timeoutMs = 2000): Promise<boolean> {
    const echoes = [...this.#connections].map(connection => {
      const messageId = randomUUID()
      const data = JSON.stringify({ opaque: randomUUID() })
      return new Promise<boolean>(resolve => {
        const timer = this.#later(() => resolve(false), timeoutMs)
        this.#pings.set(messageId, frame => {
          clearTimeout(timer)
          resolve(frame.code === 200 && frame.data === data)
        })
        connection.socket.send(JSON.stringify(this.#frame(connection, 'SYSTEM', 'ping', data, messageId)))
      })
    })
    return (await Promise.all(echoes)).every(Boolean)
  }

  /** Gives notice on the connections open now: nothing more is pushed to them, and they are closed after a while. */
  systemDisconnect(closeAfterMs = 10_000): void {
    for (const connection of this.#connections) {
      const data = JSON.stringify({ reason: 'connection is expired' })
      connection.socket.send(JSON.stringify(this.#frame(connection, 'SYSTEM', 'disconnect', data, randomUUID())))
      connection.isSilent = true
      this.#later(() => connection.socket.terminate(), closeAfterMs)
    }
  }

  /** The peer is there, but neither reads nor writes. */
  freeze(): void {
    for (const connection of this.#connections) {
      connection.isFrozen = true
      connection.isSilent = true
      connection.socket.pause()
    }
  }

  /** Pings are answered, nothing is pushed. */
  makeZombies(): void {
    for (const connection of this.#connections) connection.isSilent = true
  }

  /** Ends all connections: politely, or by cutting them. */
  dropAll(how: 'close' | 'cut' = 'cut'): void {
    for (const { socket } of this.#connections) {
      if (how === 'close') socket.close(1000)
      else socket.terminate()
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const { push } of this.#waiting.values()) push.settle(false)
    for (const { socket } of this.#connections) socket.terminate()
    for (const socket of this.#hanging) socket.destroy()
    this.#server.close()
  }

  #welcome(socket: WebSocket, ticket: string): void {
    this.opened += 1
    const connection: Connection = { no: this.opened, ticket, socket, isSilent: false, isFrozen: false }
    this.#connections.add(connection)
    this.mostOpen = Math.max(this.mostOpen, this.#connections.size)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => this.#connections.delete(connection))
    socket.on('message', (data: Buffer) => this.#takeFrame(connection, data.toString()))
  }

  #takeFrame(connection: Connection, text: string): void {
    const frame = JSON.parse(text) as { code: number; data: string; headers: { messageId: string } }
    const { messageId } = frame.headers
    const ping = this.#pings.get(messageId)
    const waiting = this.#waiting.get(messageId)
    if (ping !== undefined) {
      this.#pings.delete(messageId)
      ping(frame)
    } else if (waiting === undefined) {
      this.strayFrames.push(text)
    } else {
      const data: unknown = JSON.parse(frame.data)
      waiting.push.acks.push({ code: frame.code, data, on: connection.no, pushedTo: waiting.pushedTo })
      const isLater = typeof data === 'object' && data !== null && 'status' in data && data.status === 'LATER'
      if (frame.code === 200 && !isLater) waiting.push.settle(true)
    }
  }

  #push(type: 'CALLBACK' | 'EVENT', topic: string, data: unknown): Push {
    let resolve: (isAcked: boolean) => void = () => {}
    const acked = new Promise<boolean>(done => {
      resolve = done
    })
    const push: PushState = {
      acks: [],
      attempts: 0,
      isDone: false,
      acked,
      settle(isAcked) {
        push.isDone = true
        resolve(isAcked)
      },
    }
    this.#attempt(push, type, topic, JSON.stringify(data))
    return push
  }

  #attempt(push: PushState, type: string, topic: string, data: string): void {
    if (push.isDone) return
    const open = [...this.#connections].filter(each => !each.isSilent && each.socket.readyState === each.socket.OPEN)
    const connection = open[Math.floor(Math.random() * open.length)]
    // Said while nobody listened, a message is lost; one that went out before is tried again.
    if (connection === undefined && push.attempts === 0) {
      push.settle(false)
      return
    }
    if (connection !== undefined) {
      const messageId = randomUUID()
      push.attempts += 1
      this.#waiting.set(messageId, { push, pushedTo: connection.no })
      connection.socket.send(JSON.stringify(this.#frame(connection, type, topic, data, messageId)))
    }
    this.#later(() => this.#attempt(push, type, topic, data), this.redeliverAfterMs)
  }

  #frame(connection: Connection, type: string, topic: string, data: string, messageId: string): object {
    const headers = {
      appId: '765ed67b-b170-4e12-ba38-6b59dc404ddb',
      connectionId: connection.ticket,
      contentType: 'application/json',
      messageId,
      time: String(this.#world.options.now()),
      topic,
    }
    return { specVersion: '1.0', type, headers, data }
  }

  #later(action: () => void, delayMs: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      action()
    }, delayMs)
    this.#timers.add(timer)
    return timer
  }
}
