import { startsOf } from '../../policy/incident.ts'
import { minuteMs } from '../../policy/time.ts'
import { type Incident, insertIncidentLog, moveIncident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { UNANSWERED_JOB } from './alert.ts'
import { listResponsible } from './holders.ts'
import { nameInPrivate } from './names.ts'
import { reopenIncident } from './reopen.ts'
import { judge, logStep, moveOn, refuseStep, tellMembers } from './step.ts'

/**
 * The later of two reports of one thing becomes part of the earlier one: its reporter and its words count as a supplement there and
 * whoever reported first stays 首问. An earlier case that was over is opened again, for it was not fixed. Source: S1-02
 */
export async function mergeIncidents(
  ctx: Ctx,
  incident: Incident,
  earlier: Incident,
): Promise<{ merged: Incident; reopened: boolean } | { refused: Answer }> {
  if (earlier.status === 'merged' || earlier.voided)
    return { refused: refuse('wrong-state', `事件 #${earlier.no} 已并入别的事件或已撤销，请写那一件的编号。`) }
  const verdict = judge(ctx, incident, 'merge')
  if (!verdict.ok) return { refused: await refuseStep(ctx, incident, 'merge', verdict, '并案') }
  const isOver = !OPEN_STATUSES.includes(earlier.status)
  const reopening = isOver ? judge(ctx, earlier, 'reopen', ['reporter']) : undefined
  if (reopening && !reopening.ok) return { refused: await refuseStep(ctx, earlier, 'reopen', reopening, '重新办理') }
  const moved = await moveOn(ctx, incident, 'merge', { status: 'merged', mergedInto: earlier.id })
  if (!moved) return { refused: await refuseStep(ctx, incident, 'merge', { clause: verdict.clause }, '并案') }
  const words = incident.description.reveal()
  await logStep(ctx, moved, 'merge', { detail: { into: earlier.no } })
  await insertIncidentLog(ctx.db, {
    incidentId: earlier.id,
    at: ctx.at,
    byId: incident.reporterId,
    action: 'supplement',
    text: words,
    messageId: incident.messageId,
  })
  if (incident.urgent && !earlier.urgent) await passAlarmOn(ctx, earlier)
  const reopened = isOver ? await reopenIncident(ctx, earlier, words, ['reporter']) : undefined
  if (!isOver) {
    const asPressing = { ...earlier, urgent: earlier.urgent || incident.urgent }
    const text = `${nameInPrivate(ctx, earlier)}又有人上报（#${incident.no}）：“${words}”`
    if (earlier.status !== 'reported') await tellMembers(ctx, asPressing, await listResponsible(ctx, earlier), text)
  }
  return { merged: moved, reopened: reopened !== undefined && 'reopened' in reopened }
}

/** A danger stays one in the case that it became part of: nobody's taking it is asked after there. Source: S0-13 */
async function passAlarmOn({ db, now, pack }: Ctx, earlier: Incident): Promise<void> {
  await moveIncident(db, earlier.id, startsOf('note'), { urgent: true })
  if (earlier.status === 'accepted') return
  const dueAt = now + pack.incident.urgentAckMinutes.value * minuteMs
  await insertTimer(db, { job: UNANSWERED_JOB, subject: earlier.id, dueAt, at: now })
}
