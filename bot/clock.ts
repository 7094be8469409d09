/** The only place that reads the machine's clock. */

export interface Clock {
  /** Instant of record times, jobs, deadlines, quiet hours, pacing, merging and retry delays: UTC epoch ms. May be simulated. */
  now(): number
  /** Machine time, never simulated: signature windows, token and session lifetimes, sockets, timeouts. */
  machineNow(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  machineNow: () => Date.now(),
}
