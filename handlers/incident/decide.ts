import { findIncident, type Incident } from '../../storage/incidents.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { readerOf } from '../reader.ts'
import type { SlotsOf } from '../slots.ts'
import { tellWhatExists, waitsFor } from './choose.ts'
import { holdNames } from './deadline-words.ts'
import { acceptIncident, returnIncident } from './handle.ts'
import { decideHold, findAskedHold, mayDecideHold } from './holds.ts'
import { titleIncident } from './words.ts'

/** The incident of a bare number where it waits for this decision of the sender. Source: contract (Numbers) */
export async function findWaitingIncident(
  ctx: Ctx,
  { no, target, decision }: SlotsOf['decide'],
): Promise<Incident | undefined> {
  if (no === undefined || target !== undefined) return undefined
  const incident = await findIncident(ctx.db, no)
  const action = decision === 'reject' ? 'return' : decision === 'approve' ? 'accept' : undefined
  if (!incident || incident.voided || !action) return undefined
  return (await waitsForHold(ctx, incident)) || waitsFor(ctx, incident, action) ? incident : undefined
}

/** The incident of a bare number where it waits for the sender, with the words that move it on; undefined where none does. */
export async function describeWaitingIncident(
  ctx: Ctx,
  { no, target }: SlotsOf['decide'],
): Promise<string | undefined> {
  const incident = no === undefined || target !== undefined ? undefined : await findIncident(ctx.db, no)
  if (!incident || incident.voided) return undefined
  const asked = (await waitsForHold(ctx, incident)) && (await findAskedHold(ctx, incident))
  const steps = [
    ...(asked ? [`同意${holdNames[asked.kind]} #${no}`] : []),
    ...(waitsFor(ctx, incident, 'accept') ? [`${no}号受理`] : []),
    ...(waitsFor(ctx, incident, 'resolve') ? [`${no}号事件办结`] : []),
  ]
  if (steps.length === 0) return undefined
  const title = titleIncident(incident, ctx.roster, { isPrivate: ctx.chat.kind === 'direct', reader: readerOf(ctx) })
  return `等您办的事件：${title}。请回${steps.map(step => `“${step}”`).join('或')}。`
}

/** Whether more time or a pause was asked for that the sender may grant. */
async function waitsForHold(ctx: Ctx, incident: Incident): Promise<boolean> {
  const asked = await findAskedHold(ctx, incident)
  return asked !== undefined && mayDecideHold(ctx, asked)
}

/** 同意 grants what was asked for; else it takes an incident, 退回 returns it; there is nothing to sign or issue. */
export async function decideIncident(ctx: Ctx, { no, decision, reason }: SlotsOf['decide']): Promise<Answer> {
  const incident = no === undefined ? undefined : await findIncident(ctx.db, no)
  if (!incident || incident.voided) {
    return refuse(
      'unknown-incident',
      `${no === undefined ? '请写明事件编号。' : `没有事件 #${no}。`}${await tellWhatExists(ctx)}`,
    )
  }
  if ((decision === 'approve' || decision === 'reject') && (await waitsForHold(ctx, incident)))
    return decideHold(ctx, incident, { approve: decision === 'approve', reason })
  if (decision === 'approve')
    return ctx.may('acceptIncident') ? acceptIncident(ctx, incident) : refuseRole(ctx, 'acceptIncident')
  if (decision === 'reject')
    return ctx.may('returnIncident') ? returnIncident(ctx, incident, reason) : refuseRole(ctx, 'returnIncident')
  return refuse('no-action', '事件不用签发。可以受理、转办、退回或办结。')
}
