import { type Day, type DayRange, endOfDay, instantAt, namedRange } from '../../policy/time.ts'
import type { Period } from '../slots.ts'

const periodNames: Record<Period, string> = {
  today: '今天',
  yesterday: '昨天',
  thisWeek: '本周',
  lastWeek: '上周',
  thisMonth: '本月',
  lastMonth: '上月',
  thisQuarter: '本季度',
  thisYear: '今年',
}

/** The days a question is about, never beyond today. */
export function readPeriod(period: Period, today: Day): DayRange & { name: string } {
  const { from, to } = namedRange(period, today)
  return { from, to: to < today ? to : today, name: periodNames[period] }
}

/** The same as instants, the end not included. */
export function instantsOf({ from, to }: DayRange): { from: number; to: number } {
  return { from: instantAt(from, '00:00'), to: endOfDay(to) }
}
