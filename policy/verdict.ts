import type { Day } from './time.ts'

/** What a rule says of given facts, and why. */
export interface Verdict {
  ok: boolean
  /** The clause that the verdict rests on, in the document's words. */
  clause: string
  /** Why not, where not `ok`. */
  reason?: string
  /** The instant at which the time is up; an act at this very instant is too late. */
  dueAt?: number
  /** The local day on which the time runs out. */
  day?: Day
  /** How `day` came about: `2个工作日：2/14 上班，2/15–23 春节，2/24`. */
  arithmetic?: string
  /** The sum touches a year whose holidays are not known: no absence, deduction or supervision may follow from it. */
  provisional?: boolean
}
