import { type Day, dayMs, instantAt } from './time.ts'

/** What is known of one person and one class. Instants are UTC epoch ms. */
export interface ClassFacts {
  startDay: Day
  /** Absent where no time of day was told. */
  startAt?: number
  calledAt: number
  movedAt?: number
  /** The day is a working day of a year whose holidays are known. */
  isCertainWorkday: boolean
  /** Signed in, however late. */
  isPresent: boolean
  hasMadeUp: boolean
  /** Approved leave of the day, of its half, or from this class. */
  isExcused: boolean
  /** Took part in an urgent incident around the beginning. */
  wasCalledAway: boolean
}

export type NoProposal = 'present' | 'madeUp' | 'leave' | 'emergency' | 'shortNotice' | 'notWorkday'

const NOTICE_MS = dayMs

/**
 * Why nobody's absence from a class is proposed as 旷工; undefined where it may be. The document only says 未按时参加; who was on leave,
 * was called to an emergency, or heard of the time less than a day before, did nothing wrong. Coming late is coming.
 * Source: S0-28
 */
export function excuseOf(facts: ClassFacts): NoProposal | undefined {
  if (facts.isPresent) return 'present'
  if (facts.hasMadeUp) return 'madeUp'
  if (facts.isExcused) return 'leave'
  if (facts.wasCalledAway) return 'emergency'
  const startsAt = facts.startAt ?? instantAt(facts.startDay, '00:00')
  if (startsAt - Math.max(facts.calledAt, facts.movedAt ?? 0) < NOTICE_MS) return 'shortNotice'
  return facts.isCertainWorkday ? undefined : 'notWorkday'
}

/** Whole per cent; a group of nobody has all it needs. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((part / whole) * 100)
}
