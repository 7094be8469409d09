import { findIncident, type Incident, listIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import { type Answer, ask, type Ctx, refuse } from '../handler.ts'
import { readerOf } from '../reader.ts'
import type { IncidentAction, SlotsOf } from '../slots.ts'
import { isHolder, isWithinReach } from './reach.ts'
import { titleIncident } from './words.ts'

const LISTED = 5

/** Whether this incident waits for this step of the sender. */
export function waitsFor(ctx: Ctx, incident: Incident, action: IncidentAction): boolean {
  const { status } = incident
  switch (action) {
    case 'accept':
      return (status === 'reported' || status === 'dispatched') && isWithinReach(ctx, incident)
    case 'resolve':
      return (
        OPEN_STATUSES.includes(status) &&
        (isHolder(ctx, incident) || (status === 'reported' && isWithinReach(ctx, incident)))
      )
    case 'return':
      return (status === 'accepted' || status === 'dispatched') && isHolder(ctx, incident)
    case 'rate':
      return status === 'resolved' && incident.reporterId === ctx.actor.id
    case 'note':
      return incident.reporterId === ctx.actor.id || isWithinReach(ctx, incident)
    default:
      return isWithinReach(ctx, incident)
  }
}

/** Everything that waits for this step of the sender, oldest first. */
async function listWaiting(ctx: Ctx, action: IncidentAction): Promise<Incident[]> {
  const statuses = action === 'rate' ? (['resolved'] as const) : OPEN_STATUSES
  const incidents = await listIncidents(ctx.db, { statuses })
  const waiting = incidents.filter(incident => waitsFor(ctx, incident, action))
  const inHand = waiting.filter(incident => isHolder(ctx, incident))
  return inHand.length > 0 && action !== 'accept' ? inHand : waiting
}

/** The incident that a message means, or what to answer where it means none, or could mean several. */
export async function chooseIncident(
  ctx: Ctx,
  slots: SlotsOf['updateIncident'] & { action: IncidentAction },
): Promise<{ found: Incident } | { answer: Answer }> {
  if (slots.no !== undefined) {
    const incident = await findIncident(ctx.db, slots.no)
    if (incident && !incident.voided) return { found: incident }
    const what = incident ? `事件 #${slots.no} 已撤销。` : `没有事件 #${slots.no}。`
    return { answer: refuse('unknown-incident', `${what}${await tellWhatExists(ctx)}`) }
  }
  const waiting = await listWaiting(ctx, slots.action)
  if (waiting.length === 1) return { found: waiting[0]! }
  if (waiting.length === 0)
    return { answer: refuse('none-waiting', `没有等您这一步的事件。${await tellWhatExists(ctx)}`) }
  return {
    answer: ask('updateIncident', { slots, text: ctx.text }, `是哪一件？回编号就行：\n${renderTitles(ctx, waiting)}`),
  }
}

/** What somebody who named a wrong number may have meant. */
export async function tellWhatExists(ctx: Ctx): Promise<string> {
  const open = (await listIncidents(ctx.db, { statuses: OPEN_STATUSES })).filter(incident =>
    waitsFor(ctx, incident, 'note'),
  )
  return open.length > 0 ? `在办的有：\n${renderTitles(ctx, open)}` : '您这边目前没有在办事件。'
}

function renderTitles(ctx: Ctx, incidents: readonly Incident[]): string {
  const reader = readerOf(ctx)
  const lines = incidents
    .slice(0, LISTED)
    .map(incident => titleIncident(incident, ctx.roster, { isPrivate: ctx.chat.kind === 'direct', reader }))
  return [...lines, ...(incidents.length > LISTED ? [`……共 ${incidents.length} 件`] : [])].join('\n')
}
