import { z } from 'zod'
import { count, ruled, text } from './form.ts'

export const training = z.strictObject({
  perYear: ruled(count).optional(),
  exam: ruled(z.boolean()).optional(),
  /** Nobody starts work untrained. */
  beforeDuty: ruled(z.boolean()).optional(),
  kinds: ruled(z.array(text)).optional(),
  /** The month in which the plan of the year is due. */
  planInMonth: ruled(count).optional(),
})
