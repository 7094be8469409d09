import type { WorkCalendar } from '../../policy/calendar.ts'
import type { Pack } from '../../policy/pack.ts'
import { instantAt, minuteMs } from '../../policy/time.ts'
import { cancelTimers, insertTimer } from '../../storage/job-runs.ts'
import type { Meeting } from '../../storage/meetings.ts'
import type { Desk } from '../desk.ts'

export const REMINDER_JOB = 'meeting-reminder'

/**
 * When a meeting is reminded of: on the previous working day, and shortly before it begins, or in the morning where no time of day
 * was told. Instants that lie before the call are left out. Source: contract "Meetings"
 */
export function reminderInstants(
  { startDay, startAt }: Pick<Meeting, 'startDay' | 'startAt'>,
  calledAt: number,
  rules: Pack['reminders'],
  calendar: WorkCalendar,
): number[] {
  const dayBefore = instantAt(calendar.previousWorkday(startDay), rules.dayBeforeAt.value)
  const onTheDay =
    startAt === undefined ? instantAt(startDay, rules.dayOfAt.value) : startAt - rules.minutesBefore.value * minuteMs
  return [dayBefore, onTheDay].filter(at => at > calledAt)
}

/** Sets the reminders anew: of a call, or of a move that makes earlier ones void. */
export async function setReminders({ db, now, pack, calendar }: Desk, meeting: Meeting): Promise<void> {
  await cancelTimers(db, REMINDER_JOB, meeting.id)
  for (const dueAt of reminderInstants(meeting, now, pack.reminders, calendar)) {
    await insertTimer(db, { job: REMINDER_JOB, subject: meeting.id, dueAt, at: now })
  }
}
