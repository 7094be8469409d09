import { tellUnplaced, UNPLACED_JOB } from '../handlers/incident/unplaced.ts'
import { dayMs } from '../policy/time.ts'
import { findIncidentById, OPEN_STATUSES } from '../storage/incidents.ts'
import type { Job } from './job.ts'

/** A while after a report whose grid was asked for and never told. `subject` is the incident's row id. */
export const incidentUnplaced: Job = {
  name: UNPLACED_JOB,
  days: 'all',
  catchUp: 'each',
  graceMs: dayMs,
  async run(desk, { subject }) {
    const incident = await findIncidentById(desk.db, subject)
    const isUnplaced = incident?.gridId === undefined && incident?.holderId === undefined && !incident?.holderUnit
    if (incident && !incident.voided && isUnplaced && OPEN_STATUSES.includes(incident.status)) {
      await tellUnplaced(desk, incident)
    }
  },
}
