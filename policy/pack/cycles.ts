import { z } from 'zod'
import { count, period, role, ruled, text, time } from './form.ts'

/** What recurs and is neither a meeting nor a task notice. */
export const recurring = z.array(
  ruled(
    z.strictObject({
      name: text,
      per: period,
      atLeast: count,
      by: role.optional(),
      /** A day of the month, or its last working day. */
      on: z.union([count, z.literal('lastWorkday')]).optional(),
      at: time.optional(),
    }),
  ),
)

/** The steps of the appraisal. */
export const cycles = z.array(ruled(z.strictObject({ per: period, name: text })))
