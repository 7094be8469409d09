import type { AttendanceRules } from './pack.ts'
import { dayMs, minuteMs, parseTime, timeOfDayMs } from './time.ts'

export type CheckInKind = 'on' | 'off'
export type CheckInResult = 'onTime' | 'late' | 'early' | 'makeup'
/** Approved leave of one day: the whole day, the morning or the afternoon. */
export type LeaveOfDay = 'day' | 'am' | 'pm'

/** One check-in that stands, the day's earlier ones in the order of their time. */
export interface CheckIn {
  kind: CheckInKind
  at: number
  /** Handed in afterwards and accepted (补卡). */
  makeup?: boolean
  /** As the official clock judged it by the person's own schedule; then that stands. */
  official?: CheckInResult
}

export interface CheckInFacts {
  at: number
  /** The person's check-ins of the same local day that stand. */
  existing: readonly CheckIn[]
  /** As the person said; absent for a bare 打卡. */
  kind?: CheckInKind
  makeup?: boolean
  /** Whether the person owes check-ins on this day; whoever owes none is never late. */
  due: boolean
  leave?: LeaveOfDay
  rules: AttendanceRules
}

export interface CheckInVerdict {
  kind: CheckInKind
  result: CheckInResult
  /**
   * The instant of the check-in of this kind that already stands (`已打过 08:17`). A repeated `on` changes nothing, for the
   * first counts; a repeated `off` is kept beside it, for the last counts.
   */
  repeats?: number
  clause: string
}

/**
 * Which check-in this is and whether it is in time.
 *
 * A bare 打卡 before noon without an `on` is `on`, else `off`; soon after an `on` it repeats that one, for somebody who
 * taps twice does not go home. Source: S0-25 (上午上班、下午下班), the times are defaults
 */
export function judgeCheckIn(facts: CheckInFacts): CheckInVerdict {
  const { at, existing, rules, makeup } = facts
  const kind = facts.kind ?? guessKind(facts)
  const standing = existing.filter(checkIn => checkIn.kind === kind).map(checkIn => checkIn.at)
  const result = makeup ? 'makeup' : kind === 'on' ? judgeOnTime(at, facts) : judgeOffTime(at, facts)
  const clause = kind === 'on' ? rules.onBy.clause : rules.offFrom.clause
  if (standing.length === 0) return { kind, result, clause }
  return { kind, result, clause, repeats: kind === 'on' ? Math.min(...standing) : Math.max(...standing) }
}

function guessKind({ at, existing, rules }: CheckInFacts): CheckInKind {
  if (timeOfDayMs(at) >= parseTime(rules.splitAt.value)) return 'off'
  const on = existing.findLast(checkIn => checkIn.kind === 'on')
  if (!on) return 'on'
  return on === existing.at(-1) && at - on.at < rules.repeatMinutes.value * minuteMs ? 'on' : 'off'
}

type Duty = Pick<CheckInFacts, 'due' | 'leave' | 'rules'>

function judgeOnTime(at: number, { due, leave, rules }: Duty): 'onTime' | 'late' {
  if (!due || coversLeave(leave, 'on')) return 'onTime'
  return isByOn(timeOfDayMs(at), rules) ? 'onTime' : 'late'
}

function judgeOffTime(at: number, { due, leave, rules }: Duty): 'onTime' | 'early' {
  if (!due || coversLeave(leave, 'off')) return 'onTime'
  return timeOfDayMs(at) >= parseTime(rules.offFrom.value) - graceMs(rules) ? 'onTime' : 'early'
}

/** `onBy` names the last second in time: 08:30:59.999 still is. */
function isByOn(sinceMidnightMs: number, rules: AttendanceRules): boolean {
  return sinceMidnightMs < parseTime(rules.onBy.value) + 1000 + graceMs(rules)
}

function graceMs(rules: AttendanceRules): number {
  return rules.graceMinutes.value * minuteMs
}

/** A morning off frees from `on`, an afternoon off from `off`. */
function coversLeave(leave: LeaveOfDay | undefined, kind: CheckInKind): boolean {
  return leave === 'day' || leave === (kind === 'on' ? 'am' : 'pm')
}

export type OnState = 'onTime' | 'late' | 'makeup' | 'missing' | 'pending' | 'leave' | 'off'
export type OffState = 'ok' | 'early' | 'makeup' | 'missing' | 'pending' | 'leave' | 'off'

export interface AttendanceDayFacts {
  /** Whether the person owes check-ins on this day: by role, and a working day. */
  due: boolean
  checkIns: readonly CheckIn[]
  leave?: LeaveOfDay
  /** 00:00 of the day, as an instant. */
  startsAt: number
  now: number
  /** The day's year is not known yet: nothing is held missing before it is. */
  provisional?: boolean
  rules: AttendanceRules
}

/**
 * How the two halves of one person's day stand. The first `on` and the last `off` count.
 *
 * `missing` only after the time is up: `on` after its last second in time, `off` at the day's end.
 * `off`: nothing was owed and nothing was done. Leave wins over a check-in, so that the half is not counted as owed.
 * Source: S0-25; no absence follows from a provisional day (design.md decision 2c)
 */
export function judgeAttendanceDay(facts: AttendanceDayFacts): { on: OnState; off: OffState } {
  const { due, checkIns, leave, startsAt, now, provisional, rules } = facts
  const on = checkIns.filter(checkIn => checkIn.kind === 'on').sort(byTime)[0]
  const off = checkIns
    .filter(checkIn => checkIn.kind === 'off')
    .sort(byTime)
    .at(-1)

  return { on: judgeOn(), off: judgeOff() }

  function judgeOn(): OnState {
    if (due && coversLeave(leave, 'on')) return 'leave'
    if (on?.makeup) return 'makeup'
    if (on) return (on.official ?? judgeOnTime(on.at, facts)) === 'late' ? 'late' : 'onTime'
    if (!due) return 'off'
    return isByOn(now - startsAt, rules) || provisional ? 'pending' : 'missing'
  }

  function judgeOff(): OffState {
    if (due && coversLeave(leave, 'off')) return 'leave'
    if (off?.makeup) return 'makeup'
    if (off) return (off.official ?? judgeOffTime(off.at, facts)) === 'early' ? 'early' : 'ok'
    if (!due) return 'off'
    return now - startsAt < dayMs || provisional ? 'pending' : 'missing'
  }
}

function byTime(a: CheckIn, b: CheckIn): number {
  return a.at - b.at
}
