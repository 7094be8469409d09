/** Every household once within the first days of a month: what is owed by when, and how far it is. Pure. */
import type { HolidayShift, WorkCalendar } from './calendar.ts'
import { type Day, type DayRange, isWithin, listDays, monthRange } from './time.ts'

/** The values of the pack that the arithmetic needs. */
export interface CoverageRules {
  days: { value: { from: number; to: number } }
  onWorkdays: { value: boolean }
  reportDays: { value: readonly number[] }
  reportShift: { value: HolidayShift }
}

/** What a month asks for up to a day. */
export interface CoveragePlan {
  window: DayRange
  /** The days on which the visits are made. */
  days: Day[]
  /** Households a day, rounded up; 0 where the window has no such day. */
  perDay: number
  /** What should be done when the day before `today` ended: nobody is behind on a day that still lasts. */
  owed: number
  /** Days of the window left from `today` on. */
  daysLeft: number
  /** The calendar of the year is not known yet: no gap follows from the plan. */
  provisional: boolean
}

/**
 * Spreads the households of a grid over the days of the window.
 *
 * @param month `2026-10`; `total` households
 * Source: S3A-09 (原则上每月的1至15日集中走访一遍网格内所有的居民); on working days, by default
 */
export function planCoverage(
  month: string,
  total: number,
  today: Day,
  { rules, calendar }: { rules: CoverageRules; calendar: WorkCalendar },
): CoveragePlan {
  const { from, to } = rules.days.value
  const window = { from: dayIn(month, from), to: dayIn(month, to) }
  const days = rules.onWorkdays.value ? calendar.workdaysBetween(window.from, window.to) : listDays(window)
  const past = days.filter(day => day < today).length
  return {
    window,
    days,
    perDay: days.length === 0 ? 0 : Math.ceil(total / days.length),
    owed: days.length === 0 ? 0 : Math.ceil((total * past) / days.length),
    daysLeft: days.length - past,
    provisional: !calendar.isKnown(window.to),
  }
}

/** One report of a month; `final` closes it. */
export interface ReportDue {
  round: 'first' | 'final'
  /** The day it was written for, before holidays moved it. */
  named: Day
  on: Day
}

/**
 * When the visits of a month are reported. Two that a holiday moves to one day are one report, the final one.
 * Source: S3A-10 (分别于每月15日和20日前报镇司法所); earlier on holidays, by default as S3A-13 says of meetings
 */
export function listReportDues(month: string, rules: CoverageRules, calendar: WorkCalendar): ReportDue[] {
  const named = rules.reportDays.value.map(date => dayIn(month, date))
  const dues = named.map(
    (day, index): ReportDue => ({
      round: index === named.length - 1 ? 'final' : 'first',
      named: day,
      on: calendar.shiftHoliday(day, rules.reportShift.value),
    }),
  )
  return dues.filter(({ on }, index) => dues[index + 1]?.on !== on)
}

/** The day with this date, or the last one of a shorter month. */
function dayIn(month: string, date: number): Day {
  const day = `${month}-${String(date).padStart(2, '0')}`
  const { to } = monthRange(month)
  return day < to ? day : to
}

/** A household as counting sees it. */
export interface CountedHousehold {
  id: string
  building?: string
  memberId?: string
  /** Nobody to visit from this day on. */
  closedOn?: Day
}

/** One visit; `key` tells the same household again where there is no register. */
export interface CountedVisit {
  day: Day
  householdId?: string
  building?: string
  key: string
  /** Somebody went and met nobody. */
  isAttempt: boolean
  /** How many households it was, where it was several at once. */
  households?: number
}

export interface BuildingLeft {
  building: string
  /** Absent where only the grid's total is known. */
  left?: number
}

/** How far the households of a grid are visited. */
export interface Coverage {
  total: number
  done: number
  left: number
  /** Of those done: nobody was met, on as many days as count as a visit. */
  attempted: number
  /** Ids of households that still wait; empty without a register. */
  waiting: string[]
  /** Where somebody still waits, most first. */
  buildings: BuildingLeft[]
}

/**
 * Counts households, not visits. Nobody met on `attempts` different days counts as visited; whoever moved is not counted at all.
 * Several households told at once (3幢5户) count in their building, never more than are left there.
 * Source: S3A-09
 */
export function countCoverage(
  households: readonly CountedHousehold[],
  visits: readonly CountedVisit[],
  { range, attempts }: { range: DayRange; attempts: number },
): Coverage {
  const counting = visits.filter(({ day }) => isWithin(day, range))
  const open = households.filter(({ closedOn }) => closedOn === undefined || closedOn > range.to)
  const met = new Set(counting.flatMap(visit => (visit.householdId && !visit.isAttempt ? [visit.householdId] : [])))
  const tried = new Set(open.map(({ id }) => id).filter(id => !met.has(id) && countTries(counting, id) >= attempts))
  const waiting = open.filter(({ id }) => !met.has(id) && !tried.has(id))
  const left = new Map<string, number>()
  for (const { building = '' } of waiting) left.set(building, (left.get(building) ?? 0) + 1)
  let unnamed = 0
  for (const { householdId, isAttempt, households: several = 0, building = '' } of counting) {
    if (householdId !== undefined || isAttempt || several === 0) continue
    const here = Math.min(several, left.get(building) ?? 0)
    left.set(building, (left.get(building) ?? 0) - here)
    unnamed += building === '' ? several - here : 0
  }
  const waitingCount = Math.max(0, sum(left.values()) - unnamed)
  return {
    total: open.length,
    done: open.length - waitingCount,
    left: waitingCount,
    attempted: tried.size,
    waiting: waiting.map(({ id }) => id),
    buildings: [...left]
      .filter(([building, count]) => building !== '' && count > 0)
      .map(([building, count]) => ({ building, left: count }))
      .sort((a, b) => b.left - a.left || compareBuildings(a.building, b.building)),
  }
}

function countTries(visits: readonly CountedVisit[], id: string): number {
  return new Set(visits.filter(visit => visit.householdId === id && visit.isAttempt).map(({ day }) => day)).size
}

/**
 * The same where the street has no register of households: different people and doors, out of the number the grid has.
 * A building is left while nobody was visited there.
 */
export function countWithoutRegister(
  { total, buildings }: { total: number; buildings: readonly string[] },
  visits: readonly CountedVisit[],
  { range, attempts }: { range: DayRange; attempts: number },
): Coverage {
  const counting = visits.filter(({ day }) => isWithin(day, range))
  const byKey = new Map<string, CountedVisit[]>()
  for (const visit of counting) byKey.set(visit.key, [...(byKey.get(visit.key) ?? []), visit])
  let done = 0
  let attempted = 0
  for (const own of byKey.values()) {
    const met = own.filter(({ isAttempt }) => !isAttempt)
    const tries = new Set(own.map(({ day }) => day)).size
    if (met.length > 0) done += Math.max(1, sum(met.map(({ households = 0 }) => households)))
    else if (tries >= attempts) attempted += 1
  }
  const reached = Math.min(total, done + attempted)
  const visited = new Set(counting.filter(({ isAttempt }) => !isAttempt).map(({ building }) => building))
  return {
    total,
    done: reached,
    left: total - reached,
    attempted,
    waiting: [],
    buildings: reached === total ? [] : buildings.filter(one => !visited.has(one)).map(building => ({ building })),
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}

/** 2 before 10, letters behind. */
function compareBuildings(a: string, b: string): number {
  return a.localeCompare(b, 'zh', { numeric: true })
}
