import type { Desk } from '../handlers/desk.ts'

/** What time brings. Each due instant of a job runs once per street, in one transaction with what it says. */
export interface Job {
  /** As the outside surface names it: notice-nudge, weekly-summary, … */
  name: string
  /** node-cron expressions, Asia/Shanghai; absent where only records ask for it (`insertTimer`). */
  schedule?: readonly string[]
  /** `firstWorkdays`: the first working day of each week; a week without working days has none. */
  days: 'all' | 'workdays' | 'firstWorkdays'
  /** What a run missed while the program was down becomes: only the newest, each of them, or nothing. */
  catchUp: 'latest' | 'each' | 'drop'
  /** A run found this much later than it was due is not run any more. */
  graceMs: number
  run(desk: Desk, due: Due): Promise<void>
}

export interface Due {
  /** The instant it was due; the Clock's now is `desk.now`. */
  at: number
  /** More than a minute after it was due: texts say so. */
  late: boolean
  /** The record that asked for it, or the street. */
  subject: string
}
