/** The form of a policy pack: the numbers, people and words of one document, each with its clause. Source: rules.md §1.8 */
import { z } from 'zod'
import { parseTime } from '../time.ts'
import { admission } from './admission.ts'
import { advisory, disabled } from './advisory.ts'
import { attendance } from './attendance.ts'
import { burden } from './burden.ts'
import { cycles, recurring } from './cycles.ts'
import { dossier } from './dossier.ts'
import { coverage, dailyLog, monthlyDigest, patrol, quota, quotaCounting, visitAttempts, visitLists } from './field.ts'
import { figures, formulas, indicators, thresholds } from './figures.ts'
import { count, day, missing, role, ruled, text, time } from './form.ts'
import { incident, sla } from './incidents.ts'
import { inspection } from './inspection.ts'
import { lists } from './lists.ts'
import { meetings, reminders } from './meetings.ts'
import { notice } from './notices.ts'
import { appointment, leave, roles } from './people.ts'
import { permissions } from './permissions.ts'
import { awards, contest, penalties, rank, score } from './scores.ts'
import { review, shifts } from './shifts.ts'
import { staffing } from './staffing.ts'
import { training } from './training.ts'

const quietHours = ruled(
  z
    .strictObject({ from: time, to: time, nonWorkdays: z.boolean() })
    .refine(({ from, to }) => parseTime(from) > parseTime(to), {
      path: ['from'],
      message: '静默应从晚上开始、到次日早上结束',
    }),
)

export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, '应为小写字母、数字和连字符'),
  title: text,
  version: text,
  /** Local days, both included; open where `to` is absent. */
  effective: z.strictObject({ from: day, to: day.optional() }),
  parent: text,
  roles,
  staffing,
  appointment: appointment.optional(),
  actions: permissions,
  sla,
  holidayShift: ruled(z.enum(['prev', 'next', 'none'])),
  quota,
  quotaCounting: quotaCounting.optional(),
  visitLists,
  visitAttempts: visitAttempts.optional(),
  patrol,
  coverage: coverage.optional(),
  dailyLog: dailyLog.optional(),
  monthlyDigest: monthlyDigest.optional(),
  recurring: recurring.default([]),
  /** Absent where the document knows no turns of duty. */
  shifts: shifts.optional(),
  review: review.optional(),
  attendance,
  notice,
  incident,
  meetings,
  reminders,
  training: training.optional(),
  leave,
  /** Within these minutes people put their own records right; later the first of these roles decides that is another person. */
  undo: z.strictObject({ withinMinutes: ruled(count), approvers: ruled(z.array(role).min(1)) }),
  quietHours,
  summary: z.strictObject({ at: ruled(time) }),
  /** Absent where the document gives no points. */
  score: score.optional(),
  cycles: cycles.default([]),
  indicators: indicators.default([]),
  formulas: formulas.default([]),
  thresholds: thresholds.default([]),
  rank,
  contest: contest.optional(),
  awards,
  penalties,
  admission,
  inspection,
  burden,
  dossier,
  privacy: z.strictObject({ maskInGroups: ruled(z.boolean()), closedLedgers: ruled(z.array(text)) }),
  emergencyMode: ruled(z.boolean()),
  lists: lists.default([]),
  figures: figures.default([]),
  advisory: advisory.default([]),
  disabled: disabled.default([]),
  /** What else the document leaves out. */
  gaps: z.array(missing),
})
