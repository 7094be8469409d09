import { admissionExpiry } from './admission-expiry.ts'
import { calendarWarning } from './calendar-warning.ts'
import { cardReprint } from './card-reprint.ts'
import { coverageReport } from './coverage.ts'
import { dailyLog } from './daily-log.ts'
import { gridChange } from './grid-change.ts'
import { handOver } from './hand-over.ts'
import { incidentDeadlines } from './incident-deadlines.ts'
import { incidentFollowUp } from './incident-follow-up.ts'
import { incidentUnplaced } from './incident-unplaced.ts'
import { incidentWhistle } from './incident-whistle.ts'
import { informationQuota } from './information-quota.ts'
import { informationReportJob } from './information-report.ts'
import { inspectionFeedback } from './inspection-feedback.ts'
import type { Job } from './job.ts'
import { leaverWork } from './leaver-work.ts'
import { meetingDuty } from './meeting-duty.ts'
import { meetingReminder } from './meeting-reminder.ts'
import { monthEnd } from './month-end.ts'
import { monthlyReport } from './monthly-report.ts'
import { morningLine } from './morning-line.ts'
import { noticeBroadcast } from './notice-broadcast.ts'
import { noticeNudge } from './notice-nudge.ts'
import { noticeProof } from './notice-proof.ts'
import { noticeReminder } from './notice-reminder.ts'
import { oldAgeAllowance } from './old-age-allowance.ts'
import { opinionDigest } from './opinion-digest.ts'
import { quarterlyCheck } from './quarterly-check.ts'
import { reviewReminder } from './review-reminder.ts'
import { shiftChange } from './shift-change.ts'
import { staffingAlert } from './staffing-alert.ts'
import { standingTasks } from './standing-tasks.ts'
import { taskReminder } from './task-reminder.ts'
import { trainingAbsence } from './training-absence.ts'
import { trainingPlan } from './training-plan.ts'
import { urgentUnanswered } from './urgent-unanswered.ts'
import { visitDue } from './visit-due.ts'
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
  gridChange,
  handOver,
  leaverWork,
  cardReprint,
  visitNudge,
  visitDue,
  oldAgeAllowance,
  coverageReport,
  monthlyReport,
  inspectionFeedback,
  admissionExpiry,
  meetingReminder,
  meetingDuty,
  trainingAbsence,
  trainingPlan,
  quarterlyCheck,
  staffingAlert,
  urgentUnanswered,
  shiftChange,
  reviewReminder,
  incidentFollowUp,
  incidentWhistle,
  incidentUnplaced,
  incidentDeadlines,
  informationQuota,
  monthEnd,
  informationReportJob,
  weeklySummary,
  // After what 08:30 hands out, so that it is told as well.
  morningLine,
  opinionDigest,
  dailyLog,
  calendarWarning,
]
