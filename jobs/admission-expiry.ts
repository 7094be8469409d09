import { stopEnded, warnEnding } from '../handlers/admission/expire.ts'
import { dayMs } from '../policy/time.ts'
import type { Job } from './job.ts'

/** Just after midnight: temporary matters whose last day is over stop, those that end soon are announced once. Source: S2-31 */
export const admissionExpiry: Job = {
  name: 'admission-expiry',
  schedule: ['5 0 * * *'],
  days: 'all',
  catchUp: 'latest',
  graceMs: 30 * dayMs,
  async run(desk) {
    await stopEnded(desk)
    await warnEnding(desk)
  },
}
