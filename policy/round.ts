import { covers, type LeaveOfDay } from './attendance.ts'
import type { AttendanceRules, Pack } from './pack.ts'
import { type Day, dayOf, isWithin, minuteMs, parseTime } from './time.ts'

/** A walk as its walker told it. Instants are UTC epoch ms. */
export interface WalkedRound {
  beganAt: number
  /** Absent while it goes on, and where nobody told its end. */
  endedAt?: number
}

/** The day that a round counts for: in the small hours it is still the day before, as with shifts. Source: S4B-01 */
export function judgeRoundDay(at: number, rules: AttendanceRules): Day {
  return dayOf(at - parseTime(rules.dayTurnsAt.value))
}

export interface FieldMinutesFacts {
  day: Day
  /** Rounds of the day; one without an end counts nothing. */
  rounds: readonly WalkedRound[]
  /** Minutes told with single visits, at the instants at which they were made. */
  told: readonly { at: number; minutes: number }[]
  isWorkday: boolean
  /** Whether the working days of its year are published; before that nothing is owed. */
  isKnown: boolean
  leave?: LeaveOfDay
  away?: LeaveOfDay
  coverage: Pack['coverage']
}

/** What one day brought and owes, in whole minutes. */
export interface FieldMinutes {
  done: number
  /** 0 where the document asks for none on that day. */
  owed: number
}

/**
 * How long somebody was out visiting on one day: the rounds from beginning to end, and what was told with visits outside them, so that
 * nothing counts twice. All of it is what people say of themselves; nothing is measured.
 *
 * Source: S3A-37 (每天不得少于2小时, days 1–15; working days alone as a default; half a day off owes half, as a default)
 */
export function judgeFieldMinutes(facts: FieldMinutesFacts): FieldMinutes {
  const ended = facts.rounds.flatMap(({ beganAt, endedAt }) => (endedAt === undefined ? [] : [{ beganAt, endedAt }]))
  const walked = ended.reduce((sum, { beganAt, endedAt }) => sum + minutesBetween(beganAt, endedAt), 0)
  const beside = facts.told.filter(({ at }) => !ended.some(({ beganAt, endedAt }) => beganAt <= at && at <= endedAt))
  return { done: walked + beside.reduce((sum, { minutes }) => sum + minutes, 0), owed: judgeOwed(facts) }
}

/** Whole minutes; seconds are dropped. */
export function minutesBetween(from: number, to: number): number {
  return Math.floor((to - from) / minuteMs)
}

function judgeOwed({ day, isWorkday, isKnown, leave, away, coverage }: FieldMinutesFacts): number {
  if (!coverage || !isKnown) return 0
  const { from, to } = coverage.days.value
  const pad = (date: number) => `${day.slice(0, 8)}${String(date).padStart(2, '0')}`
  if (!isWithin(day, { from: pad(from), to: pad(to) })) return 0
  if (coverage.onWorkdays.value && !isWorkday) return 0
  const free = (['on', 'off'] as const).filter(kind => covers(leave, kind) || covers(away, kind)).length
  return Math.round((coverage.minutesPerDay.value * (2 - free)) / 2)
}
