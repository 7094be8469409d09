/**
 * Days, weeks, months and clock times of Asia/Shanghai as plain arithmetic on epoch milliseconds.
 *
 * The offset is fixed at +08:00 (China has kept one zone without daylight saving since 1991), and only the UTC side of
 * `Date` is used: the answers are the same under every process time zone.
 */

/** A local day, `2026-11-18`. Days compare rightly as strings. */
export type Day = string
/** Local days from `from` to `to`, both included. */
export interface DayRange {
  from: Day
  to: Day
}
/** The spans of time that people name without a date. */
export type PeriodWord =
  | 'today'
  | 'yesterday'
  | 'thisWeek'
  | 'lastWeek'
  | 'thisMonth'
  | 'lastMonth'
  | 'thisQuarter'
  | 'thisYear'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
const offsetMs = 8 * hourMs

const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/
const timeForm = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/
const instantForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,3})\d*)?(Z|[+-]\d{2}:\d{2})?)?$/
const weekdayNames = ['一', '二', '三', '四', '五', '六', '日'] as const

/** Whole days since 1970-01-01. @throws {RangeError} where `day` is no day of the calendar. */
function dayNumberOf(day: Day): number {
  const [, year, month, date] = dayForm.exec(day) ?? []
  const number = Date.UTC(Number(year), Number(month) - 1, Number(date)) / dayMs
  if (dayOfNumber(number) !== day) throw new RangeError(`not a day: ${day}`)
  return number
}

function dayOfNumber(number: number): Day {
  return Number.isFinite(number) ? new Date(number * dayMs).toISOString().slice(0, 10) : ''
}

/** Whether `text` is a day of the calendar in the form `2026-11-18`. */
export function isDay(text: string): boolean {
  const [, year, month, date] = dayForm.exec(text) ?? []
  return year !== undefined && dayOfNumber(Date.UTC(Number(year), Number(month) - 1, Number(date)) / dayMs) === text
}

/** The local day on which the instant lies. */
export function dayOf(atMs: number): Day {
  return new Date(atMs + offsetMs).toISOString().slice(0, 10)
}

/** The local time of day, `08:21`. */
export function timeOf(atMs: number): string {
  return new Date(atMs + offsetMs).toISOString().slice(11, 16)
}

/** Milliseconds since local midnight. */
export function timeOfDayMs(atMs: number): number {
  return (((atMs + offsetMs) % dayMs) + dayMs) % dayMs
}

/** Milliseconds from midnight to `08:30`, `08:30:59` or `24:00`. @throws {RangeError} where `time` is none of these. */
export function parseTime(time: string): number {
  if (time === '24:00') return dayMs
  const [all, hours, minutes, seconds = '0'] = timeForm.exec(time) ?? []
  if (all === undefined) throw new RangeError(`not a time of day: ${time}`)
  return Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * 1000
}

/** The instant at which `time` (`16:00`, `15:59:59`) strikes on a local day. */
export function instantAt(day: Day, time: string): number {
  return dayNumberOf(day) * dayMs - offsetMs + parseTime(time)
}

/** 24:00 of the day: the first instant that no longer belongs to it. */
export function endOfDay(day: Day): number {
  return instantAt(day, '24:00')
}

/** The day `count` days later; earlier where negative. */
export function addDays(day: Day, count: number): Day {
  return dayOfNumber(dayNumberOf(day) + count)
}

/** The same date `count` months later, or the last day of that month where it is shorter (31 January + 1 is 28 February). */
export function addMonths(day: Day, count: number): Day {
  const shifted = shiftMonth(monthOf(day), count)
  const last = monthRange(shifted).to
  const same = `${shifted}-${day.slice(8)}`
  return same < last ? same : last
}

/** How many days `to` lies after `from`; negative where before. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumberOf(to) - dayNumberOf(from)
}

/** Whether the day lies in the range, its ends included. */
export function isWithin(day: Day, { from, to }: DayRange): boolean {
  return from <= day && day <= to
}

/** Every day of the range in order; none where it ends before it begins. */
export function listDays({ from, to }: DayRange): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index))
}

/** 1 for Monday … 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return ((((dayNumberOf(day) + 3) % 7) + 7) % 7) + 1
}

/** The Monday of the day's week. */
export function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day))
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** `2026-W47`: the ISO week, which belongs to the year of its Thursday. */
export function isoWeekOf(day: Day): string {
  const thursday = addDays(mondayOf(day), 3)
  const week = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1
  return `${thursday.slice(0, 4)}-W${pad(week)}`
}

