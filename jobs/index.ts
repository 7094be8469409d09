import { calendarWarning } from './calendar-warning.ts'
import type { Job } from './job.ts'
import { meetingReminder } from './meeting-reminder.ts'
import { noticeBroadcast } from './notice-broadcast.ts'
import { noticeNudge } from './notice-nudge.ts'
import { noticeProof } from './notice-proof.ts'
import { urgentUnanswered } from './urgent-unanswered.ts'
import { weeklySummary } from './weekly-summary.ts'

/** Everything that time brings; one file each. */
export const jobs: readonly Job[] = [
  noticeNudge,
  noticeBroadcast,
  noticeProof,
  meetingReminder,
  urgentUnanswered,
  weeklySummary,
  calendarWarning,
]
