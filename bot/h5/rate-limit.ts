/** How often one session may call: a bucket that fills again with machine time. */
export interface RateLimit {
  /** @returns 0 where the call may go on, else the milliseconds to wait */
  take(key: string): number
}

const REMEMBERED = 10_000

export function createRateLimit(options: { burst: number; perSecond: number; machineNow(): number }): RateLimit {
  const { burst, perSecond, machineNow } = options
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(key) {
      const at = machineNow()
      const known = buckets.get(key)
      const refilled = known ? known.left + ((at - known.at) / 1000) * perSecond : burst
      const left = Math.min(burst, refilled)
      // Moved to the end: the one not heard of for longest is forgotten first.
      buckets.delete(key)
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at })
      const [oldest] = buckets.keys()
      if (buckets.size > REMEMBERED && oldest !== undefined) buckets.delete(oldest)
      return left >= 1 ? 0 : Math.ceil(((1 - left) / perSecond) * 1000)
    },
  }
}
