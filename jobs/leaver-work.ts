import { askWhoTakesOver } from '../handlers/organisation/leavers.ts'
import { hourMs } from '../policy/time.ts'
import type { Job } from './job.ts'

/** Several times a working day, so that the lists of somebody whose role an import or the platform ended are passed on the same day. Source: S3A-09b */
export const leaverWork: Job = {
  name: 'leaver-work',
  schedule: ['5 9,11,14,16 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 8 * hourMs,
  run: askWhoTakesOver,
}
