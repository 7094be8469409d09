/**
 * The answer inside the platform's own request (被动回复): it needs no permission and costs nothing of the five messages within
 * 48 hours, and the platform waits five seconds for it. A reply handed out with a message names its open request.
 */
import { randomUUID } from 'node:crypto'

export interface OpenRequest {
  /** What a reply is sent by. */
  ref: string
  /** The text to answer with, or undefined where nobody has one in time; afterwards the request is closed. */
  answer(waitMs: number): Promise<string | undefined>
  close(): void
}

export interface OpenRequests {
  /** Before the message is stored: its answer may leave before whoever stored it goes on. */
  open(): OpenRequest
  /** @returns whether the request was still open, which this text now answers */
  offer(ref: string, text: string): boolean
}

export function createOpenRequests(): OpenRequests {
  const waiting = new Map<string, (text?: string) => void>()

  function settle(ref: string, text?: string): boolean {
    const answer = waiting.get(ref)
    waiting.delete(ref)
    answer?.(text)
    return answer !== undefined
  }

  return {
    open() {
      const ref = randomUUID()
      const answered = new Promise<string | undefined>(resolve => waiting.set(ref, resolve))
      return {
        ref,
        close: () => void settle(ref),
        async answer(waitMs) {
          const timer = setTimeout(settle, waitMs, ref)
          const text = await answered
          clearTimeout(timer)
          return text
        },
      }
    },
    offer: (ref, text) => settle(ref, text),
  }
}
