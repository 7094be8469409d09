/** The form of a policy pack: the numbers, people and words of one document, each with its clause. Source: rules.md §1.8 */
import { z } from 'zod'
import { isDay, parseTime } from './time.ts'

export const roleCodes = [
  'principal',
  'deputy',
  'office',
  'generalOffice',
  'communityLead',
  'communityGroupHead',
  'instructor',
  'leader',
  'worker',
  'liaison',
  'admin',
] as const

/** The rows of the action × role table: everything a person can ask the program to do. */
export const actions = [
  'anyMember',
  'checkIn',
  'visit',
  'patrol',
  'submitInfo',
  'reportIncident',
  'acceptIncident',
  'dispatchIncident',
  'returnIncident',
  'escalateIncident',
  'superviseIncident',
  'resolveIncident',
  'closeIncident',
  'noteIncident',
  'rateIncident',
  'draftNotice',
  'reviewNotice',
  'signNotice',
  'issueNotice',
  'expediteNotice',
  'withdrawNotice',
  'acknowledge',
  'reportProgress',
  'scheduleMeeting',
  'meetingCheckIn',
  'meetingMinutes',
  'requestLeave',
  'decideLeave',
  'inspect',
  'draw',
  'bindGroup',
  'queryOwn',
  'queryGrid',
  'queryCommunity',
  'queryStreet',
  'importCalendar',
  'undo',
  'help',
] as const

const text = z.string().trim().min(1)
const count = z.number().int().nonnegative()
const day = z.string().refine(isDay, '应为日期，如 "2026-01-01"')
const time = z.string().refine(isTime, '应为时刻，如 "08:30"')
const role = z.enum(roleCodes)
/** `S0-21`: the row of the rule book. */
const rule = z.string().regex(/^S\d[A-E]?-\d{2}$/, '应为规则编号，如 "S0-21"')
const scope = z.enum(['grid', 'community', 'subdistrict'])

function isTime(value: string): boolean {
  try {
    return parseTime(value) >= 0
  } catch {
    return false
  }
}

/** A value that the document gives (`original`) or that we chose where it is silent (`default`). */
function ruled<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, rule, clause: text, status: z.enum(['original', 'default']) })
}

/** A value that the document announces and does not give; never invented. */
const missing = z.strictObject({ what: text, rule, clause: text, status: z.literal('missing') })

const limit = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('workday'), count }),
  z.strictObject({ unit: z.enum(['day', 'month']), count, shift: z.enum(['prev', 'next', 'none']).optional() }),
  z.strictObject({ unit: z.literal('clock'), count, time }),
])

const stage = z.strictObject({
  stage: text,
  /** Kind and level of the matter; all where absent. */
  class: text.optional(),
  level: text.optional(),
  limit,
  /** What starts the count, e.g. `reported`. */
  from: text,
  pauseStates: z.array(text),
  endStates: z.array(text),
})

const roleName = z.strictObject({
  code: role,
  scope,
  employment: z.enum(['fullTime', 'partTime']).optional(),
})

const attendance = z.strictObject({
  /** Who owes two check-ins on each working day. */
  due: ruled(z.array(role)),
  /** Who is told `您无需打卡`. */
  exempt: ruled(z.array(role)),
  /** The last second that is still on time. */
  onBy: ruled(time),
  /** The first second that is not early. */
  offFrom: ruled(time),
  graceMinutes: ruled(count),
  /** A bare 打卡 before it means on, from then on off. */
  splitAt: ruled(time),
  /** A bare 打卡 this soon after an on repeats it. */
  repeatMinutes: ruled(count),
  /** Check-ins that follow the first of a window this long share one line. */
  mergeMinutes: ruled(count),
  sources: ruled(z.array(z.enum(['chat', 'h5', 'dingtalk', 'wecom']))),
})

const notice = z.strictObject({
  cutoff: ruled(time),
  compileAt: ruled(time),
  nudgesAt: ruled(z.array(time)),
  /** Until when a missed broadcast still goes out the same day. */
  lateUntil: ruled(time),
  /** When a deferred notice goes out on the next working day. */
  deferredAt: ruled(time),
  /** The four parts that a notice must have, by the names the document gives them. */
  parts: ruled(z.strictObject({ content: text, requirement: text, due: text, appraisal: text })),
  chain: ruled(z.array(z.strictObject({ step: z.enum(['draft', 'review', 'sign', 'issue']), role }))),
  /** Who owes acknowledgement and progress; `observers` see the notice and owe nothing. */
  receivers: ruled(z.array(role)),
  observers: ruled(z.array(role)),
})

