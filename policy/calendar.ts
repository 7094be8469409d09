import holidayTables from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import {
  addDays,
  type Day,
  type DayRange,
  daysBetween,
  formatDayCompact,
  listDays,
  mondayOf,
  weekdayOf,
  yearOf,
} from './time.ts'

/** One day that an administrator entered: it wins over the published tables. */
export interface CalendarDay {
  day: Day
  workday: boolean
  /** Why the day is free or worked, e.g. `春节`, `台风停工`. */
  name?: string
}

export interface CalendarAdditions {
  days?: readonly CalendarDay[]
  /** Years whose free and make-up days stand completely in `days`. */
  years?: readonly number[]
}

/** The end of a count of working days. */
export interface WorkdaySum {
  day: Day
  /** The sum in words, with the caveat where it is provisional: `2个工作日：2/14 上班，2/15–23 春节，2/24`. */
  arithmetic: string
  /** A counted day lies in a year whose holidays are not known yet. */
  provisional: boolean
}

/** What to do with a day that falls on a free day. Source: rules.md §1.8 (`holiday_shift`), S3A 遇节假日提前 */
export type HolidayShift = 'prev' | 'next' | 'none'

export interface WorkCalendar {
  /** Monday to Friday where the year is not known. */
  isWorkday(day: Day): boolean
  /** Whether the day's holidays are published or entered; if not, every answer about it is provisional. */
  isKnown(day: Day): boolean
  /** The last year whose holidays are known. */
  readonly lastKnownYear: number
  /** `春节` on a free day of it; undefined on working days and plain weekends. */
  holidayName(day: Day): string | undefined
  /** The first working day after `day`. */
  nextWorkday(day: Day): Day
  /** The last working day before `day`. */
  previousWorkday(day: Day): Day
  /** The first working day of the day's ISO week; a whole week can have none. */
  firstWorkdayOfWeek(day: Day): Day | undefined
  /** The working days from `from` to `to`, both included. */
  workdaysBetween(from: Day, to: Day): Day[]
  /**
   * The day on which `count` working days are over; day 0 is `day` itself, the first counted day the next working day.
   *
   * @param isPaused days that are passed over like free ones
   * @throws {RangeError} where `count` is negative or no whole number
   */
  addWorkdays(day: Day, count: number, isPaused?: (day: Day) => boolean): WorkdaySum
  /** `day` itself where it is a working day; else moved as `shift` says. */
  shiftHoliday(day: Day, shift: HolidayShift): Day
  /** The sentence for texts that rest on a day of an unknown year; undefined where the year is known. */
  caveatOf(day: Day): string | undefined
}

interface PublishedDay {
  workday: boolean
  name: string
}

/**
 * Day to published exception from Monday to Friday. Only the tables of `chinese-days` are used: its functions answer
 * wrongly beyond the last year and, in zones west of UTC, wrongly by a day. An entry reads `Spring Festival,春节,4`.
 */
const published: ReadonlyMap<Day, PublishedDay> = new Map([
  ...readTable(holidayTables.holidays, false),
  ...readTable(holidayTables.workdays, true),
])

/** The National Day marks a year as published: the first days of January may come with the year before. */
const publishedYears: readonly number[] = [...published.keys()].filter(day => day.endsWith('-10-01')).map(yearOf)

function readTable(table: Readonly<Record<Day, string>>, workday: boolean): [Day, PublishedDay][] {
  return Object.entries(table).map(([day, entry]) => [day, { workday, name: entry.split(',')[1] ?? '' }])
}

/** The one sentence about a year without published holidays. Source: rules.md §1.0 fact 5 */
function unknownYearCaveat(year: number): string {
  return `${year}年放假安排未导入，暂按周一至周五`
}

