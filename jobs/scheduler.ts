import type { Logger } from 'pino'
import { openDesk } from '../handlers/desk.ts'
import type { WorkCalendar } from '../policy/calendar.ts'
import { type Day, dayOf, minuteMs } from '../policy/time.ts'
import { loadCalendar } from '../storage/calendar-days.ts'
import { inStreet, type Store } from '../storage/database.ts'
import {
  claimRun,
  type DueRun,
  failRun,
  finishRun,
  listDueTimers,
  listFailedRuns,
  nextTimerInstant,
} from '../storage/job-runs.ts'
import { listStreets } from '../storage/load-roster.ts'
import { findSetting, saveSetting } from '../storage/settings.ts'
import { createTimetable } from './due-times.ts'
import type { Job } from './job.ts'

/** Until when the timetable has been read: what fell due since then is found after any downtime. */
const READ_UNTIL = 'jobs-read-until'
/** How far back a program that was down for long looks; longer than any grace. */
const LOOK_BACK_MS = 60 * 24 * 60 * minuteMs
const ON_TIME_MS = minuteMs

export interface Ran {
  job: string
  at: number
}

export interface Scheduler {
  /** Runs everything due at or before `now` that has not run, in order. `afterEach` delivers what one run said before the next. */
  runDue(now: number, afterEach?: (ran: Ran) => Promise<void>): Promise<void>
  /** The first instant after `after` at which something is due; looks no further than `until`. */
  nextInstant(after: number, until: number): Promise<number | undefined>
  /** Missed runs before `now` are not made up: a simulator without a real platform starts fresh. */
  forget(now: number): Promise<void>
}

function isDayOf({ days }: Job, day: Day, calendar: WorkCalendar): boolean {
  if (days === 'workdays') return calendar.isWorkday(day)
  return days === 'all' || calendar.firstWorkdayOfWeek(day) === day
}

interface Pending extends DueRun {
  job: string
  street: string
}

export function createScheduler(parts: { store: Store; jobs: readonly Job[]; log: Logger }): Scheduler {
  const { store, jobs, log } = parts
  const timetable = createTimetable(jobs)
  const byName = new Map(jobs.map(job => [job.name, job]))

  async function runDue(now: number, afterEach: (ran: Ran) => Promise<void> = async () => {}): Promise<void> {
    const known = await findSetting(store.read, READ_UNTIL)
    const readUntil = known === undefined ? now : Number(known)
    const pending = [...(await missedFailures(now)), ...(await scheduled(readUntil, now)), ...(await timers(now))]
    pending.sort((a, b) => a.dueAt - b.dueAt)
    for (const [index, run] of pending.entries()) {
      const job = byName.get(run.job)
      const superseded = pending
        .slice(index + 1)
        .some(({ job: other, street }) => other === run.job && street === run.street)
      if (job && (await runOnce(job, run, now, superseded))) await afterEach({ job: run.job, at: run.dueAt })
    }
    // The first reading ever is kept too: without it every later one would be the first again, and nothing ever due.
    if (known === undefined || now > readUntil) {
      await store.transact(db => saveSetting(db, READ_UNTIL, String(now)))
    }
  }

  async function scheduled(readUntil: number, now: number): Promise<Pending[]> {
    const due = timetable.between(Math.max(readUntil, now - LOOK_BACK_MS), now)
    if (due.length === 0) return []
    const pending: Pending[] = []
    for (const { id: street } of await listStreets(store.read)) {
      const calendar = await loadCalendar(inStreet(store.read, street))
      for (const { job, at } of due) {
        if (!isDayOf(job, dayOf(at), calendar)) continue
        pending.push({ job: job.name, subject: street, dueAt: at, street })
      }
    }
    return pending
  }

  async function timers(now: number): Promise<Pending[]> {
    return listDueTimers(store.read, now)
  }

  /** A run that threw is tried again each time the clock is read, for as long as its grace lasts. */
  async function missedFailures(now: number): Promise<Pending[]> {
    const failed = await listFailedRuns(store.read, now - minuteMs)
    return failed.filter(({ job, dueAt }) => now - dueAt <= (byName.get(job)?.graceMs ?? 0))
  }

  /** @returns whether the job ran now: not where another process did it, or where it was dropped */
  async function runOnce(job: Job, run: Pending, now: number, superseded: boolean): Promise<boolean> {
    const lateness = now - run.dueAt
    const late = lateness > ON_TIME_MS
    const dropped =
      lateness > job.graceMs || (late && (job.catchUp === 'drop' || (job.catchUp === 'latest' && superseded)))
    try {
      return await store.transact(async everywhere => {
        const db = inStreet(everywhere, run.street)
        if (!(await claimRun(db, run, now))) return false
        if (dropped) {
          await finishRun(db, run, { state: 'dropped', now })
          return false
        }
        const at = late ? now : run.dueAt
        const desk = await openDesk(db, { by: `job:${job.name}`, now: at, at })
        await job.run(desk, { at: run.dueAt, late, subject: run.subject })
        await finishRun(db, run, { state: 'done', now })
        return true
      })
    } catch (error) {
      log.error({ err: error, job: job.name, dueAt: run.dueAt }, 'a job failed; it is tried again')
      await store.transact(db => failRun(db, run, now, String(error)))
      return false
    }
  }

  return {
    runDue,
    async nextInstant(after, until) {
      const cron = timetable.between(after, until)[0]?.at
      const timer = await nextTimerInstant(store.read, after)
      const next = Math.min(cron ?? Number.POSITIVE_INFINITY, timer ?? Number.POSITIVE_INFINITY)
      return next <= until ? next : undefined
    },
    forget: now => store.transact(db => saveSetting(db, READ_UNTIL, String(now))),
  }
}
