import type { IncidentTier } from '../../policy/incident.ts'
import { type Incident, listIncidentLogs } from '../../storage/incidents.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { readerOf } from '../reader.ts'
import { applyChange, judgeAgain } from './clock.ts'
import { deadlineLine } from './deadline-words.ts'
import { tellStep } from './feedback.ts'
import { findFirst } from './holders.ts'
import { dropPause } from './holds.ts'
import { nameAll, nameInPrivate } from './names.ts'
import { isHolder } from './reach.ts'
import { judge, logStep, moveOn, refuseState, refuseStep, tellMembers } from './step.ts'
import { findGiver, listHandlersOf } from './targets.ts'
import { describeIncident } from './words.ts'

/** The first who accepts has it; whoever comes second is told who. Source: S1-02 (首问负责) */
export async function acceptIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  const verdict = judge(ctx, incident, 'accept')
  if (!verdict.ok) return refuseStep(ctx, incident, 'accept', verdict, '受理')
  // An office keeps what was sent to it; whoever of it takes the case is named beside it.
  const holder = { holderId: ctx.actor.id, holderUnit: isHolder(ctx, incident) ? undefined : null }
  const moved = await moveOn(ctx, incident, 'accept', { status: 'accepted', ...holder })
  if (!moved) return refuseState(ctx, incident, '受理', `（依据：${verdict.clause}）`)
  await logStep(ctx, moved, 'accept')
  await tellStep(ctx, moved, { action: 'accept' })
  const what = describeIncident(moved, ctx.roster, readerOf(ctx))
  return answer(`${ctx.actor.name}已受理事件 #${moved.no}（${what}）。${deadlineLine(moved, ctx.now)}`)
}

/** By whoever has it in hand, or by those who may close cases in their area. */
export async function resolveIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  const verdict = judge(ctx, incident, 'resolve')
  if (!verdict.ok) return refuseStep(ctx, incident, 'resolve', verdict, '办结')
  const moved = await moveOn(ctx, incident, 'resolve', {
    status: 'resolved',
    holderId: incident.holderId ?? ctx.actor.id,
    closedTier: closingTier(ctx, incident),
    hold: null,
  })
  if (!moved) return refuseState(ctx, incident, '办结', `（依据：${verdict.clause}）`)
  await dropPause(ctx, incident)
  await logStep(ctx, moved, 'resolve')
  await tellStep(ctx, moved, { action: 'resolve' })
  const rated = moved.reporterId === ctx.actor.id ? '' : '已请上报人评价。'
  const next = needsRecheck(ctx, moved) ? `还要复查，合格回“复查 #${moved.no} 合格”。` : rated
  return answer(`事件 #${moved.no} 已办结（${describeIncident(moved, ctx.roster, readerOf(ctx))}）。${next}`)
}

/** Whether the document wants hazards of this kind looked at again before they are closed. Source: S1-23 */
export function needsRecheck({ pack }: Pick<Ctx, 'pack'>, { category, status }: Incident): boolean {
  return status === 'resolved' && pack.incident.flow.recheck.value.some(one => one === category)
}

const ORDER: readonly IncidentTier[] = ['grid', 'community', 'subdistrict', 'county']

/** The lowest tier that somebody holds on, where it is below that of the case. */
function tierOf({ pack, today }: Ctx, member: Member, { tier }: Incident): IncidentTier | undefined {
  const own = pack.incident.flow.tiers.value.find(({ holders }) => hasRole(member, holders, today))?.tier
  return own && ORDER.indexOf(own) < ORDER.indexOf(tier) ? own : undefined
}

/** The level that settled it: the tier it was on, or that of whoever settled it where that is higher. Source: S0-10 */
export function closingTier({ actor, pack, today }: Ctx, { tier, holderUnit }: Incident): IncidentTier {
  const own = pack.incident.flow.tiers.value.filter(({ holders }) => hasRole(actor, holders, today))
  const reached = [tier, ...own.slice(0, 1).map(one => one.tier), ...(holderUnit ? (['subdistrict'] as const) : [])]
  return reached.reduce((highest, one) => (ORDER.indexOf(one) > ORDER.indexOf(highest) ? one : highest))
}

