import type { IncidentTier } from '../../policy/incident.ts'
import { hasJurisdiction, type IncidentDeadlines } from '../../policy/incident-deadlines.ts'
import type { RoleCode } from '../../policy/pack.ts'
import { dayOf } from '../../policy/time.ts'
import type { Incident, IncidentChange } from '../../storage/incidents.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { applyChange, judgeAgain } from './clock.ts'
import { deadlineLine } from './deadline-words.ts'
import { tellStep } from './feedback.ts'
import { readBecause } from './handle.ts'
import { listResponsible, listTierHolders, nameTier, nextTier } from './holders.ts'
import { nameAll, nameInPrivate } from './names.ts'
import { isHolder } from './reach.ts'
import { judge, logStep, moveOn, refuseState, refuseStep, tellMembers } from './step.ts'
import { findGiver, findTarget, listTargetNames, type Target, tellUnit } from './targets.ts'

interface Handing {
  to?: string
  /** 移交说明: asked for where the document wants one. */
  reason?: string
}

/** To a person, an office or a unit. Source: S0-11, S3A-24 (不能办理的进行移交并予以说明) */
export async function dispatchIncident(ctx: Ctx, incident: Incident, { to, reason }: Handing): Promise<Answer> {
  const verdict = judge(ctx, incident, 'dispatch')
  if (!verdict.ok) return refuseStep(ctx, incident, 'dispatch', verdict, '转办')
  const slots = { no: incident.no, action: 'dispatch', to } as const
  if (to === undefined) {
    return ask('updateIncident', { slots, wants: 'to' }, `事件 #${incident.no} 转给谁？回单位或姓名。`)
  }
  const target = await findTarget(ctx, to, incident)
  if (!target) return refuseTarget(ctx, to)
  if (hasInHand(incident, target))
    return refuse(
      'same-hand',
      `事件 #${incident.no} 已经在${target.name}手上，不用再转；要催办请回“催办${incident.no}号”。`,
    )
  const why = reason ?? readBecause(plainWords(ctx.text))
  const { transferReason } = ctx.pack.incident.flow
  if (why === undefined && transferReason.value) {
    return ask(
      'updateIncident',
      { slots, wants: 'why' },
      `移交事件 #${incident.no} 要说明原因（依据：${transferReason.clause}），为什么转给${target.name}？`,
    )
  }
  const moved = await moveOn(ctx, incident, 'dispatch', { status: 'dispatched', ...holderOf(target) })
  if (!moved) return refuseState(ctx, incident, '转办', `（依据：${verdict.clause}）`)
  await logStep(ctx, moved, 'dispatch', { text: why ? `${to}：${why}` : undefined })
  await tellTarget(
    ctx,
    moved,
    target,
    `${ctx.actor.name}转来${nameInPrivate(ctx, moved)}：“${moved.description.reveal()}”${why ? `\n说明：${why}` : ''}\n回“受理${moved.no}号事件”接单，或“退回${moved.no}号事件，原因……”。${deadlineLine(moved, ctx.now)}`,
  )
  await tellStep(ctx, moved, { action: 'dispatch', text: `已转${target.name}办理` })
  return answer(`事件 #${moved.no} 已转${target.name}。${deadlineLine(moved, ctx.now)}`)
}

/**
 * A tier up, into the hand of whoever holds there; or straight to whoever is named. Where the document limits by jurisdiction the
 * matter is now judged to lie there: nothing restarts, the later day holds. Source: S0-07, S0-11, S3B-06, S3C-05
 */
export async function escalateIncident(ctx: Ctx, incident: Incident, to: string | undefined): Promise<Answer> {
  const verdict = judge(ctx, incident, 'escalate')
  if (!verdict.ok) return refuseStep(ctx, incident, 'escalate', verdict, '上报')
  const target = to === undefined ? undefined : await findTarget(ctx, to, incident)
  const tier = findTier(ctx, incident, to, target)
  if (!tier) {
    const top = nameTier(ctx, incident.tier)
    return refuse('top-tier', `事件 #${incident.no} 已在${top}一级，再往上请书面报送。（依据：${verdict.clause}）`)
  }
  if (to !== undefined && !target && !isLevel(ctx, to)) return refuseTarget(ctx, to)
  const holders = await listTierHolders(ctx, { gridId: incident.gridId, tier }, tier)
  const change: IncidentChange = {
    status: 'dispatched',
    tier,
    ...(target ? holderOf(target) : { holderId: holders[0]?.id ?? null, holderUnit: null }),
    ...(hasJurisdiction(ctx.pack.sla) && {
      jurisdiction: [...incident.jurisdiction, { tier, day: dayOf(ctx.at) }],
    }),
  }
  const deadlines = await judgeAgain(ctx, applyChange(incident, change), ctx.today)
  const moved = await moveOn(ctx, incident, 'escalate', { ...change, deadlines })
  if (!moved) return refuseState(ctx, incident, '上报', `（依据：${verdict.clause}）`)
  await logStep(ctx, moved, 'escalate')
  const text = `${ctx.actor.name}上报${nameInPrivate(ctx, moved)}：“${moved.description.reveal()}”\n这一级解决不了，请协调。回“受理${moved.no}号事件”接单。${deadlineLine(moved, ctx.now)}`
  const told = target ? await tellTarget(ctx, moved, target, text) : await tellMembers(ctx, moved, holders, text)
  await tellStep(ctx, moved, { action: 'escalate', text: `已报到${nameTier(ctx, tier)}一级协调办理` })
  const whom = target ? `，由${target.name}办理` : told.length > 0 ? `，已告知${nameAll(told)}` : ''
  const inTime = tellHandedUp(ctx, deadlines)
  return answer(`事件 #${moved.no} 已报到${nameTier(ctx, tier)}一级${whom}。${inTime}${deadlineLine(moved, ctx.now)}`)
}

