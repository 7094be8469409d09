import type { Desk } from '../handlers/desk.ts'
import { takeDueSteps } from '../handlers/incident/time-steps.ts'
import { dayMs, timeOf } from '../policy/time.ts'
import type { Job } from './job.ts'

/**
 * Reminders, supervision and escalation of the cases whose deadlines ask for it, every half-hour of the working day. Each step of each
 * case is written down when it is taken, so a run that was missed takes what is due and nothing twice.
 * Source: contract (Missed jobs: incident deadlines: each, until closed), S2-28, S0-11
 */
export const incidentDeadlines: Job = {
  name: 'incident-deadlines',
  schedule: ['0,30 9-17 * * *'],
  days: 'workdays',
  catchUp: 'each',
  graceMs: 60 * dayMs,
  async run(desk) {
    // A missed run that is made up at night leaves its work to the next morning.
    if (isWorkingTime(desk)) await takeDueSteps(desk)
  },
}

function isWorkingTime({ now, today, calendar, pack }: Desk): boolean {
  const { workFrom, workUntil } = pack.incident.flow
  const time = timeOf(now)
  return calendar.isWorkday(today) && workFrom.value <= time && time <= workUntil.value
}