const incident = z.strictObject({
  urgentTo: ruled(z.array(role)),
  urgentAckMinutes: ruled(count),
  /** Who hears of an urgent report that nobody acknowledged, or where `urgentTo` is not filled. */
  urgentFallback: ruled(z.array(role)),
  emergencyNumbers: ruled(z.array(text).min(1)),
  /** Who answers for an escalated case. */
  owner: ruled(role),
})

const meeting = z.strictObject({
  kind: z.enum(['weekly', 'monthly', 'quarterly', 'analysis', 'training', 'other']),
  name: text,
  period: z.enum(['week', 'month', 'quarter']),
  atLeast: count,
  owner: role,
  scope,
  attendees: z.array(role).min(1),
  /** Whether one meeting may count for several kinds. */
  mayMerge: z.boolean(),
})

const score = z.strictObject({
  total: ruled(z.number().positive()),
  items: z.array(ruled(z.strictObject({ name: text, points: z.number().positive() }))),
  gaps: z.array(missing.extend({ points: z.number().positive() })),
})

const award = z.strictObject({
  name: text,
  /** Absent where the document says 若干. */
  count: count.optional(),
  /** To each full-time and part-time worker of the grid. */
  yuanPerWorker: count,
})

export const packSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, '应为小写字母、数字和连字符'),
    title: text,
    version: text,
    /** Local days, both included; open where `to` is absent. */
    effective: z.strictObject({ from: day, to: day.optional() }),
    parent: text,
    roles: ruled(z.record(text, roleName)),
    actions: z.record(z.enum(actions), ruled(z.union([z.literal('anyMember'), z.array(role)]))),
    sla: z.array(ruled(stage)),
    holidayShift: ruled(z.enum(['prev', 'next', 'none'])),
    quota: z.array(ruled(z.strictObject({ of: text, atLeast: count, per: z.enum(['week', 'month']), scope }))),
    visitLists: z.array(ruled(z.strictObject({ of: text, atLeast: count, per: z.enum(['week', 'month']) }))),
    patrol: z.strictObject({ visitsPerWorkday: ruled(count) }),
    attendance,
    notice,
    incident,
    meetings: z.array(ruled(meeting)),
    reminders: z.strictObject({
      /** On the working day before a meeting. */
      dayBeforeAt: ruled(time),
      minutesBefore: ruled(count),
      /** On the day of a meeting without a time. */
      dayOfAt: ruled(time),
    }),
    leave: z.strictObject({
      approver: ruled(role),
      /** Who decides where the one asking has this role. */
      approverOf: ruled(z.partialRecord(role, role)),
    }),
    undo: z.strictObject({ withinMinutes: ruled(count) }),
    quietHours: ruled(z.strictObject({ from: time, to: time, nonWorkdays: z.boolean() })),
    summary: z.strictObject({ at: ruled(time) }),
    score,
    rank: ruled(
      z.strictObject({ scope, tie: z.enum(['shared', 'byName']), publish: z.enum(['private', 'top3', 'all']) }),
    ),
    awards: z.array(ruled(award)),
    penalties: z.strictObject({
      needsSignature: ruled(z.boolean()),
      items: z.array(ruled(z.strictObject({ name: text, when: text }))),
    }),
    admission: z.strictObject({ gate: ruled(z.boolean()) }),
    privacy: z.strictObject({ maskInGroups: ruled(z.boolean()), closedLedgers: ruled(z.array(text)) }),
    emergencyMode: ruled(z.boolean()),
    /** What else the document leaves out. */
    gaps: z.array(missing),
  })
  .superRefine(({ score, notice, quietHours }, context) => {
    const points = [...score.items.map(item => item.value.points), ...score.gaps.map(gap => gap.points)]
    const sum = points.reduce((a, b) => a + b, 0)
    if (sum !== score.total.value)
      refuse(['score', 'total', 'value'], `各项与待补之和是 ${sum} 分，与总分 ${score.total.value} 分不符`)
    if (parseTime(notice.compileAt.value) >= parseTime(notice.cutoff.value))
      refuse(['notice', 'compileAt', 'value'], '应早于下发截止时刻')
    if (parseTime(notice.lateUntil.value) <= parseTime(notice.cutoff.value))
      refuse(['notice', 'lateUntil', 'value'], '应晚于下发截止时刻')
    if (parseTime(quietHours.value.from) <= parseTime(quietHours.value.to))
      refuse(['quietHours', 'value', 'from'], '静默应从晚上开始、到次日早上结束')

    function refuse(path: string[], message: string): void {
      context.addIssue({ code: 'custom', path, message })
    }
  })
