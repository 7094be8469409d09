import { tellSilence, WHISTLE_JOB } from '../handlers/incident/whistle.ts'
import { dayMs } from '../policy/time.ts'
import type { Job } from './job.ts'

/** A unit that was called (吹哨) and has not answered in time. `subject` is the row id of the call. Source: S4D-24 */
export const incidentWhistle: Job = {
  name: WHISTLE_JOB,
  days: 'all',
  catchUp: 'each',
  graceMs: 7 * dayMs,
  run: (desk, { subject }) => tellSilence(desk, subject),
}
