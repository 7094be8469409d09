import type { Pack } from './pack.ts'
import { type Day, dayMs, hourMs, instantAt, minuteMs, parseTime } from './time.ts'

export type ShiftKind = NonNullable<Pack['shifts']>['kinds']['value'][number]

/** When one turn of duty begins and ends, as UTC epoch ms; a night ends on the next day. Source: S4B-01 */
export function spanOfShift({ from, until }: ShiftKind, day: Day): { startsAt: number; endsAt: number } {
  const length = parseTime(until) - parseTime(from)
  const startsAt = instantAt(day, from)
  return { startsAt, endsAt: startsAt + (length > 0 ? length : length + dayMs) }
}

/** The hours of duty of one day in milliseconds since its 00:00, where a roster sets them; the end may lie beyond 24:00. */
export interface DutyHours {
  /** The last millisecond in time is the one before this. */
  onBefore: number
  offFrom: number
  /** Until then a missing `off` may still come. */
  closesAt: number
}

/** Whoever comes in the minute in which the turn begins is in time; the end may be told until four hours later. Source: S4B-01, defaults */
export function judgeDutyHours(
  day: Day,
  spans: readonly { startsAt: number; endsAt: number }[],
): DutyHours | undefined {
  if (spans.length === 0) return undefined
  const midnight = instantAt(day, '00:00')
  const offFrom = Math.max(...spans.map(({ endsAt }) => endsAt)) - midnight
  return {
    onBefore: Math.min(...spans.map(({ startsAt }) => startsAt)) - midnight + minuteMs,
    offFrom,
    closesAt: Math.max(dayMs, offFrom + 4 * hourMs),
  }
}

/** A turn that begins no earlier than this before now may be taken over already. */
export const EARLY_MS = 2 * hourMs
/** A turn that ended no longer than this ago may still be handed over. */
export const LATE_MS = 4 * hourMs
