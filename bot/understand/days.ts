/** Local days `2026-11-18` and their arithmetic. Pure: proleptic Gregorian, no time zone involved. */

const DAY_MS = 86_400_000

const toMs = (day: string): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)))
const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** @returns the day `count` days after `day` (before, where negative). */
export function addDays(day: string, count: number): string {
  return toDay(toMs(day) + count * DAY_MS)
}

/** @returns whole days from `from` to `to`. */
export function countDays(from: string, to: string): number {
  return Math.round((toMs(to) - toMs(from)) / DAY_MS)
}

/** @returns 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(toMs(day)).getUTCDay() || 7
}

/** @returns the day, or undefined where the month has no such day. */
export function makeDay(year: number, month: number, date: number): string | undefined {
  if (month < 1 || month > 12 || date < 1 || date > 31) return undefined
  const ms = Date.UTC(year, month - 1, date)
  return new Date(ms).getUTCDate() === date ? toDay(ms) : undefined
}

/** @returns the last day of the month that lies `offset` months after the month of `day`. */
export function endOfMonth(day: string, offset = 0): string {
  return toDay(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) + offset, 0))
}

/** @returns true for a day that the calendar has, written `2026-11-18`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  return makeDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))) === text
}
