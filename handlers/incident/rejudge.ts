import { STAGES } from '../../policy/incident-deadlines.ts'
import { type Incident, listIncidents, moveIncident, OPEN_STATUSES } from '../../storage/incidents.ts'
import type { Desk } from '../desk.ts'
import { judgeAgain, planNextLook } from './clock.ts'
import { deadlineLine } from './deadline-words.ts'
import { listResponsible } from './holders.ts'
import { nameInPrivate } from './names.ts'

/**
 * The calendar has changed: the deadlines of every open case are judged again, the start kept; whoever has one in hand whose day has
 * moved hears of it. Source: design decision 2 (judged again with an audit row when the year is imported)
 *
 * @param desk with the calendar as it is now
 * @returns how many cases have another day now
 */
export async function rejudgeIncidents(desk: Desk): Promise<number> {
  const { db, now, say } = desk
  let moved = 0
  for (const incident of await listIncidents(db, { statuses: OPEN_STATUSES })) {
    const deadlines = await judgeAgain(desk, incident)
    if (JSON.stringify(deadlines) === JSON.stringify(incident.deadlines)) continue
    const judged = { ...incident, deadlines }
    const nextStepAt = planNextLook(desk, judged)
    if (!(await moveIncident(db, incident.id, OPEN_STATUSES, { deadlines, nextStepAt }))) continue
    const { no } = incident
    await desk.record('rejudged', { type: 'incident', id: incident.id }, { no, before: incident.deadlines, deadlines })
    if (!hasMoved(incident, judged)) continue
    moved += 1
    for (const member of await listResponsible(desk, incident)) {
      await say.toMember(
        member,
        `工作日历有变，${nameInPrivate(desk, incident)}的时限已重算。${deadlineLine(judged, now)}`,
        {
          kind: 'incident-rejudged',
          urgency: 'normal',
          subject: { type: 'incident', id: incident.id },
        },
      )
    }
  }
  return moved
}

function hasMoved(before: Incident, after: Incident): boolean {
  return STAGES.some(stage => before.deadlines[stage]?.at !== after.deadlines[stage]?.at)
}
