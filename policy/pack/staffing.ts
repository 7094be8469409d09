import { z } from 'zod'
import { count, role, ruled, scope, text } from './form.ts'

const range = z.strictObject({ from: count, to: count })

/** Who must be there, how many, and who may be whom at once. */
export const staffing = z.strictObject({
  /** The levels of the organisation, the highest first. */
  levels: ruled(z.array(text)).optional(),
  /** How many of a role each grid, community or the subdistrict needs. */
  posts: z.array(
    ruled(
      z.strictObject({
        role,
        per: scope,
        atLeast: count,
        employment: z.enum(['fullTime', 'partTime']).optional(),
        /** The kind of grid; every kind where absent. */
        kind: z.enum(['ordinary', 'dedicated']).optional(),
      }),
    ),
  ),
  /** No more than so many of a role. */
  limits: z.array(ruled(z.strictObject({ role, per: scope, atMost: count }))),
  /** Who holds a role as a matter of principle: another choice is told, not refused. */
  heldBy: z.array(ruled(z.strictObject({ role, by: text }))),
  incompatible: z.array(
    ruled(z.strictObject({ roles: z.array(role), with: z.array(role), judged: z.enum(['warn', 'refuse']) })),
  ),
  size: z
    .strictObject({ residents: ruled(count), households: ruled(count), tolerancePercent: ruled(count) })
    .optional(),
  /** Households to each worker. */
  load: ruled(range).optional(),
  /** Full years of age, both included. */
  age: ruled(range).optional(),
})
