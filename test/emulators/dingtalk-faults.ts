/** A programme of misbehaviour: what the emulated platform does wrong, by address, for a number of times. */

import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Fault {
  /** How often; for ever when left out. */
  times?: number
  /** Waits before anything else. */
  delayMs?: number
  /** Never answers. */
  hang?: boolean
  /** Cuts the connection without an answer. */
  reset?: boolean
  /** Does what was asked, and then answers wrongly: the message is delivered all the same. */
  afterwards?: boolean
  status?: number
  headers?: Record<string, string>
  /** Anything but a string is sent as JSON. */
  body?: unknown
  /** Old API: HTTP 200 with this `errcode`. */
  errcode?: number | string
  /** New API: this `code`, with `status` or 400. */
  code?: string
  /** Sends half of the good answer and cuts. */
  truncate?: boolean
  /** Sends the good answer one byte at a time, `delayMs` apart. */
  drip?: boolean
  /** Upgrade only: opens the socket and closes it at once. */
  closeAtOnce?: boolean
  /** Upgrade only: opens the socket and gives notice of disconnection in the same breath. */
  noticeAtOnce?: boolean
}

export class Faults {
  readonly #byPath = new Map<string, Fault[]>()
  #isOver = false

  /** @returns takes the fault away again */
  add(path: string, fault: Fault): () => void {
    const own = { ...fault }
    this.#byPath.set(path, [...(this.#byPath.get(path) ?? []), own])
    return () => {
      const rest = (this.#byPath.get(path) ?? []).filter(each => each !== own)
      this.#byPath.set(path, rest)
    }
  }

  clear(): void {
    this.#byPath.clear()
  }

  /** Ends all waiting. */
  end(): void {
    this.#isOver = true
  }

  /** The next fault of an address, counted as used. */
  take(path: string): Fault | undefined {
    const fault = this.#byPath.get(path)?.find(each => each.times === undefined || each.times > 0)
    if (fault?.times !== undefined) fault.times -= 1
    return fault
  }

  /** Answers as the fault says; `good` is what would have been said. */
  async play(fault: Fault, response: ServerResponse, good: { status: number; body: unknown }): Promise<void> {
    if (fault.hang) return
    if (fault.reset) {
      response.socket?.destroy()
      return
    }
    const text = toText(pickBody(fault, good.body))
    response.writeHead(pickStatus(fault, good.status), { 'content-type': 'application/json', ...fault.headers })
    if (fault.truncate) {
      response.write(text.slice(0, Math.ceil(text.length / 2)))
      await sleep(20)
      response.socket?.destroy()
      return
    }
    if (fault.drip) {
      for (const byte of text) {
        if (this.#isOver || response.destroyed) return
        response.write(byte)
        await sleep(fault.delayMs ?? 1000)
      }
    }
    response.end(fault.drip ? '' : text)
  }
}

/** True where what was asked is done and its answer travels, however badly. */
export function keepsAnswer(fault: Fault): boolean {
  return !fault.hang && !fault.reset && !changesAnswer(fault)
}

/** True where nothing but time goes wrong. */
export function isMereDelay(fault: Fault): boolean {
  return keepsAnswer(fault) && !fault.truncate && !fault.drip
}

function changesAnswer(fault: Fault): boolean {
  return fault.status !== undefined || 'body' in fault || fault.errcode !== undefined || fault.code !== undefined
}

function pickBody(fault: Fault, good: unknown): unknown {
  if ('body' in fault) return fault.body
  if (fault.errcode !== undefined) return { errcode: fault.errcode, errmsg: 'emulated', request_id: 'emulated' }
  if (fault.code !== undefined) return { code: fault.code, message: 'emulated', requestid: 'emulated' }
  return fault.status === undefined ? good : { code: 'emulated', message: 'emulated', requestid: 'emulated' }
}

function pickStatus(fault: Fault, good: number): number {
  return (
    fault.status ?? (fault.code === undefined ? ('body' in fault || fault.errcode !== undefined ? 200 : good) : 400)
  )
}

function toText(body: unknown): string {
  return typeof body === 'string' ? body : (JSON.stringify(body) ?? '')
}
