import type { WorkCalendar } from './calendar.ts'
import type { Pack } from './pack.ts'
import { addDays, type Day, type DayRange, listDays, mondayOf } from './time.ts'
import type { Verdict } from './verdict.ts'

/** What the grid owes in one week. */
export interface WeekQuota extends Verdict {
  rule: string
  /** Monday to Sunday. */
  week: DayRange
  /** What the document asks of a full week. */
  atLeast: number
  /** What this week owes: nothing without working days, and nothing where the year is not known. */
  owed: number
  workdays: number
}

/** The document's number of information items of each grid and week; undefined where it asks for none. */
export function findInfoQuota(pack: Pack): Pack['quota'][number] | undefined {
  return pack.quota.find(({ value }) => value.of === 'info' && value.per === 'week' && value.scope === 'grid')
}

/**
 * What a grid owes in the week of `day`: the document's number in a full week, in a shorter one its share by working days, rounded up.
 * A week with a make-up Saturday owes no more than a full one.
 *
 * @returns undefined where the pack asks for no number; `provisional` where a day of the week lies in a year without published holidays
 * Source: S2-25 (每个网格每周上报信息不少于5条)
 */
export function judgeWeekQuota(pack: Pack, calendar: WorkCalendar, day: Day): WeekQuota | undefined {
  const quota = findInfoQuota(pack)
  if (!quota) return undefined
  const week = { from: mondayOf(day), to: addDays(mondayOf(day), 6) }
  const full = pack.quotaCounting?.fullWeekWorkdays.value
  const workdays = calendar.workdaysBetween(week.from, week.to).length
  const provisional = listDays(week).some(current => !calendar.isKnown(current))
  const { atLeast } = quota.value
  const share = full ? Math.ceil((atLeast * Math.min(workdays, full)) / full) : atLeast
  const owed = provisional ? 0 : share
  const arithmetic = provisional
    ? '放假安排未导入，本周不计'
    : workdays === 0
      ? '本周没有工作日，不用报'
      : `本周${workdays}个工作日，应报${owed}条`
  return { ok: true, rule: quota.rule, clause: quota.clause, week, atLeast, owed, workdays, provisional, arithmetic }
}
