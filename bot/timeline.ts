import type { Scheduler } from '../jobs/scheduler.ts'
import type { Delivery } from './delivery.ts'
import type { SimulatedClock } from './simulated-clock.ts'
import type { Turns } from './turns.ts'

export interface Ran {
  job: string
  at: number
  /** Texts delivered because of it. */
  messages: number
}

export class TimeRefused extends Error {}

export interface Timeline {
  now(): number
  mode(): 'run' | 'hold'
  /** Runs `work` while no move is under way; messages and moves wait for their turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /**
   * Moves the simulated clock. Each instant on the way at which a job is due or a text may leave is lived through in order:
   * jobs, then their outbox, then the next; waits are jumped.
   * @throws {TimeRefused} when `now` is earlier than the clock
   */
  move(to: { now?: number; mode?: 'run' | 'hold' }): Promise<Ran[]>
}

export interface TimelineParts {
  clock: SimulatedClock
  scheduler: Scheduler
  delivery: Delivery
  /** Network work that is due: photos. */
  doWork(): Promise<unknown>
  turns: Turns
}

export function createTimeline({ clock, scheduler, delivery, doWork, turns }: TimelineParts): Timeline {
  async function live(now: number, ran: Ran[]): Promise<void> {
    clock.set(now)
    await doWork()
    await delivery.deliverDue()
    await scheduler.runDue(now, async ({ job, at }) => {
      const messages = await delivery.deliverDue()
      // Several records may have asked for the same instant of a job: one run to whoever reads of it.
      const same = ran.find(one => one.job === job && one.at === at)
      if (same) same.messages += messages
      else ran.push({ job, at, messages })
    })
    await doWork()
    await delivery.deliverDue()
  }

  async function move({ now: wanted, mode }: { now?: number; mode?: 'run' | 'hold' }): Promise<Ran[]> {
    const after = mode ?? clock.mode()
    // Time stands still between the instants of a move, and a reading in between sees the instant being lived.
    clock.setMode('hold')
    const ran: Ran[] = []
    try {
      const target = wanted ?? clock.now()
      if (target < clock.now()) throw new TimeRefused('the simulated clock only moves forward')
      for (let at = clock.now(); ; ) {
        await live(at, ran)
        if (at >= target) break
        const nextText = (await delivery.nextInstant(at)) ?? Number.POSITIVE_INFINITY
        const nextJob = (await scheduler.nextInstant(at, target)) ?? Number.POSITIVE_INFINITY
        at = Math.min(nextText, nextJob, target)
      }
    } finally {
      clock.setMode(after)
    }
    return ran
  }

  return {
    now: clock.now,
    mode: clock.mode,
    inTurn: turns.take,
    move: to => turns.take(() => move(to)),
  }
}
