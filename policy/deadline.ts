import type { HolidayShift, WorkCalendar, WorkdaySum } from './calendar.ts'
import { addDays, addMonths, type Day, type DayRange, endOfDay, formatDayCompact, instantAt, isWithin } from './time.ts'
import type { Verdict } from './verdict.ts'

/**
 * How long something may take. Day 0 is the day of the report; a limit in days or months ends at 24:00 of its last day.
 * `workday`: working days. `day`: days of the calendar. `month`: to the same date, or the month's last day.
 * `clock`: at a time of day, `count` days after day 0 (0: the same day).
 */
export type Limit = { clause: string; count: number } & (
  | { unit: 'workday' }
  | { unit: 'day' | 'month'; shift?: HolidayShift }
  | { unit: 'clock'; time: string }
)

export interface DeadlineFacts {
  /** The local day of the report. */
  reportedOn: Day
  limit: Limit
  calendar: WorkCalendar
  /** Days that do not count, both ends included: working days for a limit in working days, days for one in days or months. */
  pauses?: readonly DayRange[]
  /** When it was done, or now where it is not done yet: decides `ok`. Without it only the deadline is told. */
  at?: number
}

/**
 * The instant by which a stage must be done, with its sum in words.
 *
 * @returns `ok` unless `at` lies at or after `dueAt`; then `reason` is `overdue`
 * @throws {RangeError} where `limit.count` is negative or no whole number
 * Source: S2-28 (2/3/5 个工作日), S3B-05…08 (3/5 个工作日), S3A (7/15/30 天, 遇节假日提前), S0-21 (当日16:00前)
 */
export function judgeDeadline({ reportedOn, limit, calendar, pauses = [], at }: DeadlineFacts): Verdict {
  const { day, arithmetic, provisional } = countLimit(reportedOn, limit, calendar, pauses)
  const dueAt = limit.unit === 'clock' ? instantAt(day, limit.time) : endOfDay(day)
  const deadline = { clause: limit.clause, dueAt, day, arithmetic, provisional }
  return at !== undefined && at >= dueAt ? { ok: false, reason: 'overdue', ...deadline } : { ok: true, ...deadline }
}

function countLimit(reportedOn: Day, limit: Limit, calendar: WorkCalendar, pauses: readonly DayRange[]): WorkdaySum {
  const { count } = limit
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a limit: ${count}`)
  const isPaused = (day: Day) => pauses.some(pause => isWithin(day, pause))
  switch (limit.unit) {
    case 'workday':
      return count === 0 ? endSameWorkday() : calendar.addWorkdays(reportedOn, count, isPaused)
    case 'day':
      return shiftDue(addDays(reportedOn, count), `${count}天`)
    case 'month':
      return shiftDue(addMonths(reportedOn, count), `${count}个月`)
    case 'clock': {
      const day = addDays(reportedOn, count)
      const words = count === 0 ? '当日' : `${count}天后`
      return { day, arithmetic: `${words}：${formatDayCompact(day, reportedOn)} ${limit.time}`, provisional: false }
    }
  }

  /** 当日 means the same working day: what comes on a free day has until the end of the next one. */
  function endSameWorkday(): WorkdaySum {
    const isFree = !calendar.isWorkday(reportedOn)
    const sum = calendar.addWorkdays(reportedOn, isFree ? 1 : 0, isPaused)
    const words = `${isFree ? '非工作日，顺延至' : '当日：'}${formatDayCompact(sum.day, reportedOn)}`
    const caveat = calendar.caveatOf(reportedOn) ?? calendar.caveatOf(sum.day)
    return {
      day: sum.day,
      arithmetic: `${words}${caveat ? `（${caveat}）` : ''}`,
      provisional: caveat !== undefined,
    }
  }

  /** Days of the calendar need no holidays, unless the last one is moved off a free day. */
  function shiftDue(unpaused: Day, words: string): WorkdaySum {
    const { day: counted, paused } = passPauses(unpaused)
    const shift = 'shift' in limit ? (limit.shift ?? 'none') : 'none'
    const day = calendar.shiftHoliday(counted, shift)
    const sum = `${words}${paused > 0 ? `，暂停${paused}天不计` : ''}：${formatDayCompact(counted, reportedOn)}`
    const caveat = shift === 'none' ? undefined : (calendar.caveatOf(counted) ?? calendar.caveatOf(day))
    return {
      day,
      arithmetic: `${sum}${day === counted ? '' : describeMove(counted, day)}${caveat ? `（${caveat}）` : ''}`,
      provisional: caveat !== undefined,
    }
  }

  /** Each paused day between the report and the end moves the end by one, over days that may be paused themselves. */
  function passPauses(end: Day): { day: Day; paused: number } {
    let paused = 0
    let day = end
    for (let current = addDays(reportedOn, 1); current <= day; current = addDays(current, 1)) {
      if (!isPaused(current)) continue
      paused += 1
      day = addDays(day, 1)
    }
    return { day, paused }
  }

  function describeMove(counted: Day, day: Day): string {
    const why = calendar.holidayName(counted) ?? '周末'
    return ` ${why}，${day < counted ? '提前' : '顺延'}至${formatDayCompact(day, reportedOn)}`
  }
}
