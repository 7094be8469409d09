import { type Day, monthOf } from '../policy/time.ts'
import type { Db } from '../storage/database.ts'
import type { Urgency } from '../storage/outbox.ts'
import { countUsage, listUsage } from '../storage/outbox-queue.ts'

export type Meter = 'api' | 'webhook'

/** What the platform's edition allows an organisation per month (protocols: DingTalk standard edition 5,000 API calls, 3,000 webhook and stream messages). */
export type Quota = Record<Meter, number>

export interface Budget {
  /** Counts a use. */
  spend(db: Db, day: Day, channel: string, meter: Meter, count?: number): Promise<void>
  /** Whether a text this pressing may still use the meter: the bot spends less as it runs out, urgent and notices last. */
  allows(db: Db, day: Day, channel: string, meter: Meter, urgency: Urgency): Promise<boolean>
  /** Used and allowed per channel and meter this month. */
  report(db: Db, day: Day): Promise<{ channel: string; meter: string; used: number; quota?: number }[]>
}

/** The share of the month's quota that is kept for what is more pressing. Urgent texts and notices are never held back by our own count. */
const RESERVED: Partial<Record<Urgency, number>> = { answer: 0.05, normal: 0.1 }

/** @param quotas per channel; a channel without one is not limited (simulator) */
export function createBudget(quotas: Readonly<Record<string, Quota>>): Budget {
  async function used(db: Db, day: Day, channel: string, meter: Meter): Promise<number> {
    const rows = await listUsage(db, monthOf(day))
    return rows.find(row => row.channel === channel && row.meter === meter)?.count ?? 0
  }
  return {
    async spend(db, day, channel, meter, count = 1) {
      if (quotas[channel]) await countUsage(db, monthOf(day), channel, meter, count)
    },
    async allows(db, day, channel, meter, urgency) {
      const quota = quotas[channel]
      const reserved = RESERVED[urgency]
      if (!quota || reserved === undefined) return true
      return (await used(db, day, channel, meter)) < quota[meter] * (1 - reserved)
    },
    async report(db, day) {
      const rows = await listUsage(db, monthOf(day))
      return rows.map(({ channel, meter, count }) => ({
        channel,
        meter,
        used: count,
        quota: quotas[channel]?.[meter as Meter],
      }))
    },
  }
}
