import type { AttendanceRules } from './pack.ts'
import type { DutyHours } from './shift.ts'
import { addDays, type Day, dayMs, dayOf, minuteMs, parseTime, timeOfDayMs } from './time.ts'

export type CheckInKind = 'on' | 'off'
export type CheckInResult = 'onTime' | 'late' | 'early' | 'makeup'
/** What approved leave, or work elsewhere, takes of one day: the whole of it, the morning or the afternoon. */
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

export interface ShiftFacts {
  at: number
  kind?: CheckInKind
  /** The person's check-ins of the same local day that stand, and those of the day before. */
  existing: readonly CheckIn[]
  dayBefore: readonly CheckIn[]
  /** The hours of the day before, where a roster sets them: a night that ends later than the pack turns its days. */
  hoursBefore?: DutyHours
  rules: AttendanceRules
}

/**
 * The day that a check-in counts for: going off duty before `dayTurnsAt` ends the shift that began the day before.
 * A bare 打卡 does so only where that day lacks its off, or was a night by the roster.
 * Source: S4B-01 (昼夜24小时巡查); the hour is a default
 */
export function judgeShiftDay({ at, kind, existing, dayBefore, hoursBefore, rules }: ShiftFacts): Day {
  const day = dayOf(at)
  const nightEnds = hoursBefore && hoursBefore.offFrom > dayMs ? hoursBefore.closesAt - dayMs : 0
  const turnsAt = Math.max(parseTime(rules.dayTurnsAt.value), nightEnds)
  if (timeOfDayMs(at) >= turnsAt || kind === 'on' || existing.length > 0) return day
  const began = nightEnds > 0 || dayBefore.some(checkIn => checkIn.kind === 'on')
  const ended = dayBefore.some(checkIn => checkIn.kind === 'off')
  return began && (kind === 'off' || !ended || nightEnds > 0) ? addDays(day, -1) : day
}

export interface CheckInFacts {
  at: number
  /** 00:00 of the day it counts for, as an instant. */
  startsAt: number
  /** The person's check-ins of that day that stand. */
  existing: readonly CheckIn[]
  /** As the person said; absent for a bare 打卡. */
  kind?: CheckInKind
  makeup?: boolean
  /** Whether the person owes check-ins on this day; whoever owes none is never late. */
  due: boolean
  leave?: LeaveOfDay
  /** Work elsewhere: 公出, training. */
  away?: LeaveOfDay
  /** Of that day alone, where a roster sets them; else the pack's. */
  hours?: DutyHours
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
  /** The instant of the check-in that cannot be true beside this one: gone home before having come. */
  contradicts?: number
  clause: string
}

/**
 * Which check-in this is and whether it is in time.
 *
 * A bare 打卡 before noon without an `on` is `on`, else `off`; soon after an `on` it repeats that one, for somebody who
 * taps twice does not go home; after a morning off the first one is `on`. Source: S0-25 (上午上班、下午下班), the times are defaults
 */
export function judgeCheckIn(told: CheckInFacts): CheckInVerdict {
  const facts = onTurn(told)
  const { at, existing, rules, makeup } = facts
  const kind = facts.kind ?? guessKind(facts)
  const standing = existing.filter(checkIn => checkIn.kind === kind).map(checkIn => checkIn.at)
  const result = makeup ? 'makeup' : kind === 'on' ? judgeOnTime(at, facts) : judgeOffTime(at, facts)
  const clause = kind === 'on' ? rules.onBy.clause : rules.offFrom.clause
  if (standing.length === 0) return { kind, result, clause, contradicts: findContradiction(facts) }
  return { kind, result, clause, repeats: kind === 'on' ? Math.min(...standing) : Math.max(...standing) }
}

/** A kind that was guessed is never held against its owner, and in the morning coming only puts a wrong button right. */
function findContradiction({ at, startsAt, existing, kind, hours, rules }: CheckInFacts): number | undefined {
  if (!kind || (kind === 'on' && at - startsAt < splitOf(rules, hours))) return undefined
  const others = existing.filter(checkIn => checkIn.kind !== kind).map(checkIn => checkIn.at)
  return others.find(other => (kind === 'on' ? other < at : at < other))
}

function guessKind(facts: CheckInFacts): CheckInKind {
  const { at, startsAt, existing, leave, away, hours, rules } = facts
  const on = existing.findLast(checkIn => checkIn.kind === 'on')
  if (at - startsAt >= splitOf(rules, hours)) {
    const comesAtNoon = existing.length === 0 && (leave === 'am' || away === 'am')
    return comesAtNoon && judgeOffTime(at, facts) === 'early' ? 'on' : 'off'
  }
  if (!on) return 'on'
  return on === existing.at(-1) && at - on.at < rules.repeatMinutes.value * minuteMs ? 'on' : 'off'
}

/** From when a bare 打卡 means off: with hours of one's own, half-way through them. */
function splitOf(rules: AttendanceRules, hours: DutyHours | undefined): number {
  return hours ? (hours.onBefore + hours.offFrom) / 2 : parseTime(rules.splitAt.value)
}

/**
 * Half a day off frees from what falls into that half: of a turn that begins in the evening, the afternoon frees from its beginning, and
 * its end on the next day stays owed unless the whole day is off.
 */
