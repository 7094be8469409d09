import type { Incident } from '../../storage/incidents.ts'
import { rolesOn } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'
import { isSensitive } from './privacy.ts'

/** Whether somebody's work covers an incident: it is in their grid or community, they serve the whole street, or it was handed to them. */
export function isWithinReach({ actor, roster, today }: Ctx, incident: Incident): boolean {
  if (incident.holderId === actor.id) return true
  const roles = rolesOn(actor, today)
  const grid = roster.gridById(incident.gridId)
  // Where nobody knows its grid yet anybody may take it, but what is about people stays with those above the grids.
  if (!grid) return incident.urgent || !isSensitive(incident.category) || roles.some(role => role.gridId === undefined)
  return roles.some(role => {
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
