import type { Standing } from '../../policy/incident.ts'
import { dayOf } from '../../policy/time.ts'
import type { Incident, IncidentChange } from '../../storage/incidents.ts'
import type { Desk } from '../desk.ts'
import type { Answer, Ctx } from '../handler.ts'
import { applyChange, judgeAgain } from './clock.ts'
import { tellStep } from './feedback.ts'
import { listResponsible } from './holders.ts'
import { nameInPrivate } from './names.ts'
import { judge, logStep, moveOn, refuseStep, tellMembers } from './step.ts'

/**
 * Closed and not fixed: it goes on with its history, in the hand that had it last, and its deadlines run from today.
 *
 * @param also what the sender is to it beside what the case tells: somebody who reported the same thing anew
 * @returns the incident as it is now, or what to answer where it cannot be opened again
 */
export async function reopenIncident(
  ctx: Ctx,
  incident: Incident,
  reason: string,
  also: readonly Standing[] = [],
): Promise<{ reopened: Incident } | { refused: Answer }> {
  const verdict = judge(ctx, incident, 'reopen', also)
  if (!verdict.ok) return { refused: await refuseStep(ctx, incident, 'reopen', verdict, '重新办理') }
  const change = await planReopening(ctx, incident, ctx.at)
  const moved = await moveOn(ctx, incident, 'reopen', change)
  if (!moved) return { refused: await refuseStep(ctx, incident, 'reopen', { clause: verdict.clause }, '重新办理') }
  await logStep(ctx, moved, 'reopen', { text: reason })
  await tellMembers(
    ctx,
    moved,
    await listResponsible(ctx, moved),
    `${nameInPrivate(ctx, moved)}没有解决：“${reason}”，已重新办理，请继续跟进。`,
  )
  await tellStep(ctx, moved, { action: 'reopen' })
  return { reopened: moved }
}

/** What reopening changes: it goes back into the hand that had it last, and its deadlines run from the day of `at`. */
export async function planReopening(desk: Desk, incident: Incident, at: number): Promise<IncidentChange> {
  const inHand = incident.holderId !== undefined || incident.holderUnit !== undefined
  const change: IncidentChange = {
    status: inHand ? 'accepted' : 'reported',
    clockFrom: dayOf(at),
    steps: [],
    hold: null,
    closedTier: null,
  }
  return { ...change, deadlines: await judgeAgain(desk, applyChange(incident, change)) }
}