/** The work calendar of the State Council's schedule, with what the street's administrator added to it. */
export function createCalendar({ days = [], years = [] }: CalendarAdditions = {}): WorkCalendar {
  const entered = new Map(days.map(entry => [entry.day, entry]))
  const knownYears = new Set([...publishedYears, ...years])

  const exceptionOn = (day: Day) => entered.get(day) ?? published.get(day)
  const isKnown = (day: Day) => knownYears.has(yearOf(day)) || entered.has(day)
  const isWorkday = (day: Day) => exceptionOn(day)?.workday ?? weekdayOf(day) <= 5
  const workdaysBetween = (from: Day, to: Day) => listDays({ from, to }).filter(isWorkday)

  /** A calendar never changes, and the same few days are asked for again and again. */
  const workdayAfter = new Map<Day, Day>()
  const workdayBefore = new Map<Day, Day>()
  const stepToWorkday = (day: Day, step: 1 | -1): Day => {
    const steps = step === 1 ? workdayAfter : workdayBefore
    const known = steps.get(day)
    if (known !== undefined) return known
    let current = addDays(day, step)
    while (!isWorkday(current)) current = addDays(current, step)
    steps.set(day, current)
    return current
  }

  const calendar: WorkCalendar = {
    isWorkday,
    isKnown,
    lastKnownYear: Math.max(...knownYears),
    holidayName: day => (isWorkday(day) ? undefined : exceptionOn(day)?.name),
    nextWorkday: day => stepToWorkday(day, 1),
    previousWorkday: day => stepToWorkday(day, -1),
    firstWorkdayOfWeek: day => workdaysBetween(mondayOf(day), addDays(mondayOf(day), 6))[0],
    workdaysBetween,
    addWorkdays(day, count, isPaused = () => false) {
      if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a number of working days: ${count}`)
      let end = day
      for (let left = count; left > 0; left -= isPaused(end) ? 0 : 1) end = stepToWorkday(end, 1)
      const counted = listDays({ from: addDays(day, 1), to: end })
      const unknown = counted.find(current => !isKnown(current))
      const sum = spellSum(count, day, counted, current =>
        isWorkday(current) && isPaused(current) ? '暂停' : describeDay(current),
      )
      return {
        day: end,
        arithmetic: unknown ? `${sum}（${unknownYearCaveat(yearOf(unknown))}）` : sum,
        provisional: unknown !== undefined,
      }
    },
    shiftHoliday(day, shift) {
      if (shift === 'none' || isWorkday(day)) return day
      return stepToWorkday(day, shift === 'next' ? 1 : -1)
    },
    caveatOf: day => (isKnown(day) ? undefined : unknownYearCaveat(yearOf(day))),
  }

  /** What a sum says of a day: nothing of a plain working day, `上班` of a weekend day worked, else why it is free. */
  function describeDay(day: Day): string {
    const isWeekend = weekdayOf(day) > 5
    if (isWorkday(day)) return isWeekend ? '上班' : ''
    return exceptionOn(day)?.name ?? (isWeekend ? '周末' : '休息')
  }

  return calendar
}

function spellSum(count: number, day: Day, counted: readonly Day[], describeDay: (day: Day) => string): string {
  const runs: (DayRange & { words: string })[] = []
  for (const current of counted) {
    const words = describeDay(current)
    const last = runs.at(-1)
    if (last && last.words === words) last.to = current
    else runs.push({ from: current, to: current, words })
  }
  const parts = runs.map(run => `${spellRange(run, day)}${run.words && ` ${run.words}`}`)
  return `${count}个工作日：${parts.join('，') || '当天'}`
}

/** `2/24`, `2/15–23`, `9/30–10/3`; with the year where it is not that of day 0. */
function spellRange({ from, to }: DayRange, dayZero: Day): string {
  const first = formatDayCompact(from, dayZero)
  if (daysBetween(from, to) === 0) return first
  const isSameMonth = from.slice(0, 7) === to.slice(0, 7)
  return `${first}–${isSameMonth ? Number(to.slice(8)) : formatDayCompact(to, from)}`
}
