import { setTimeout as sleep } from 'node:timers/promises'
import { schedule } from 'node-cron'
import type { Logger } from 'pino'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { Clock } from './clock.ts'
import type { Delivery } from './delivery.ts'
import type { Turns } from './turns.ts'
import type { Worker } from './worker.ts'

/** How long a text may wait for nobody to wake the pump: retries and windows that end. */
const IDLE_MS = 1_000
/** How long a stop waits for what is under way; a send that is cut off goes out again at the next start, marked. */
const STOP_MS = 4_000

export interface Pump {
  /** Something may have become due; returns at once. */
  wake(): void
  start(): void
  /** Resolves when nothing is under way any more, or after a few seconds. */
  stop(): Promise<void>
}

export interface PumpParts {
  clock: Clock
  scheduler: Scheduler
  delivery: Delivery
  doWork: Worker
  seal(): Promise<void>
  turns: Turns
  log: Logger
}

/**
 * Keeps the program going: after each commit what was said leaves and what is to be fetched is fetched; every minute the timetable
 * is read. Each round runs in turn with the moves of a simulated clock.
 */
export function createPump({ clock, scheduler, delivery, doWork, seal, turns, log }: PumpParts): Pump {
  let wanted = false
  let running: Promise<void> | undefined
  let stopped = true
  let idle: NodeJS.Timeout | undefined
  let minute: ReturnType<typeof schedule> | undefined

  async function round(): Promise<void> {
    while (wanted && !stopped) {
      wanted = false
      await deliver()
      while (!stopped && (await turns.take(() => doWork(1)))) await deliver()
      await deliver()
      await turns.take(seal)
    }
  }

  /** Turn by turn: with a slow platform and a long queue, jobs and a stop would else wait until the last text has left. */
  async function deliver(): Promise<void> {
    while (!stopped && (await turns.take(delivery.deliverNext)));
  }

  function wake(): void {
    wanted = true
    if (stopped || running) return
    running = round()
      .catch(error => log.error({ err: error }, 'a round of delivery failed'))
      .finally(() => {
        running = undefined
        if (wanted && !stopped) wake()
      })
  }

  async function tick(): Promise<void> {
    await turns
      .take(() => scheduler.runDue(clock.now()))
      .catch(error => log.error({ err: error }, 'jobs could not run'))
    wake()
  }

  return {
    wake,
    start() {
      stopped = false
      // The one cron task that is ever started; what is due is found by the Clock, which may be a simulated one.
      minute = schedule('* * * * *', tick, { timezone: 'Asia/Shanghai', noOverlap: true })
      idle = setInterval(wake, IDLE_MS)
      void tick()
    },
    async stop() {
      stopped = true
      clearInterval(idle)
      await minute?.destroy()
      const underWay = running?.then(() => turns.take(async () => {})) ?? turns.take(async () => {})
      await Promise.race([underWay, sleep(STOP_MS, undefined, { ref: false })])
    },
  }
}
