import type { HolidayShift, WorkCalendar } from './calendar.ts'
import {
  addDays,
  type Day,
  type DayRange,
  halfYearOf,
  isDay,
  isoWeekOf,
  listDays,
  monthOf,
  monthRange,
  periodRange,
  quarterOf,
  yearOf,
} from './time.ts'

/**
 * How a standing task comes again: once in every such span, done by `on`: a weekday (1 Monday … 7), a day of the month
 * (31 in a short month is its last), or the first or last working day of the span. Every day means every working day.
 */
export interface Recurrence {
  every: 'day' | 'week' | 'month' | 'quarter' | 'halfYear' | 'year'
  on: number | 'first' | 'last'
}

/** One time of it. Local days; it is handed out on `opensOn` and due on `dueOn`. */
export interface Occurrence {
  opensOn: Day
  dueOn: Day
}

/** What goes with every rule: which days are worked, and what a due day on a free day becomes. */
export interface RecurrenceFacts {
  calendar: WorkCalendar
  shift: HolidayShift
}

/** No span is shorter than this before the next begins, and no due day is moved further out of its own. */
const MARGIN_DAYS = 40
/** Two spans ahead there is always one with working days. */
const AHEAD_DAYS: Record<Recurrence['every'], number> = {
  day: 30,
  week: 30,
  month: 62,
  quarter: 190,
  halfYear: 370,
  year: 740,
}

/**
 * The times of a task that are handed out from `from` to `to`, earliest first.
 *
 * Handed out on the first working day of the span, or on the due day where that comes earlier. A span without working days has
 * none: nobody is asked for a week that is a holiday.
 * Source: S0-19, S1-14; rules.md §1.0 fact 3
 */
export function listOccurrences(recurrence: Recurrence, { from, to }: DayRange, facts: RecurrenceFacts): Occurrence[] {
  const { every } = recurrence
  if (every === 'day') {
    return facts.calendar.workdaysBetween(from, to).map(day => ({ opensOn: day, dueOn: day }))
  }
  const wide = listDays({ from: addDays(from, -MARGIN_DAYS), to: addDays(to, MARGIN_DAYS) })
  const spans = new Set(wide.map(day => spanOf(every, day)))
  return [...spans].flatMap(span => {
    const found = occurrenceIn(recurrence, periodRange(span), facts)
    return found && from <= found.opensOn && found.opensOn <= to ? [found] : []
  })
}

/** The next time handed out on `day` or later. */
export function nextOccurrence(recurrence: Recurrence, day: Day, facts: RecurrenceFacts): Occurrence | undefined {
  const [next] = listOccurrences(recurrence, { from: day, to: addDays(day, AHEAD_DAYS[recurrence.every]) }, facts)
  return next
}

function spanOf(every: Exclude<Recurrence['every'], 'day'>, day: Day): string {
  switch (every) {
    case 'week':
      return isoWeekOf(day)
    case 'month':
      return monthOf(day)
    case 'quarter':
      return quarterOf(day)
    case 'halfYear':
      return halfYearOf(day)
    case 'year':
      return String(yearOf(day))
  }
}

function occurrenceIn({ every, on }: Recurrence, span: DayRange, facts: RecurrenceFacts): Occurrence | undefined {
  const { calendar, shift } = facts
  const workdays = calendar.workdaysBetween(span.from, span.to)
  const [first] = workdays
  if (!first) return undefined
  if (on === 'first') return { opensOn: first, dueOn: first }
  if (on === 'last') return { opensOn: first, dueOn: workdays.at(-1)! }
  const shifted = calendar.shiftHoliday(dayInSpan(every, on, span), shift)
  // A long holiday would push two weeks onto one day: a week keeps its own.
  const dueOn = every === 'week' && (shifted < span.from || span.to < shifted) ? nearest(workdays, shift) : shifted
  return { opensOn: first < dueOn ? first : dueOn, dueOn }
}

function nearest(workdays: readonly Day[], shift: HolidayShift): Day {
  return shift === 'prev' ? workdays[0]! : workdays.at(-1)!
}

function dayInSpan(every: Recurrence['every'], on: number, { from }: DayRange): Day {
  if (every === 'week') return addDays(from, on - 1)
  const { to } = monthRange(monthOf(from))
  const day = `${monthOf(from)}-${String(on).padStart(2, '0')}`
  return day < to ? day : to
}

