import { askHowItGoes, FOLLOW_JOB } from '../handlers/incident/follow-up.ts'
import { dayMs } from '../policy/time.ts'
import { findIncidentById } from '../storage/incidents.ts'
import type { Job } from './job.ts'

/** An urgent case that was taken and then not heard of: asked for again, at any hour. `subject` is the incident's row id. */
export const incidentFollowUp: Job = {
  name: FOLLOW_JOB,
  days: 'all',
  catchUp: 'each',
  graceMs: dayMs,
  async run(desk, { subject }) {
    const incident = await findIncidentById(desk.db, subject)
    if (incident && !incident.voided) await askHowItGoes(desk, incident)
  },
}
