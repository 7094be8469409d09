import { createTask } from 'node-cron'
import { addDays, dayMs, dayOf, instantAt, minuteMs } from '../policy/time.ts'
import type { Job } from './job.ts'

const REFERENCE_DAY = '2026-01-05'

/**
 * The minutes of a day at which a schedule is due, asked once of node-cron's own `match`; the task itself is never started, so no
 * timer of its own can run beside the Clock. Which days count is the job's day filter, so the day fields must be open.
 */
export function minutesOfDay(schedule: string): number[] {
  if (!/^\S+ \S+ \* \* \*$/.test(schedule)) throw new Error(`schedule "${schedule}": only minute and hour may be given`)
  const task = createTask(schedule, () => {}, { timezone: 'Asia/Shanghai' })
  const midnight = instantAt(REFERENCE_DAY, '00:00')
  const found: number[] = []
  for (let minute = 0; minute * minuteMs < dayMs; minute++) {
    if (task.match(new Date(midnight + minute * minuteMs))) found.push(minute)
  }
  void task.destroy()
  return found
}

export interface Timetable {
  /** Due instants in (after, until], earliest first. */
  between(after: number, until: number): { job: Job; at: number }[]
}

export function createTimetable(jobs: readonly Job[]): Timetable {
  const rows = jobs.flatMap(job => (job.schedule ?? []).flatMap(minutesOfDay).map(minute => ({ job, minute })))
  rows.sort((a, b) => a.minute - b.minute)
  return {
    between(after, until) {
      const due: { job: Job; at: number }[] = []
      for (let day = dayOf(after); instantAt(day, '00:00') <= until; day = addDays(day, 1)) {
        const midnight = instantAt(day, '00:00')
        for (const { job, minute } of rows) {
          const at = midnight + minute * minuteMs
          if (at > after && at <= until) due.push({ job, at })
        }
      }
      return due
    },
  }
}
