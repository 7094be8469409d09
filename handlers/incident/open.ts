import { type Incident, insertIncident, insertIncidentLog, type NewIncident } from '../../storage/incidents.ts'
import type { Ctx, StrangerCtx } from '../handler.ts'
import { startClock } from './clock.ts'

/** What is known of a problem when it is told. */
export type Report = Omit<
  NewIncident,
  'status' | 'tier' | 'deadlines' | 'jurisdiction' | 'nextStepAt' | 'closedTier' | 'reportedAt' | 'messageId'
> & {
  /** Settled on the spot by whoever reports it. Source: S2-27 (能够当场解决的应当立即解决) */
  isSolved?: boolean
}

/** Opens a case: its row with number, tier, level and deadlines, its log and its audit. Who hears of it is the intake's matter. */
export async function openIncident(ctx: Ctx | StrangerCtx, { isSolved = false, ...report }: Report): Promise<Incident> {
  const { db, now, at, message, pack, roster } = ctx
  const status = isSolved ? 'resolved' : 'reported'
  const started = startClock(ctx, { at, status, level: report.level })
  const incident = await insertIncident(
    db,
    {
      ...report,
      ...started,
      workClass: report.workClass ?? pack.incident.flow.classes?.value[0],
      status,
      holderId: isSolved ? report.reporterId : report.holderId,
      closedTier: isSolved ? started.tier : undefined,
      reportedAt: at,
      messageId: message.id,
    },
    now,
  )
  const log = { incidentId: incident.id, at, byId: report.reporterId, messageId: message.id, text: report.description }
  await insertIncidentLog(db, { ...log, action: 'reported' })
  if (isSolved) await insertIncidentLog(db, { ...log, action: 'resolve' })
  const gridNo = roster.gridById(report.gridId)?.no
  await ctx.record('created', { type: 'incident', id: incident.id }, { no: incident.no, gridNo })
  return incident
}
