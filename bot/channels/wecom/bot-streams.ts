/**
 * Callback mode: the answer to a message travels back in the response to its own POST, or in one to the polls that follow
 * (path 101031). Delivery brings the answer by `hand`; whoever asked first gets it.
 */
import { randomUUID } from 'node:crypto'

export interface StreamAnswer {
  /** Markdown, whole, ≤ 20480 bytes. */
  content: string
  image?: { base64: string; md5: string }
  /** A template card that stands under the text. */
  card?: object
}

/** What goes back: one state of the answer, whole, or nothing at all (an empty 200). */
export type StreamState = { id: string; finish: boolean } & StreamAnswer

export interface StreamPolicy {
  /** How long the POST waits for an answer that is about to leave. */
  answerMs: number
  /** From its arrival the POST is answered by then, also where storing took long; WeCom hangs up at 5 s. */
  respondMs: number
  /** How long delivery waits for the next poll to take an answer away. */
  pollMs: number
  /** WeCom stops asking 6 minutes after the message. */
  openMs: number
}

export const STREAM_POLICY: StreamPolicy = { answerMs: 2_000, respondMs: 4_000, pollMs: 8_000, openMs: 5.5 * 60_000 }

/** After this a repeat of the message is answered as a new one: the database knows it. */
const KEPT_MS = 10 * 60_000

const words = {
  working: '收到，正在处理……',
  elsewhere: '已另发消息答复。',
}

interface Stream {
  id: string
  messageId?: string
  openedAt: number
  phase: 'waiting' | 'polled' | 'closed'
  /** Given to whoever asks again. */
  last?: StreamState
  /** An answer that waits to be taken away; `taken` tells delivery. */
  handed?: { answer: StreamAnswer; taken(isTaken: boolean): void }
  /** Woken when an answer is handed over. */
  wake?: () => void
  /** What went back in the response to the message's own POST. */
  settled: Promise<StreamState | undefined>
  settle(state: StreamState | undefined): void
}

export interface Streams {
  /** Before a message is stored, so that its answer finds the way. @returns false for a repeat */
  open(platformMessageId: string): boolean
  /** Nothing was stored: the platform will bring it again. */
  forget(platformMessageId: string): void
  /** What goes back in the response to the message's own POST; undefined: nothing to say there. */
  settle(platformMessageId: string, messageId: string, isHeld?: boolean): Promise<StreamState | undefined>
  /** For a repeat: what went back the first time, or stands there by now. */
  repeat(platformMessageId: string): Promise<StreamState | undefined>
  /** @returns whether the platform took the answer away */
  hand(platformMessageId: string, answer: StreamAnswer): Promise<boolean>
  poll(streamId: string): Promise<StreamState>
  /** Nobody waits here any more: what was not taken away goes another way. */
  stop(): void
}

export function createStreams(
  machineNow: () => number,
  askDue: (messageId: string) => Promise<boolean>,
  policy: StreamPolicy = STREAM_POLICY,
): Streams {
  const byMessage = new Map<string, Stream>()
  const waits = new Set<() => void>()

  /** A database that does not tell has no answer for anybody either. */
  function isAnswerDue(messageId: string): Promise<boolean> {
    return askDue(messageId).catch(() => false)
  }

  /** Resolves when `register`'s callback is called, after the time, or with `stop`. */
  async function waitAtMost(limitMs: number, register: (resolve: () => void) => void): Promise<void> {
    let end = () => {}
    const over = new Promise<void>(resolve => {
      end = resolve
    })
    const timer = setTimeout(end, limitMs)
    waits.add(end)
    register(end)
    await over
    clearTimeout(timer)
    waits.delete(end)
  }

  function forgetOld(): void {
    for (const [key, { openedAt }] of byMessage) {
      // In order of opening: the first young one ends it.
      if (machineNow() - openedAt < KEPT_MS) return
      byMessage.delete(key)
    }
  }

  /** Takes what was handed over; it is the last state then. */
  function takeHanded(stream: Stream): StreamState | undefined {
    const { handed } = stream
    if (handed === undefined) return undefined
    stream.handed = undefined
    handed.taken(true)
    return close(stream, { id: stream.id, finish: true, ...handed.answer })
  }

  function close(stream: Stream, state?: StreamState): StreamState | undefined {
    stream.phase = 'closed'
    stream.last = state
    return state
  }

  async function firstState(stream: Stream, messageId: string): Promise<StreamState | undefined> {
    if (stream.handed === undefined && (await isAnswerDue(messageId)) && stream.handed === undefined) {
      const leftMs = stream.openedAt + policy.respondMs - machineNow()
      await waitAtMost(Math.max(0, Math.min(policy.answerMs, leftMs)), resolve => {
        stream.wake = resolve
      })
    }
    const answered = takeHanded(stream)
    if (answered !== undefined) return answered
    if (!(await isAnswerDue(messageId))) return takeHanded(stream) ?? close(stream)
    stream.phase = 'polled'
    return takeHanded(stream) ?? { id: stream.id, finish: false, content: words.working }
  }

  return {
    open(key) {
      forgetOld()
      if (byMessage.has(key)) return false
      let settle: Stream['settle'] = () => {}
      const settled = new Promise<StreamState | undefined>(resolve => {
        settle = resolve
      })
      byMessage.set(key, { id: randomUUID(), openedAt: machineNow(), phase: 'waiting', settled, settle })
      return true
    },

    forget(key) {
      byMessage.get(key)?.settle(undefined)
      byMessage.delete(key)
    },

    async settle(key, messageId, isHeld = false) {
      const stream = byMessage.get(key)
      if (stream === undefined) return undefined
      stream.messageId = messageId
      const state = isHeld ? close(stream) : await firstState(stream, messageId)
      stream.settle(state)
      return state
    },

    async repeat(key) {
      const stream = byMessage.get(key)
      const first = await stream?.settled
      return stream?.last ?? first
    },

    async hand(key, answer) {
      const stream = byMessage.get(key)
      const isOpen = stream !== undefined && stream.phase !== 'closed' && stream.handed === undefined
      if (!isOpen || machineNow() - stream.openedAt > policy.openMs) return false
      const limitMs = stream.phase === 'waiting' ? policy.answerMs + policy.pollMs : policy.pollMs
      let isTaken = false
      await waitAtMost(limitMs, resolve => {
        stream.handed = {
          answer,
          taken: yes => {
            isTaken = yes
            resolve()
          },
        }
        stream.wake?.()
      })
      if (!isTaken) stream.handed = undefined
      return isTaken
    },

    async poll(streamId) {
      const stream = [...byMessage.values()].find(({ id }) => id === streamId)
      // Opened before a restart: what it waited for leaves as a message of its own.
      if (stream === undefined) return { id: streamId, finish: true, content: words.elsewhere }
      const answered = takeHanded(stream)
      if (answered !== undefined) return answered
      if (stream.last !== undefined) return stream.last
      const isOver = machineNow() - stream.openedAt > policy.openMs
      const isWorking = !isOver && stream.messageId !== undefined && (await isAnswerDue(stream.messageId))
      if (isWorking) return takeHanded(stream) ?? { id: streamId, finish: false, content: words.working }
      const closing = takeHanded(stream) ?? { id: streamId, finish: true, content: words.elsewhere }
      close(stream, closing)
      return closing
    },

    stop() {
      for (const end of waits) end()
    },
  }
}
