import { timeOf } from '../../policy/time.ts'
import { findIncidentById, type Incident, insertIncidentLog, listIncidentLogs } from '../../storage/incidents.ts'
import { cancelTimers } from '../../storage/job-runs.ts'
import type { Member } from '../../storage/roster.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { privateReader } from '../reader.ts'
import type { IncidentAction } from '../slots.ts'
import { UNANSWERED_JOB } from './alert.ts'
import { describeIncident, statusNames } from './words.ts'

/** Writes a step down: in the incident's own log, in the audit; and whoever acted has answered the alarm. */
export async function logStep(ctx: Ctx, incident: Incident, action: IncidentAction): Promise<void> {
  const { db, at, actor, message } = ctx
  const text = plainWords(ctx.text)
  await insertIncidentLog(db, { incidentId: incident.id, at, byId: actor.id, action, text, messageId: message.id })
  await ctx.record(action, { type: 'incident', id: incident.id }, { no: incident.no, status: incident.status })
  if (action !== 'note' && action !== 'supervise') await cancelTimers(db, UNANSWERED_JOB, incident.id)
}

/** In private, and never to whoever caused it. @returns who was told */
export async function tellMembers(
  ctx: Ctx,
  incident: Incident,
  members: readonly Member[],
  text: string,
): Promise<Member[]> {
  const told = [...new Set(members)].filter(({ id }) => id !== ctx.actor.id)
  for (const member of told) {
    const urgency = incident.urgent ? 'urgent' : 'normal'
    await ctx.say.toMember(member, text, {
      kind: 'incident-update',
      urgency,
      subject: { type: 'incident', id: incident.id },
    })
  }
  return told
}

export async function tellReporter(ctx: Ctx, incident: Incident, text: string): Promise<void> {
  const reporter = incident.reporterId === undefined ? undefined : ctx.roster.memberById(incident.reporterId)
  if (reporter) await tellMembers(ctx, incident, [reporter], text)
}

/** `事件 #3（公共设施，3号楼，第1网格）` for a private text. */
export function nameInPrivate({ roster }: Ctx, incident: Incident): string {
  return `事件 #${incident.no}（${describeIncident(incident, roster, privateReader)}）`
}

/** Somebody was faster, or the case is over: says how it stands and by whom. */
export async function refuseState(ctx: Ctx, { id }: Incident, wish: string): Promise<Answer> {
  const incident = await findIncidentById(ctx.db, id)
  if (!incident) throw new Error('the incident is gone')
  const logs = await listIncidentLogs(ctx.db, [id])
  const by = (action: IncidentAction) => {
    const log = logs.findLast(entry => entry.action === action)
    return log && `${ctx.roster.memberById(log.byId ?? '')?.name ?? ''} ${timeOf(log.at)}`.trim()
  }
  if (incident.status === 'accepted') {
    return refuse('already-accepted', `事件 #${incident.no} 已由${by('accept')} 受理，不用再${wish}。`)
  }
  const who = incident.status === 'resolved' ? by('resolve') : undefined
  return refuse(
    'wrong-state',
    `事件 #${incident.no} ${statusNames[incident.status]}${who ? `（${who}）` : ''}，不能${wish}。`,
  )
}

export function refuseReach(ctx: Ctx, incident: Incident): Answer {
  const grid = ctx.roster.gridById(incident.gridId)
  const example = `“事件${incident.no}补充：……”`
  return refuse(
    'not-yours',
    `事件 #${incident.no} 在${grid?.name ?? '别处'}，由那里的人办理；您可以补充情况，如${example}。`,
  )
}
