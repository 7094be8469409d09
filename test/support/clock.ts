import type { Clock } from '../../bot/clock.ts'
import { parseInstant } from '../../policy/time.ts'

export interface ManualClock extends Clock {
  set(local: string): void
  advance(ms: number): void
}

/** Stands still until it is told to move; `local` is Shanghai time such as `2026-11-18T08:20`. */
export function manualClock(local: string): ManualClock {
  let now = at(local)
  return {
    now: () => now,
    machineNow: () => now,
    set: time => {
      now = at(time)
    },
    advance: ms => {
      now += ms
    },
  }
}

/** Epoch ms of a Shanghai time. */
export function at(local: string): number {
  const full = local.length === 16 ? `${local}:00` : local
  const instant = parseInstant(`${full}+08:00`)
  if (instant === undefined) throw new Error(`not a time: ${local}`)
  return instant
}
