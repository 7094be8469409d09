import { z } from 'zod'
import { count, role, ruled } from './form.ts'

/** What may enter the grids, and by whose leave. Source: S2-29…32, S4D-28…30 */
export const admission = z.strictObject({
  gate: ruled(z.boolean()),
  /** Whose single tasks need an admission too; those inside the grids give theirs freely. */
  departments: ruled(z.array(role)),
  /** How many days before its end a temporary matter is announced. */
  warnDays: ruled(count),
  /** Whether a contest or ranking needs an approval number. */
  contests: ruled(z.enum(['free', 'approval'])),
  /** Whether a department may appraise those who work in the grids by itself. */
  ownAppraisals: ruled(z.enum(['free', 'forbidden'])),
})
