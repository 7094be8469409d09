import { type Incident, type IncidentStatus, OPEN_STATUSES } from '../../storage/incidents.ts'

export type Stage = 'accept' | 'dispatch' | 'resolve'

/** Statuses in which a stage is still to be done. */
const pendingIn: Record<Stage, readonly IncidentStatus[]> = {
  accept: ['reported'],
  dispatch: ['reported', 'accepted', 'returned'],
  resolve: OPEN_STATUSES,
}

/** The stages whose deadline is over and that nobody has done yet; none while a hold stands. */
export function listOverdueStages({ status, deadlines, hold }: Incident, now: number): Stage[] {
  if (hold) return []
  return (['accept', 'dispatch', 'resolve'] as const).filter(stage => {
    const deadline = deadlines[stage]
    return deadline !== null && now >= deadline.at && pendingIn[stage].includes(status)
  })
}
