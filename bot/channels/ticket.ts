/** The ticket that page signatures are made with: fetched once for all, kept by machine time, never fetched in a storm. */
import { createHash, randomBytes } from 'node:crypto'
import { SendError } from './channel.ts'
import type { PageHash, PageSignature } from './page-platform.ts'

const EARLY_MS = 5 * 60_000
const DEFAULT_LIFE_MS = 7_200_000
/** After a failed fetch: WeCom allows 100 an hour and app. */
const PAUSE_MS = 40_000

export interface TicketSource {
  /** @throws {SendError} */
  get(): Promise<string>
}

/** @param request the platform's own call; `lifeMs` as it told */
export function createTicketSource(options: {
  request(): Promise<{ ticket: string; lifeMs?: number }>
  machineNow(): number
}): TicketSource {
  let current: { ticket: string; usableUntil: number } | undefined
  let fetching: Promise<string> | undefined
  let pausedUntil = 0

  async function fetchTicket(): Promise<string> {
    const wait = pausedUntil - options.machineNow()
    if (wait > 0) throw new SendError('retry', '页面签名票据刚才没取到，稍后再试', { retryAfterMs: wait })
    try {
      const { ticket, lifeMs = DEFAULT_LIFE_MS } = await options.request()
      current = { ticket, usableUntil: options.machineNow() + Math.max(lifeMs - EARLY_MS, lifeMs / 2) }
      return ticket
    } catch (error) {
      pausedUntil = options.machineNow() + PAUSE_MS
      throw error
    }
  }

  return {
    async get() {
      if (current && options.machineNow() < current.usableUntil) return current.ticket
      fetching ??= fetchTicket().finally(() => {
        fetching = undefined
      })
      return fetching
    },
  }
}

export function signPage(ticket: string, url: string, machineNow: number, hash: PageHash): PageSignature {
  const given = { nonceStr: randomBytes(8).toString('hex'), timestamp: Math.floor(machineNow / 1000) }
  return { ...given, signature: digestPage({ ticket, url, ...given }, hash) }
}

/** The form that both platforms sign: in this order, the values as they are (WeCom: path 90506). */
export function digestPage(
  { ticket, nonceStr, timestamp, url }: { ticket: string; nonceStr: string; timestamp: number; url: string },
  hash: PageHash,
): string {
  const signed = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`
  return createHash(hash).update(signed, 'utf8').digest('hex')
}