const REASON = /(?:退回|退)(?:去|给|了|掉)?[，,。：:；;\s]*(?:原因|理由)?(?:是|为)?[，,：:\s]*(.*)$/su
const BECAUSE = /(?:因为|原因|理由)(?:是|为)?[，,：:\s]*(.+)$/su

/**
 * Back to whoever handed it over, with a reason; a wrong address costs nobody anything (S0-11). The second return goes to the leader,
 * who decides; after that it is not returned any more (S3A-17 不准…推诿扯皮).
 */
export async function returnIncident(ctx: Ctx, incident: Incident, told?: string): Promise<Answer> {
  const verdict = judge(ctx, incident, 'return')
  if (!verdict.ok) return refuseStep(ctx, incident, 'return', verdict, '退回')
  const { returnsAtMost, returnsDecidedBy } = ctx.pack.incident.flow
  const before = await countReturns(ctx, incident)
  const deciders = await findFirst(ctx, returnsDecidedBy.value, incident)
  if (before >= returnsAtMost.value) {
    const names = nameAll(deciders)
    return refuse(
      'returned-enough',
      `事件 #${incident.no} 已退回${before}次，由${names}裁定，不再退回；办不了请直接联系${names}。（依据：${returnsAtMost.clause}）`,
    )
  }
  const reason = told ?? readReason(plainWords(ctx.text), incident.no)
  if (!reason)
    return ask(
      'updateIncident',
      { slots: { no: incident.no, action: 'return' }, wants: 'reason' },
      `退回事件 #${incident.no} 的原因是什么？`,
    )
  const isDecided = before + 1 >= returnsAtMost.value
  const decider = isDecided ? deciders[0] : undefined
  // 首问负责: it goes back into the hand that gave it away, and to the level of that hand.
  const back = decider ?? (await findGiver(ctx, incident))
  const change = {
    status: 'returned',
    holderId: back?.id ?? null,
    holderUnit: null,
    tier: (back && tierOf(ctx, back, incident)) ?? incident.tier,
  } as const
  const deadlines = await judgeAgain(ctx, applyChange(incident, change), ctx.today)
  const moved = await moveOn(ctx, incident, 'return', { ...change, deadlines })
  if (!moved) return refuseState(ctx, incident, '退回', `（依据：${verdict.clause}）`)
  await logStep(ctx, moved, 'return')
  const wish = decider
    ? `这是第${before + 1}次退回，请您裁定：“转办 #${moved.no} 单位”，或“受理${moved.no}号事件”。`
    : '请改派或自行办理。'
  const text = `${nameInPrivate(ctx, moved)}被${ctx.actor.name}退回：${reason}。${wish}`
  const heard = await tellMembers(ctx, moved, decider ? deciders : await listHandlersOf(ctx, moved), text)
  await tellStep(ctx, moved, { action: 'return' })
  const names = heard.length > 0 ? `，已${decider ? '请' : '告知'}${nameAll(heard)}${decider ? '裁定' : ''}` : ''
  // The reason may speak of people: in a group it is not said again.
  const why = ctx.chat.kind === 'direct' ? `，原因：${reason}` : ''
  return answer(`事件 #${moved.no} 已退回${why}${names}。退回不计超时。${deadlineLine(moved, ctx.now)}`)
}

async function countReturns({ db }: Ctx, { id }: Incident): Promise<number> {
  return (await listIncidentLogs(db, [id])).filter(({ action }) => action === 'return').length
}

/** The words behind 退回 or 因为; a number alone is no reason. */
function readReason(text: string, no: number): string | undefined {
  const words =
    readBecause(text) ??
    REASON.exec(text)?.[1]
      ?.trim()
      .replace(/[。.！!]+$/, '') ??
    ''
  const isNumberOnly = words.replace(/[\s#号事件]/g, '') === String(no)
  return words === '' || isNumberOnly ? undefined : words
}

/** The words behind 因为, 原因, 理由. */
export function readBecause(text: string): string | undefined {
  return (
    BECAUSE.exec(text)?.[1]
      ?.trim()
      .replace(/[。.！!]+$/, '') || undefined
  )
}
