import { z } from 'zod'
import { parseTime } from '../time.ts'
import { role, ruled, text, time } from './form.ts'

export const notice = z
  .strictObject({
    cutoff: ruled(time),
    compileAt: ruled(time),
    nudgesAt: ruled(z.array(time)),
    /** Until when a missed broadcast still goes out the same day. */
    lateUntil: ruled(time),
    /** When a deferred notice goes out on the next working day. */
    deferredAt: ruled(time),
    /** When those who have not finished are reminded; the first of them is the morning of a due day. */
    remindAt: ruled(z.array(time).min(1)),
    /** The four parts that a notice must have, by the names the document gives them. */
    parts: ruled(z.strictObject({ content: text, requirement: text, due: text, appraisal: text })),
    chain: ruled(z.array(z.strictObject({ step: z.enum(['draft', 'review', 'sign', 'issue']), role }))),
    /** Who owes acknowledgement and progress; `observers` see the notice and owe nothing. */
    receivers: ruled(z.array(role)),
    observers: ruled(z.array(role)),
    /** Tasks that recur, by their lines; each line needs its own approval before it goes out. */
    standing: z
      .strictObject({
        lines: ruled(z.array(text)),
        chain: ruled(z.array(z.strictObject({ step: z.enum(['draft', 'review', 'sign', 'issue']), role }))),
      })
      .optional(),
  })
  .superRefine(({ cutoff, compileAt, lateUntil }, context) => {
    if (parseTime(compileAt.value) >= parseTime(cutoff.value)) refuse('compileAt', '应早于下发截止时刻')
    if (parseTime(lateUntil.value) <= parseTime(cutoff.value)) refuse('lateUntil', '应晚于下发截止时刻')

    function refuse(key: string, message: string): void {
      context.addIssue({ code: 'custom', path: [key, 'value'], message })
    }
  })
