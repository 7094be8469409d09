import { UNANSWERED_JOB } from '../handlers/incident/alert.ts'
import { remindUnanswered } from '../handlers/incident/unanswered.ts'
import { dayMs } from '../policy/time.ts'
import { findIncidentById } from '../storage/incidents.ts'
import type { Job } from './job.ts'

/** Some minutes after an urgent report that nobody has taken: those next in line hear of it. `subject` is the incident's row id. */
export const urgentUnanswered: Job = {
  name: UNANSWERED_JOB,
  days: 'all',
  catchUp: 'each',
  graceMs: dayMs,
  async run(desk, { subject }) {
    const incident = await findIncidentById(desk.db, subject)
    if (incident && !incident.voided && incident.status === 'reported') await remindUnanswered(desk, incident)
  },
}
