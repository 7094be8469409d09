import { tellReprints } from '../handlers/organisation/reprint.ts'
import { dayMs } from '../policy/time.ts'
import type { Job } from './job.ts'

/** Once a working day: cards and postings that an import or a hand-over made wrong. Source: S3B-02, S4D-08 */
export const cardReprint: Job = {
  name: 'card-reprint',
  schedule: ['20 9 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: dayMs,
  run: tellReprints,
}
