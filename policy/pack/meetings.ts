import { z } from 'zod'
import { count, role, ruled, scope, text, time } from './form.ts'

const meeting = z.strictObject({
  kind: z.enum(['weekly', 'monthly', 'quarterly', 'analysis', 'training', 'other']),
  name: text,
  period: z.enum(['week', 'month', 'quarter', 'year']),
  atLeast: count,
  owner: role,
  scope,
  attendees: z.array(role).min(1),
  /** The day of the month on which it is held, and the half of the day. */
  onDay: count.optional(),
  half: z.enum(['morning', 'afternoon']).optional(),
  /** Whether one meeting may count for several kinds. */
  mayMerge: z.boolean(),
})

export const meetings = z.array(ruled(meeting))

export const reminders = z.strictObject({
  /** On the working day before a meeting. */
  dayBeforeAt: ruled(time),
  minutesBefore: ruled(count),
  /** On the day of a meeting without a time. */
  dayOfAt: ruled(time),
})
