import type { WorkCalendar } from './calendar.ts'
import type { Pack } from './pack.ts'
import {
  addDays,
  addMonths,
  type Day,
  type DayRange,
  isoWeekOf,
  monthOf,
  periodRange,
  quarterOf,
  weekdayOf,
  yearOf,
} from './time.ts'

/** What a document asks of one kind of meeting. */
export type MeetingRule = Pack['meetings'][number]['value']

export interface MeetingFacts {
  calendar: WorkCalendar
  /** Where a fixed day goes that falls on a free one. */
  shift: Pack['holidayShift']['value']
}

/** A rule's own day of one month, and why it is not the day of the document. */
export interface RuledDay {
  day: Day
  /** The day as the document has it. */
  on: Day
  /** `国庆节`, `周末`; absent where the day stands. */
  movedFor?: string
}

/**
 * The day of the month on which a meeting is held by rule; moved before or behind free days as the document says.
 * Source: S3A-13 (每月3号上午（遇节假日提前）)
 *
 * @param month `2026-10`
 * @returns undefined where the rule names no day
 */
export function ruledDayOf(
  { onDay }: MeetingRule,
  month: string,
  { calendar, shift }: MeetingFacts,
): RuledDay | undefined {
  if (onDay === undefined) return undefined
  const { to } = periodRange(month)
  const named = `${month}-${String(onDay).padStart(2, '0')}`
  const on = named < to ? named : to
  const day = calendar.shiftHoliday(on, shift)
  if (day === on) return { day, on }
  return { day, on, movedFor: calendar.holidayName(on) ?? '周末' }
}

/** The week, month, quarter or year that a meeting on `day` counts for: `2026-W47`, `2026-11`, `2026-Q4`, `2026`. */
export function spanOf(rule: MeetingRule, day: Day, facts: MeetingFacts): string {
  switch (rule.period) {
    case 'week':
      return isoWeekOf(day)
    case 'month':
      return monthOfMeeting(rule, day, facts)
    case 'quarter':
      return quarterOf(day)
    case 'year':
      return String(yearOf(day))
  }
}

/** From the ruled day on it is the meeting of that month, also where the day was moved into the month before. */
function monthOfMeeting(rule: MeetingRule, day: Day, facts: MeetingFacts): string {
  const next = monthOf(addMonths(`${monthOf(day)}-01`, 1))
  const ruled = ruledDayOf(rule, next, facts)
  return ruled && ruled.day <= day ? next : monthOf(day)
}

/** The days on which a meeting counts for a span. */
export function daysOfSpan(rule: MeetingRule, span: string, facts: MeetingFacts): DayRange {
  const range = periodRange(span)
  if (rule.onDay === undefined || rule.period !== 'month') return range
  const ruled = ruledDayOf(rule, span, facts)!
  const after = ruledDayOf(rule, monthOf(addMonths(range.from, 1)), facts)!
  return {
    from: ruled.day < range.from ? ruled.day : range.from,
    to: after.day <= range.to ? addDays(after.day, -1) : range.to,
  }
}

/**
 * The days on which whoever owes a meeting hears that it is missing: Friday, or the last working day before it, of a week; the last
 * working day of a longer span; where the rule names a day, also two working days before it. A span without working days asks for none.
 * Source: S0-29 (Friday 10:00), S0-30, S0-31, S3A-13
 */
export function askDaysOf(rule: MeetingRule, span: string, facts: MeetingFacts): Day[] {
  const { calendar } = facts
  const { from, to } = periodRange(span)
  const workdays = calendar.workdaysBetween(from, to)
  if (workdays.length === 0) return []
  const tillFriday = workdays.filter(day => weekdayOf(day) <= 5)
  const last = rule.period === 'week' ? (tillFriday.at(-1) ?? workdays.at(-1)!) : workdays.at(-1)!
  const ruled = rule.period === 'month' ? ruledDayOf(rule, span, facts) : undefined
  if (!ruled) return [last]
  return [calendar.previousWorkday(calendar.previousWorkday(ruled.day)), last]
}
