import type { Incident } from '../../storage/incidents.ts'
import { rolesOn } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'

/** Whether somebody's work covers an incident: it is in their grid or community, they serve the whole street, or it was handed to them. */
export function isWithinReach({ actor, roster, today }: Ctx, incident: Incident): boolean {
  const grid = roster.gridById(incident.gridId)
  if (!grid || incident.holderId === actor.id) return true
  return rolesOn(actor, today).some(role => {
    if (role.gridId !== undefined) return role.gridId === grid.id
    if (role.community !== undefined) return role.community === grid.community
    return true
  })
}

/** Whether the incident is in the sender's own hand, or in that of their office. */
export function isHolder({ actor, today }: Ctx, { holderId, holderUnit }: Incident): boolean {
  if (holderId !== undefined) return holderId === actor.id
  return holderUnit !== undefined && rolesOn(actor, today).some(({ office }) => office === holderUnit)
}