const WEEKDAYS = '一二三四五六日'
const EVERY: Record<string, Recurrence['every']> = {
  天: 'day',
  日: 'day',
  个工作日: 'day',
  工作日: 'day',
  周: 'week',
  星期: 'week',
  礼拜: 'week',
  月: 'month',
  季度: 'quarter',
  季: 'quarter',
  半年: 'halfYear',
  年: 'year',
}
const NUMBER = '\\d{1,2}|[一二三四五六七八九十]{1,3}'
const DATE = '(?:(\\d{4})[-年/.])?(\\d{1,2})[-月/.](\\d{1,2})[日号]?'
/** `每周一次` tells how often something is done, not on which day. */
const TOLD = new RegExp(
  `每(?:个)?(工作日|天|日|周|星期|礼拜|月|季度|季|半年|年)(?:的)?(?:(最后一个工作日|第一个工作日|首个工作日|底|末|初)|(${NUMBER}|[日天])(?![次回遍轮个户人])(?:日|号)?)?`,
)
/** Behind a heading, or together with what is to be done then. */
const HEADED = /(?:周期|频次|频率)\s*[:：]?\s*(每[^\n，。；;]+)/
const DOING = /(每[^\n，。；;]{1,12}?前?)(?:完成|上报|报送|报到|报齐|派发|下发|布置|提交)/

/**
 * How often a task comes again, in words: `周期：每月3日`, `每周五前上报`, `每月最后一个工作日报送`, `每季度完成`.
 *
 * @returns undefined where the words tell no such rule; `每周不少于一次` is a demand on the work, not a rule
 */
export function parseRecurrence(words: string): Recurrence | undefined {
  const told = words.normalize('NFKC')
  const phrase = HEADED.exec(told)?.[1] ?? DOING.exec(told)?.[1]
  const [, span, edge, number] = (phrase && TOLD.exec(phrase)) || []
  const every = span === undefined ? undefined : EVERY[span]
  if (!every) return undefined
  if (every === 'day') return { every, on: 'last' }
  if (edge) return { every, on: /^(?:第一|首|初)/.test(edge) ? 'first' : 'last' }
  if (number === undefined) return { every, on: 'last' }
  const on = every === 'week' ? weekdayIn(number) : numberIn(number)
  if (every === 'week') return on ? { every, on } : undefined
  return every === 'month' && on >= 1 && on <= 31 ? { every, on } : undefined
}

function weekdayIn(word: string): number {
  return /^[1-7]$/.test(word) ? Number(word) : WEEKDAYS.indexOf(word === '天' ? '日' : word) + 1
}

/** 一 … 三十一, or digits; 0 where it is neither. */
function numberIn(word: string): number {
  if (/^\d+$/.test(word)) return Number(word)
  const [, tens, ten, ones] = /^([一二三])?(十)?([一二三四五六七八九])?$/.exec(word) ?? []
  const digit = (sign: string | undefined) => (sign ? '一二三四五六七八九'.indexOf(sign) + 1 : 0)
  if (!ten) return digit(ones ?? tens)
  return (tens ? digit(tens) : 1) * 10 + digit(ones)
}

/**
 * From when until when a task runs: `从12月1日起`, `自2026-12-01至2027-06-30`, `到2027年6月30日止`. A day without a year is the
 * next such day, counted from `today`.
 */
export function parseSpan(words: string, today: Day): { startsOn?: Day; endsOn?: Day } {
  const told = words.normalize('NFKC')
  const start = new RegExp(`(?:从|自|起始[:：]?|开始[:：]?)\\s*${DATE}`).exec(told)
  const startsOn = start ? nextDay(start, today) : undefined
  const end = new RegExp(`(?:至|到|截止到?|结束[:：]?)\\s*${DATE}`).exec(told)
  const endsOn = end ? nextDay(end, startsOn ?? today) : undefined
  return { ...(startsOn && { startsOn }), ...(endsOn && { endsOn }) }
}

function nextDay([, year, month, date]: RegExpExecArray, after: Day): Day | undefined {
  const inYear = (number: number) => `${number}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`
  const day = inYear(year ? Number(year) : yearOf(after))
  const found = year || day >= after ? day : inYear(yearOf(after) + 1)
  return isDay(found) ? found : undefined
}

const SPANS: Record<Recurrence['every'], string> = {
  day: '每个工作日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  halfYear: '每半年',
  year: '每年',
}

/** `每月3日`, `每周五`, `每季度最后一个工作日`: what `parseRecurrence` reads back behind 周期. */
export function renderRecurrence({ every, on }: Recurrence): string {
  if (every === 'day') return SPANS.day
  if (on === 'first') return `${SPANS[every]}第一个工作日`
  if (on === 'last') return `${SPANS[every]}最后一个工作日`
  return every === 'week' ? `${SPANS.week}${WEEKDAYS[on - 1]}` : `${SPANS[every]}${on}日`
}
