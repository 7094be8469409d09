import { listPending, type Stage } from '../../policy/incident-deadlines.ts'
import type { Incident } from '../../storage/incidents.ts'
import { hasEnded } from './clock.ts'

/** The stages whose deadline is over and that nobody has done yet; none while a pause stands, none of a provisional day. */
export function listOverdueStages(incident: Incident, now: number): Stage[] {
  const { status, deadlines, hold } = incident
  if (hold && hold.kind !== 'extended') return []
  return listPending(status, hasEnded(incident)).filter(stage => {
    const deadline = deadlines[stage]
    return deadline !== null && !deadline.provisional && now >= deadline.at
  })
}