function onTurn<T extends Pick<CheckInFacts, 'leave' | 'away' | 'hours' | 'rules'>>(facts: T): T {
  const { hours, leave, away, rules } = facts
  if (!hours) return facts
  const noon = parseTime(rules.splitAt.value)
  const halfOf = (sinceMidnightMs: number) =>
    sinceMidnightMs > dayMs ? undefined : sinceMidnightMs <= noon ? ('am' as const) : ('pm' as const)
  const part = (told: LeaveOfDay | undefined): LeaveOfDay | undefined => {
    if (told === undefined || told === 'day') return told
    const [freesOn, freesOff] = [halfOf(hours.onBefore) === told, halfOf(hours.offFrom) === told]
    return freesOn && freesOff ? 'day' : freesOn ? 'am' : freesOff ? 'pm' : undefined
  }
  return { ...facts, leave: part(leave), away: part(away) }
}

type Duty = Pick<CheckInFacts, 'startsAt' | 'due' | 'leave' | 'away' | 'hours' | 'rules'>

function judgeOnTime(at: number, { startsAt, due, leave, away, hours, rules }: Duty): 'onTime' | 'late' {
  if (!due || covers(leave, 'on') || covers(away, 'on')) return 'onTime'
  return isByOn(at - startsAt, rules, hours) ? 'onTime' : 'late'
}

function judgeOffTime(at: number, { startsAt, due, leave, away, hours, rules }: Duty): 'onTime' | 'early' {
  if (!due || covers(leave, 'off') || covers(away, 'off')) return 'onTime'
  return at - startsAt >= (hours?.offFrom ?? parseTime(rules.offFrom.value)) - graceMs(rules) ? 'onTime' : 'early'
}

/** `onBy` names the last second in time: 08:30:59.999 still is. */
function isByOn(sinceMidnightMs: number, rules: AttendanceRules, hours: DutyHours | undefined): boolean {
  return sinceMidnightMs < (hours?.onBefore ?? parseTime(rules.onBy.value) + 1000) + graceMs(rules)
}

function graceMs(rules: AttendanceRules): number {
  return rules.graceMinutes.value * minuteMs
}

/** A morning off, or spent elsewhere, frees from `on`; an afternoon from `off`. */
export function covers(part: LeaveOfDay | undefined, kind: CheckInKind): boolean {
  return part === 'day' || part === (kind === 'on' ? 'am' : 'pm')
}

export type OnState = 'onTime' | 'late' | 'makeup' | 'missing' | 'pending' | 'leave' | 'off'
export type OffState = 'ok' | 'early' | 'makeup' | 'missing' | 'pending' | 'leave' | 'off'

export interface AttendanceDayFacts {
  /** Whether the person owes check-ins on this day: by role, and a working day. */
  due: boolean
  checkIns: readonly CheckIn[]
  leave?: LeaveOfDay
  /** Work elsewhere counts as being there. */
  away?: LeaveOfDay
  /** 00:00 of the day, as an instant. */
  startsAt: number
  now: number
  /** The day's year is not known yet: nothing is held missing before it is. */
  provisional?: boolean
  /** Of that day alone, where a roster sets them; else the pack's. */
  hours?: DutyHours
  rules: AttendanceRules
}

/**
 * How the two halves of one person's day stand. The first `on` and the last `off` count.
 *
 * `missing` only after the time is up: `on` after its last second in time, `off` at the day's end.
 * `off`: nothing was owed and nothing was done. Leave wins over a check-in, so that the half is not counted as owed.
 * Source: S0-25; no absence follows from a provisional day (design.md decision 2c)
 */
export function judgeAttendanceDay(told: AttendanceDayFacts): { on: OnState; off: OffState } {
  const facts = onTurn(told)
  const { due, checkIns, leave, away, startsAt, now, provisional, hours, rules } = facts
  const on = checkIns.filter(checkIn => checkIn.kind === 'on').sort(byTime)[0]
  const off = checkIns
    .filter(checkIn => checkIn.kind === 'off')
    .sort(byTime)
    .at(-1)

  return { on: judgeOn(), off: judgeOff() }

  function judgeOn(): OnState {
    if (due && covers(leave, 'on')) return 'leave'
    if (on?.makeup) return 'makeup'
    if (on && !covers(away, 'on')) return (on.official ?? judgeOnTime(on.at, facts)) === 'late' ? 'late' : 'onTime'
    if (!due && !on) return 'off'
    if (on || covers(away, 'on')) return 'onTime'
    return isByOn(now - startsAt, rules, hours) || provisional ? 'pending' : 'missing'
  }

  function judgeOff(): OffState {
    if (due && covers(leave, 'off')) return 'leave'
    if (off?.makeup) return 'makeup'
    if (off && !covers(away, 'off')) return (off.official ?? judgeOffTime(off.at, facts)) === 'early' ? 'early' : 'ok'
    if (!due && !off) return 'off'
    if (off || covers(away, 'off')) return 'ok'
    return now - startsAt < (hours?.closesAt ?? dayMs) || provisional ? 'pending' : 'missing'
  }
}

function byTime(a: CheckIn, b: CheckIn): number {
  return a.at - b.at
}
