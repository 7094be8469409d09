import { SendError } from '../channel.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Replies and pushes of one chat together (path 101463); a few less than allowed, since the platform counts by its own clock. */
const LIMITS = [
  { spanMs: MINUTE_MS, most: 28 },
  { spanMs: HOUR_MS, most: 960 },
] as const

export interface Rate {
  /** Counts one send. @throws {SendError} `throttled` until there is room again */
  spend(chatId: string): void
}

/** The long connection's limits per chat, by what this process sent. */
export function createRate(machineNow: () => number): Rate {
  const sent = new Map<string, number[]>()
  return {
    spend(chatId) {
      const now = machineNow()
      const times = (sent.get(chatId) ?? []).filter(at => now - at < HOUR_MS)
      for (const { spanMs, most } of LIMITS) {
        const recent = times.filter(at => now - at < spanMs)
        const oldest = recent.at(-most)
        if (oldest !== undefined) {
          throw new SendError('throttled', '这个会话发得过快，稍后再发', { retryAfterMs: oldest + spanMs - now })
        }
      }
      sent.delete(chatId)
      sent.set(chatId, [...times, now])
      forgetQuiet(sent, now)
    },
  }
}

/** The chats that were silent longest stand first. */
function forgetQuiet(sent: Map<string, number[]>, now: number): void {
  for (const [chatId, times] of sent) {
    if (now - (times.at(-1) ?? 0) < HOUR_MS) return
    sent.delete(chatId)
  }
}