/** `上报时限 当日：3/6，已按时。`, where the document limits how soon a case is handed up. */
function tellHandedUp({ pack }: Ctx, { dispatch }: IncidentDeadlines): string {
  const limit = pack.sla.find(({ value }) => value.stage === 'escalate')
  return limit && dispatch ? `上报时限 ${dispatch.arithmetic}，已按时。` : ''
}

/** The tier that was named, or that of whoever was named, where it is above; else the next one; undefined at the top. */
function findTier(ctx: Ctx, incident: Incident, to: string | undefined, target?: Target): IncidentTier | undefined {
  const tiers = ctx.pack.incident.flow.tiers.value
  const above = tiers.slice(tiers.findIndex(({ tier }) => tier === incident.tier) + 1)
  const named = to === undefined ? undefined : above.find(({ name }) => to.includes(name))
  return (named ?? above.find(one => isOnTier(ctx, one, target)) ?? nextTier(ctx, incident.tier))?.tier
}

/** Offices and units are those of the street. */
function isOnTier(
  { today }: Ctx,
  { tier, holders }: { tier: IncidentTier; holders: readonly RoleCode[] },
  target: Target | undefined,
): boolean {
  if (!target) return false
  return target.member ? hasRole(target.member, holders, today) : tier === 'subdistrict'
}

/** 街道, 社区 and 上级 name a level and nobody in it. */
function isLevel({ pack }: Ctx, to: string): boolean {
  return (
    /^(?:上级|领导|社区|街道|县|区)/u.test(to) || pack.incident.flow.tiers.value.some(({ name }) => to.startsWith(name))
  )
}

/** A nudge to whoever has it in hand, or to those who hold on its tier where nobody took it yet. */
export async function superviseIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  const verdict = judge(ctx, incident, 'supervise')
  if (!verdict.ok) return refuseStep(ctx, incident, 'supervise', verdict, '催办')
  if (isHolder(ctx, incident))
    return refuse('own-case', `事件 #${incident.no} 就在您手上，办完回“${incident.no}号事件办结”。`)
  const office = incident.holderUnit === undefined ? undefined : await findTarget(ctx, incident.holderUnit, incident)
  await logStep(ctx, incident, 'supervise')
  const text = `${ctx.actor.name}催办${nameInPrivate(ctx, incident)}，请尽快处理并回报进展。${deadlineLine(incident, ctx.now)}`
  // 首问负责: until the other side has accepted, whoever handed it over still answers for it (S1-02).
  const giver = incident.status === 'dispatched' ? await findGiver(ctx, incident) : undefined
  const responsible = office?.unit ? [] : await listResponsible(ctx, incident)
  const waitedFor = giver ? [...responsible, giver] : responsible
  const told = await tellMembers(ctx, incident, waitedFor, text)
  if (office?.unit) await tellUnit(ctx, office.unit, incident, '催办')
  const names = nameAll(told) || office?.name
  return answer(
    names
      ? `已催办事件 #${incident.no}：${names}。${deadlineLine(incident, ctx.now)}`
      : `事件 #${incident.no} 还没有人接手，请先指派。`,
  )
}

function hasInHand({ holderId, holderUnit }: Incident, { member, name }: Target): boolean {
  return member ? holderId === member.id : holderUnit === name
}

function holderOf({ member, name }: Target) {
  return member ? { holderId: member.id, holderUnit: null } : { holderId: null, holderUnit: name }
}

async function tellTarget(ctx: Ctx, incident: Incident, target: Target, text: string): Promise<Member[]> {
  if (target.unit) await tellUnit(ctx, target.unit, incident, '转来')
  const { no } = incident
  const buttons = [{ text: '受理', says: `受理${no}号事件` }]
  return tellMembers(ctx, incident, target.members, text, buttons)
}

async function refuseTarget(ctx: Ctx, told: string): Promise<Answer> {
  const names = await listTargetNames(ctx)
  return refuse(
    'unknown-target',
    `没有找到${ctx.chat.kind === 'direct' ? `“${told}”` : '这个单位或人'}。可以转给：${names.join('、') || '名册里的人'}，或写姓名。`,
  )
}
