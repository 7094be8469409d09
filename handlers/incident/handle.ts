import { type Incident, moveIncident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { readerOf } from '../reader.ts'
import { isHolder, isWithinReach } from './reach.ts'
import { logStep, nameInPrivate, refuseReach, refuseState, tellMembers, tellReporter } from './step.ts'
import { listHandlersOf } from './targets.ts'
import { describeIncident } from './words.ts'

/** The first who accepts has it; whoever comes second is told who. Source: S1-02 (首问负责) */
export async function acceptIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  if (!isWithinReach(ctx, incident) && !isHolder(ctx, incident)) return refuseReach(ctx, incident)
  const holder = { holderId: ctx.actor.id, holderUnit: isHolder(ctx, incident) ? undefined : null }
  const moved = await moveIncident(ctx.db, incident.id, ['reported', 'dispatched', 'returned'], {
    status: 'accepted',
    ...holder,
  })
  if (!moved) return refuseState(ctx, incident, '受理')
  await logStep(ctx, moved, 'accept')
  if (moved.urgent) await tellReporter(ctx, moved, `${nameInPrivate(ctx, moved)}已由${ctx.actor.name}受理，正在处置。`)
  return answer(`${ctx.actor.name}已受理事件 #${moved.no}（${describeIncident(moved, ctx.roster, readerOf(ctx))}）。`)
}

/** By whoever has it in hand, or by those who may close cases in their area. */
export async function resolveIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  const holds = isHolder(ctx, incident)
  if (!holds && !isWithinReach(ctx, incident)) return refuseReach(ctx, incident)
  const inOtherHands = (incident.holderId ?? incident.holderUnit) !== undefined && !holds
  if (inOtherHands && OPEN_STATUSES.includes(incident.status) && !ctx.may('closeIncident')) {
    const holder = ctx.roster.memberById(incident.holderId ?? '')?.name ?? incident.holderUnit
    return refuse('in-other-hands', `事件 #${incident.no} 由${holder}在办，请由其办结；也可以请网格长办结。`)
  }
  const moved = await moveIncident(ctx.db, incident.id, OPEN_STATUSES, {
    status: 'resolved',
    holderId: incident.holderId ?? ctx.actor.id,
  })
  if (!moved) return refuseState(ctx, incident, '办结')
  await logStep(ctx, moved, 'resolve')
  const rating = `您可以回“事件${moved.no}评价5分”。`
  await tellReporter(ctx, moved, `您上报的${nameInPrivate(ctx, moved)}已由${ctx.actor.name}办结。${rating}`)
  return answer(`事件 #${moved.no} 已办结（${describeIncident(moved, ctx.roster, readerOf(ctx))}）。`)
}

const REASON = /(?:退回|退)(?:去|给|了|掉)?[，,。：:；;\s]*(?:原因|理由)?(?:是|为)?[，,：:\s]*(.*)$/su
const BECAUSE = /(?:因为|原因|理由)(?:是|为)?[，,：:\s]*(.+)$/su

/** Back to whoever handed it over, with a reason; a wrong address costs nobody anything. Source: S0-11 */
export async function returnIncident(ctx: Ctx, incident: Incident, told?: string): Promise<Answer> {
  if (!isHolder(ctx, incident) && !isWithinReach(ctx, incident)) return refuseReach(ctx, incident)
  if (incident.status !== 'accepted' && incident.status !== 'dispatched') return refuseState(ctx, incident, '退回')
  const reason = told ?? readReason(plainWords(ctx.text), incident.no)
  if (!reason)
    return ask(
      'updateIncident',
      { slots: { no: incident.no, action: 'return' }, wants: 'reason' },
      `退回事件 #${incident.no} 的原因是什么？`,
    )
  const change = { status: 'returned', holderId: null, holderUnit: null } as const
  const moved = await moveIncident(ctx.db, incident.id, ['accepted', 'dispatched'], change)
  if (!moved) return refuseState(ctx, incident, '退回')
  await logStep(ctx, moved, 'return')
  const text = `${nameInPrivate(ctx, moved)}被${ctx.actor.name}退回：${reason}。请改派或自行办理。`
  const heard = await tellMembers(ctx, moved, await listHandlersOf(ctx, moved), text)
  const names = heard.length > 0 ? `，已告知${heard.map(({ name }) => name).join('、')}` : ''
  // The reason may speak of people: in a group it is not said again.
  const why = ctx.chat.kind === 'direct' ? `，原因：${reason}` : ''
  return answer(`事件 #${moved.no} 已退回${why}${names}。`)
}

/** The words behind 退回 or 因为; a number alone is no reason. */
function readReason(text: string, no: number): string | undefined {
  const words = (BECAUSE.exec(text) ?? REASON.exec(text))?.[1]?.trim().replace(/[。.！!]+$/, '') ?? ''
  const isNumberOnly = words.replace(/[\s#号事件]/g, '') === String(no)
  return words === '' || isNumberOnly ? undefined : words
}
