import { startOf } from '../handlers/meeting/find-meeting.ts'
import { REMINDER_JOB, reminderInstants } from '../handlers/meeting/reminders.ts'
import { renderMeeting } from '../handlers/meeting/words.ts'
import { dayMs } from '../policy/time.ts'
import { findMeeting } from '../storage/meetings.ts'
import type { Job } from './job.ts'

/**
 * Reminds the meeting's group; names and @s nobody, so those on leave are left in peace. Asked for by each meeting, dropped where the meeting
 * was moved, called off, has begun, or a later reminder is due as well. Source: contract "Meetings"
 */
export const meetingReminder: Job = {
  name: REMINDER_JOB,
  days: 'all',
  catchUp: 'each',
  graceMs: 7 * dayMs,
  async run(desk, due) {
    const { db, now, roster, say, pack, calendar } = desk
    const meeting = await findMeeting(db, due.subject)
    if (!meeting || meeting.status === 'cancelled' || startOf(meeting) <= now) return
    const instants = reminderInstants(meeting, 0, pack.reminders, calendar)
    if (!instants.includes(due.at) || instants.some(at => due.at < at && at <= now)) return
    const group = roster.groupById(meeting.groupId)
    if (!group) return
    const text = `【会议提醒】${renderMeeting(desk, meeting)}，请准时参加；来不了请先请假。`
    await say.toGroup(group, text, {
      kind: 'meeting-reminder',
      urgency: 'normal',
      notAfter: startOf(meeting),
      subject: { type: 'meeting', id: meeting.id },
    })
  },
}
