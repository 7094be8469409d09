import { findIncident } from '../../storage/incidents.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import type { SlotsOf } from '../slots.ts'
import { tellWhatExists, waitsFor } from './choose.ts'
import { acceptIncident, returnIncident } from './handle.ts'

/** A bare number means an incident where no notice or leave of it waits for the sender, but the incident does (contract, numbers). */
export async function decideWaitingIncident(ctx: Ctx, slots: SlotsOf['decide']): Promise<Answer | undefined> {
  if (slots.no === undefined || slots.target !== undefined) return undefined
  const incident = await findIncident(ctx.db, slots.no)
  const action = slots.decision === 'reject' ? 'return' : slots.decision === 'approve' ? 'accept' : undefined
  if (!incident || incident.voided || !action || !waitsFor(ctx, incident, action)) return undefined
  return decideIncident(ctx, slots)
}

/** 同意 takes an incident, 退回 returns it; there is nothing to sign or issue. */
export async function decideIncident(ctx: Ctx, { no, decision, reason }: SlotsOf['decide']): Promise<Answer> {
  const incident = no === undefined ? undefined : await findIncident(ctx.db, no)
  if (!incident || incident.voided) {
    return refuse(
      'unknown-incident',
      `${no === undefined ? '请写明事件编号。' : `没有事件 #${no}。`}${await tellWhatExists(ctx)}`,
    )
  }
  if (decision === 'approve')
    return ctx.may('acceptIncident') ? acceptIncident(ctx, incident) : refuseRole(ctx, 'acceptIncident')
  if (decision === 'reject')
    return ctx.may('returnIncident') ? returnIncident(ctx, incident, reason) : refuseRole(ctx, 'returnIncident')
  return refuse('no-action', '事件不用签发。可以受理、转办、退回或办结。')
}
