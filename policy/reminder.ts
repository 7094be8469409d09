import type { WorkCalendar } from './calendar.ts'
import { type Day, dayMs, dayOf, instantAt } from './time.ts'

/** Half of the time is over · the working day before · the day itself · the time is up. */
export type ReminderKind = 'half' | 'dayBefore' | 'dueDay' | 'overdue'

export interface Reminder {
  kind: ReminderKind
  /** UTC epoch ms; it is told in the first run at or after it. */
  at: number
}

export interface ReminderFacts {
  /** When the task reached its people. */
  givenAt: number
  /** When it is up; a day ends at 24:00. */
  dueAt: number
  /** `09:00`: when the day's first reminder goes. */
  morning: string
  calendar: WorkCalendar
}

/** A task shorter than this has no half-time worth a message. */
const SHORTEST_FOR_HALF_MS = 2 * dayMs

/**
 * When those who have not finished are reminded, earliest first. A due day without work is treated as the working day before it.
 * None lies outside the time between giving and due, but for `overdue`, which is the due instant itself.
 * Source: issue "task notices" part 4 (defaults: the documents name no reminders)
 */
export function listReminders({ givenAt, dueAt, morning, calendar }: ReminderFacts): Reminder[] {
  const lastDay = calendar.shiftHoliday(dueDayOf(dueAt), 'prev')
  const reminders: Reminder[] = [
    { kind: 'dayBefore', at: instantAt(calendar.previousWorkday(lastDay), morning) },
    { kind: 'dueDay', at: instantAt(lastDay, morning) },
  ]
  if (dueAt - givenAt >= SHORTEST_FOR_HALF_MS) {
    reminders.push({ kind: 'half', at: givenAt + Math.floor((dueAt - givenAt) / 2) })
  }
  const within = reminders.filter(({ at }) => at > givenAt && at < dueAt)
  return [...within.sort((a, b) => a.at - b.at), { kind: 'overdue', at: dueAt }]
}

/** The local day that ends, or is cut short, at the instant. */
export function dueDayOf(dueAt: number): Day {
  return dayOf(dueAt - 1)
}