/** `2026-11`. */
export function monthOf(day: Day): string {
  return day.slice(0, 7)
}

/** `2026-Q4`. */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/** `2026-H2`. */
export function halfYearOf(day: Day): string {
  return `${day.slice(0, 4)}-H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`
}

/** First and last day of a month `2026-11`. */
export function monthRange(month: string): DayRange {
  return { from: `${month}-01`, to: addDays(`${shiftMonth(month, 1)}-01`, -1) }
}

/**
 * First and last day of a year `2026`, half-year `2026-H2`, quarter `2026-Q4`, month `2026-11`, ISO week `2026-W47` or day.
 *
 * @throws {RangeError} where `period` has none of these forms
 */
export function periodRange(period: string): DayRange {
  const range = findPeriodRange(period)
  if (!range) throw new RangeError(`not a period: ${period}`)
  return range
}

function findPeriodRange(period: string): DayRange | undefined {
  const year = period.slice(0, 4)
  if (/^\d{4}$/.test(period)) return { from: `${year}-01-01`, to: `${year}-12-31` }
  if (/^\d{4}-H[12]$/.test(period)) return monthSpan(year, Number(period[6]) * 6 - 5, 6)
  if (/^\d{4}-Q[1-4]$/.test(period)) return monthSpan(year, Number(period[6]) * 3 - 2, 3)
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return monthRange(period)
  if (/^\d{4}-W\d{2}$/.test(period)) return weekRange(period)
  return isDay(period) ? { from: period, to: period } : undefined
}

function monthSpan(year: string, firstMonth: number, months: number): DayRange {
  const first = `${year}-${pad(firstMonth)}`
  return { from: `${first}-01`, to: monthRange(shiftMonth(first, months - 1)).to }
}

/** The fourth of January always lies in week 1; a week 53 that the year does not have is no week. */
function weekRange(week: string): DayRange | undefined {
  const from = addDays(mondayOf(`${week.slice(0, 4)}-01-04`), (Number(week.slice(6)) - 1) * 7)
  return isoWeekOf(from) === week ? { from, to: addDays(from, 6) } : undefined
}

/** First and last day of a span named from `today`; weeks start on Monday. */
export function namedRange(word: PeriodWord, today: Day): DayRange {
  switch (word) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'thisWeek':
      return periodRange(isoWeekOf(today))
    case 'lastWeek':
      return periodRange(isoWeekOf(addDays(today, -7)))
    case 'thisMonth':
      return monthRange(monthOf(today))
    case 'lastMonth':
      return monthRange(shiftMonth(monthOf(today), -1))
    case 'thisQuarter':
      return periodRange(quarterOf(today))
    case 'thisYear':
      return periodRange(today.slice(0, 4))
  }
}

/** `2026-11-18T08:21:00+08:00`, to the second. */
export function formatInstant(atMs: number): string {
  return `${new Date(atMs + offsetMs).toISOString().slice(0, 19)}+08:00`
}

/**
 * Epoch ms of an ISO 8601 instant with `Z` or an offset, of a local time without zone (`2026-11-20T15:00`), or of a day
 * alone (its 00:00); undefined where it is none of these.
 */
export function parseInstant(text: string): number | undefined {
  const [, day, time = '00:00', fraction = '', zone] = instantForm.exec(text.trim()) ?? []
  if (day === undefined || !isDay(day) || !timeForm.test(time)) return undefined
  const local = instantAt(day, time) + Number(fraction.padEnd(3, '0'))
  if (zone === undefined) return local
  const [sign, hours, minutes] =
    zone === 'Z' ? [1, 0, 0] : [zone[0] === '-' ? -1 : 1, +zone.slice(1, 3), +zone.slice(4)]
  return local + offsetMs - sign * (hours * hourMs + minutes * minuteMs)
}

/** `11月18日（周三）`. */
export function formatDayShort(day: Day): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（周${weekdayNames[weekdayOf(day) - 1]}）`
}

/** `2026年11月` of a month `2026-11`. */
export function formatMonth(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`
}

/** `2/24`, the shortest form for sums; `2027/1/4` where the year is not that of `reference`. */
export function formatDayCompact(day: Day, reference: Day): string {
  const date = `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`
  return yearOf(day) === yearOf(reference) ? date : `${yearOf(day)}/${date}`
}

/** `11月18日（周三）15:00`. */
export function formatMoment(atMs: number): string {
  return `${formatDayShort(dayOf(atMs))}${timeOf(atMs)}`
}

function shiftMonth(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
