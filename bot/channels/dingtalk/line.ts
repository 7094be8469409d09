/**
 * One socket of the Stream protocol. `dingtalk-stream` speaks the protocol, and this is the only file that knows it.
 * What its 2.1.5 does wrong is fenced off here: each client lives for exactly one socket (so answers leave on the socket that
 * asked), its own reconnect, heartbeat and listeners are taken away (storms, leaked timers, lines on the console), every frame
 * is guarded (one bad frame would end the process), and nothing is acknowledged before it is stored.
 */
import { DWClient, type DWClientDownStream } from 'dingtalk-stream'
import type { WebSocket } from 'ws'
import { CARD_TOPIC, ROBOT_TOPIC } from './gateway.ts'

export interface LinePolicy {
  handshakeTimeoutMs: number
  /** A ping of our own every so often; the platform's have no known beat. */
  pingMs: number
  /** So many pings in a row without any sign of life: the peer is frozen. */
  missedPings: number
}

export interface LineEvents {
  /** A push, a ping of the platform or a pong: the peer lives. */
  onSign(kind: 'frame' | 'pong'): void
  /** Each time a ping goes out. */
  onPing(): void
  /** The platform will stop pushing on this socket. */
  onNotice(): void
  onClosed(): void
  /** Resolves when the message is on disk; a rejection leaves it unacknowledged, so that the platform sends it again. */
  onRobotMessage(data: string): Promise<'stored' | 'malformed'>
  /** The same of a pressed button; `pushId` names this push. Absent where no cards are sent. */
  onCardPress?(data: string, pushId: string): Promise<'stored' | 'malformed'>
  /** `reason` never holds what was in the frame. */
  onBadFrame(reason: string): void
}

export interface Line {
  /** Hears nothing more; what is being stored is still acknowledged. */
  mute(): void
  /** Says goodbye and resolves once the socket is gone, cut off after a second. */
  end(): Promise<void>
}

/** A robot message is a few KiB; more than this is not for us. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024
const GOODBYE_MS = 1000

/**
 * Opens a socket to `url`. Events may come before it resolves: frames can follow the handshake at once.
 * @throws when it did not open within the time, or `signal` came first
 */
export async function openLine(
  url: string,
  credentials: { clientId: string; clientSecret: string },
  policy: LinePolicy,
  events: LineEvents,
  signal: AbortSignal,
): Promise<Line> {
  const client = new FencedClient(credentials, events)
  const socket = client.openSocket(url, policy.handshakeTimeoutMs)
  client.listen(socket)
  watch(socket, policy, events)
  await waitForOpen(socket, signal)
  return {
    mute: () => client.mute(),
    end: () => {
      client.mute()
      return closeSocket(socket)
    },
  }
}

class FencedClient extends DWClient {
  readonly #events: LineEvents
  #isMuted = false

  constructor(credentials: { clientId: string; clientSecret: string }, events: LineEvents) {
    // `autoReconnect` and `subscriptions` are honoured at run time, though its types leave them out.
    const hidden = { autoReconnect: false, subscriptions: [] }
    super({ ...credentials, keepAlive: false, debug: false, ...hidden })
    this.#events = events
  }

  mute(): void {
    this.#isMuted = true
  }

  /** The SDK makes the socket; its listeners are dropped before the first event can reach them. */
  openSocket(url: string, handshakeTimeoutMs: number): WebSocket {
    const inner = this as unknown as { dw_url: string; sslopts: object; socket: WebSocket }
    inner.dw_url = url
    inner.sslopts = {
      rejectUnauthorized: true,
      handshakeTimeout: handshakeTimeoutMs,
      maxPayload: MAX_FRAME_BYTES,
      // Broken characters are the business of one frame, not of the connection.
      skipUTF8Validation: true,
    }
    // This promise hangs on the listeners removed next: it never comes to anything.
    super._connect().catch(() => {})
    inner.socket.removeAllListeners()
    return inner.socket
  }

  listen(socket: WebSocket): void {
    socket.on('message', (data: Buffer) => {
      if (this.#isMuted) return
      try {
        this.onDownStream(data.toString())
      } catch (error) {
        this.#events.onBadFrame(error instanceof SyntaxError ? 'not JSON' : 'not a frame')
      }
    })
  }

  override onSystem(frame: DWClientDownStream): void {
    if (frame.headers.topic === 'disconnect') {
      this.#events.onNotice()
      return
    }
    // Greetings do not count: a platform that greets and hangs up must not be called again at once.
    if (frame.headers.topic === 'ping') this.#events.onSign('frame')
    super.onSystem(frame)
  }

  /** Not subscribed, so not stored, so never acknowledged as done. */
  override onEvent(frame: DWClientDownStream): void {
    const { messageId } = frame.headers
    this.#events.onSign('frame')
    this.#answer(messageId, 200, 'OK', { status: 'LATER' })
  }

  /** The SDK would emit the topic as an event name, which throws for one called `error`; only ours is looked at. */
  override onCallback(frame: DWClientDownStream): void {
    const { topic, messageId } = frame.headers
    this.#events.onSign('frame')
    const taking = this.#take(topic, frame)
    if (taking === undefined) {
      this.#answer(messageId, 404, 'no handler for this topic')
      return
    }
    taking.then(
      outcome =>
        outcome === 'stored' ? this.#answer(messageId, 200, 'OK') : this.#answer(messageId, 400, 'not for us'),
      () => {
        // Reported by the receiver; silence towards the platform is what brings the message back.
      },
    )
  }

  #take(topic: string, { data, headers }: DWClientDownStream): Promise<'stored' | 'malformed'> | undefined {
    if (topic === ROBOT_TOPIC) return this.#events.onRobotMessage(data)
    return topic === CARD_TOPIC ? this.#events.onCardPress?.(data, String(headers.messageId)) : undefined
  }

  #answer(messageId: unknown, code: number, message: string, data: object = { response: null }): void {
    if (typeof messageId !== 'string') return
    const { socket } = this as unknown as { socket: WebSocket }
    const headers = { messageId, contentType: 'application/json' }
    // The callback form: a socket that closed meanwhile must not throw.
    socket.send(JSON.stringify({ code, message, headers, data: JSON.stringify(data) }), () => {})
  }
}

function waitForOpen(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = () => socket.terminate()
    signal.addEventListener('abort', cut)
    if (signal.aborted) queueMicrotask(cut)
    socket.on('error', error => {
      reject(error)
      socket.terminate()
    })
    socket.on('close', () => {
      signal.removeEventListener('abort', cut)
      reject(new Error('closed before it opened'))
    })
    socket.on('open', () => {
      signal.removeEventListener('abort', cut)
      resolve()
    })
  })
}

/** Pings, and cuts a peer that shows no sign of life. One timer, gone with the socket. */
function watch(socket: WebSocket, policy: LinePolicy, events: LineEvents): void {
  let unanswered = 0
  let timer: NodeJS.Timeout | undefined
  socket.on('open', () => {
    timer = setInterval(() => {
      if (unanswered >= policy.missedPings) {
        socket.terminate()
        return
      }
      unanswered += 1
      socket.ping('', true, () => {})
      events.onPing()
    }, policy.pingMs)
  })
  socket.on('pong', () => {
    unanswered = 0
    events.onSign('pong')
  })
  socket.on('message', () => {
    unanswered = 0
  })
  socket.on('close', () => {
    clearInterval(timer)
    events.onClosed()
  })
}

async function closeSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => socket.terminate(), GOODBYE_MS)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(1000)
  })
}
