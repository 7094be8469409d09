import { z } from 'zod'
import { count, ruled } from './form.ts'

/** How the load of work is told: estimates of ours, shown as ours. Source: S4D-26, S4D-27 */
export const burden = z.strictObject({
  /** Minutes that one of each costs the one who is asked. */
  minutes: ruled(z.strictObject({ notices: count, forms: count, tasks: count, meetings: count, afterHours: count })),
  /** The same form asked for again within so many days counts as a duplicate. */
  duplicateDays: ruled(count),
})
