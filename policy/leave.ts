import type { LeaveOfDay } from './attendance.ts'
import type { AttendanceRules } from './pack.ts'
import { addDays, type Day, dayOf, instantAt, parseTime, timeOfDayMs } from './time.ts'

export interface LeaveFacts {
  /** Local days, both included. */
  fromDay: Day
  toDay: Day
  /** Only this half of each day. */
  half?: Exclude<LeaveOfDay, 'day'>
  /** When the meeting begins that the leave frees from; then the days do not matter. */
  meetingStartsAt?: number
}

/**
 * Whether leave is told only after it has begun: a day begins when duty does, an afternoon at `splitAt`.
 * Such leave is still decided like any other. Source: S3A-36 (不得随意缺席…必须请假), the line between is a default
 */
export function isLateLeave({ fromDay, half, meetingStartsAt }: LeaveFacts, askedAt: number, rules: AttendanceRules) {
  const begins = meetingStartsAt ?? instantAt(fromDay, half === 'pm' ? rules.splitAt.value : rules.onBy.value)
  return askedAt > begins
}

/** What remains of a leave when its owner comes back early: none of it, its days until `toDay`, or all of it is used up. */
export type Return = { left: 'none' } | { left: 'until'; toDay: Day } | { left: 'used' }

/**
 * Back before noon, today is worked; back later, today stays leave. Source: S3A-19 (absence needs its reason, and no more of it
 * than was needed); noon is a default
 */
export function judgeReturn(
  { fromDay, toDay, meetingStartsAt }: LeaveFacts,
  at: number,
  rules: AttendanceRules,
): Return {
  if (meetingStartsAt !== undefined) return { left: at < meetingStartsAt ? 'none' : 'used' }
  const today = dayOf(at)
  const last = timeOfDayMs(at) < parseTime(rules.splitAt.value) ? addDays(today, -1) : today
  if (last >= toDay) return { left: 'used' }
  return last < fromDay ? { left: 'none' } : { left: 'until', toDay: last }
}
