import type { WorkCalendar } from './calendar.ts'
import type { QuietRules } from './pack.ts'
import { dayOf, instantAt, parseTime, timeOfDayMs } from './time.ts'

export interface QuietVerdict {
  quiet: boolean
  /** The first instant that is not quiet any more; `at` itself where it is not quiet. */
  endsAt: number
}

/**
 * Whether what is not urgent must wait, and until when. Quiet runs overnight from `rules.from` to `rules.to` and, where
 * the pack says so, over whole non-working days: Friday 20:00 then ends on Monday 08:00.
 * Answers to one's own message and the urgent path never ask. Source: expectations.md §3 (安静), a default
 */
export function judgeQuiet(at: number, rules: QuietRules, calendar: WorkCalendar): QuietVerdict {
  const day = dayOf(at)
  const { from, to, nonWorkdays } = rules.value
  const isActiveDay = (candidate: string) => !nonWorkdays || calendar.isWorkday(candidate)
  const nextActiveDay = nonWorkdays ? calendar.nextWorkday(day) : dayOf(instantAt(day, '24:00'))

  if (!isActiveDay(day) || timeOfDayMs(at) >= parseTime(from))
    return { quiet: true, endsAt: instantAt(nextActiveDay, to) }
  if (timeOfDayMs(at) < parseTime(to)) return { quiet: true, endsAt: instantAt(day, to) }
  return { quiet: false, endsAt: at }
}
