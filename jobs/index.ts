import { admissionExpiry } from './admission-expiry.ts'
import { calendarWarning } from './calendar-warning.ts'
import { incidentDeadlines } from './incident-deadlines.ts'
import { incidentFollowUp } from './incident-follow-up.ts'
import { incidentUnplaced } from './incident-unplaced.ts'
import { incidentWhistle } from './incident-whistle.ts'
import { inspectionFeedback } from './inspection-feedback.ts'
import type { Job } from './job.ts'
import { meetingDuty } from './meeting-duty.ts'
import { meetingReminder } from './meeting-reminder.ts'
import { noticeBroadcast } from './notice-broadcast.ts'
import { noticeNudge } from './notice-nudge.ts'
import { noticeProof } from './notice-proof.ts'
import { noticeReminder } from './notice-reminder.ts'
import { quarterlyCheck } from './quarterly-check.ts'
import { standingTasks } from './standing-tasks.ts'
import { taskReminder } from './task-reminder.ts'
import { trainingAbsence } from './training-absence.ts'
import { trainingPlan } from './training-plan.ts'
import { urgentUnanswered } from './urgent-unanswered.ts'
import { visitNudge } from './visit-nudge.ts'
import { weeklySummary } from './weekly-summary.ts'

/** Everything that time brings; one file each. */
export const jobs: readonly Job[] = [
  noticeNudge,
  // Before the run that sends what it hands out.
  standingTasks,
  noticeBroadcast,
  noticeProof,
  noticeReminder,
  taskReminder,
  visitNudge,
  inspectionFeedback,
  admissionExpiry,
  meetingReminder,
  meetingDuty,
  trainingAbsence,
  trainingPlan,
  quarterlyCheck,
  urgentUnanswered,
  incidentFollowUp,
  incidentWhistle,
  incidentUnplaced,
  incidentDeadlines,
  weeklySummary,
  calendarWarning,
]
