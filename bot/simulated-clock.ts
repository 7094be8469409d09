import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'

export interface SimulatedClock extends Clock {
  mode(): 'run' | 'hold'
  /** In `run` the clock ticks on with the machine's from where it stands. */
  setMode(mode: 'run' | 'hold'): void
  /** Forward only; the caller checks. */
  set(now: number): void
}

export function createSimulatedClock(start: number, mode: 'run' | 'hold'): SimulatedClock {
  let base = start
  let since = systemClock.machineNow()
  let current = mode
  const now = () => (current === 'hold' ? base : base + systemClock.machineNow() - since)
  const set = (to: number) => {
    base = to
    since = systemClock.machineNow()
  }
  return {
    now,
    machineNow: systemClock.machineNow,
    mode: () => current,
    setMode(next) {
      set(now())
      current = next
    },
    set,
  }
}
