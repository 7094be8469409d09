import { listIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import type { HandoverItem } from '../../storage/shifts.ts'
import { listTasks } from '../../storage/tasks.ts'
import type { Ctx } from '../handler.ts'
import { nameInPrivate } from '../incident/names.ts'
import { isWithinReach } from '../incident/reach.ts'
import { statusNames } from '../incident/words.ts'
import { renderDue } from '../notice/words.ts'
import { nameTask } from '../task/words.ts'

/** What somebody leaves behind, with the words for each; in private alone. */
export interface OpenItem extends HandoverItem {
  text: string
}

/** Incidents in hand, urgent ones nobody took yet, tasks. Source: S4B-01, S0-14 (shift handover) */
export async function listOpenItems(ctx: Ctx): Promise<OpenItem[]> {
  const { db, actor } = ctx
  const held = await listIncidents(db, { statuses: OPEN_STATUSES, holderId: actor.id })
  const urgent = (await listIncidents(db, { statuses: ['reported'], urgent: true })).filter(
    incident => incident.holderId !== actor.id && isWithinReach(ctx, incident),
  )
  const tasks = await listTasks(db, { memberId: actor.id, statuses: ['open'] })
  return [
    ...urgent.map(one => ({
      type: 'incident' as const,
      no: one.no,
      text: `【紧急】${nameInPrivate(ctx, one)}还没人受理`,
    })),
    ...held.map(one => ({
      type: 'incident' as const,
      no: one.no,
      text: `${nameInPrivate(ctx, one)}${statusNames[one.status]}`,
    })),
    ...tasks.map(one => ({ type: 'task' as const, no: one.no, text: `${nameTask(one)}，${renderDue(one.due)}` })),
  ]
}
