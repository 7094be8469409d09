import { type Incident, moveIncident, OPEN_STATUSES } from '../../storage/incidents.ts'
import type { Member } from '../../storage/roster.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { isHolder, isWithinReach } from './reach.ts'
import { logStep, nameInPrivate, refuseReach, refuseState, tellMembers, tellReporter } from './step.ts'
import { findTarget, listTargetNames, type Target, tellUnit } from './targets.ts'
import { listFallback } from './urgent-receivers.ts'
import { tierNames } from './words.ts'

/** To a person, an office or a unit. Source: S0-11 */
export async function dispatchIncident(ctx: Ctx, incident: Incident, to: string | undefined): Promise<Answer> {
  if (!isWithinReach(ctx, incident) && !isHolder(ctx, incident)) return refuseReach(ctx, incident)
  if (!OPEN_STATUSES.includes(incident.status)) return refuseState(ctx, incident, '转办')
  if (to === undefined) {
    return ask(
      'updateIncident',
      { slots: { no: incident.no, action: 'dispatch' }, wants: 'to' },
      `事件 #${incident.no} 转给谁？回单位或姓名。`,
    )
  }
  const target = await findTarget(ctx, to, incident)
  if (!target) return refuseTarget(ctx, to)
  const change = { status: 'dispatched', ...holderOf(target) } as const
  const moved = await moveIncident(ctx.db, incident.id, OPEN_STATUSES, change)
  if (!moved) return refuseState(ctx, incident, '转办')
  await logStep(ctx, moved, 'dispatch')
  await tellTarget(
    ctx,
    moved,
    target,
    `${ctx.actor.name}转来${nameInPrivate(ctx, moved)}：“${moved.description.reveal()}”\n回“受理${moved.no}号事件”接单，或“退回${moved.no}号事件，原因……”。`,
  )
  await tellReporter(ctx, moved, `您上报的${nameInPrivate(ctx, moved)}已转${target.name}办理。`)
  return answer(`事件 #${moved.no} 已转${target.name}。`)
}

const NEXT_TIER = { grid: 'community', community: 'subdistrict', subdistrict: undefined, county: undefined } as const

/** A level up: from the grid to who answers for it, from the community to the street; or straight to whoever is named. Source: S0-07, S0-11 */
export async function escalateIncident(ctx: Ctx, incident: Incident, to: string | undefined): Promise<Answer> {
  if (!isWithinReach(ctx, incident) && !isHolder(ctx, incident)) return refuseReach(ctx, incident)
  if (!OPEN_STATUSES.includes(incident.status)) return refuseState(ctx, incident, '上报')
  const tier = NEXT_TIER[incident.tier]
  if (!tier)
    return refuse('top-tier', `事件 #${incident.no} 已在${tierNames[incident.tier]}一级，再往上请由街道书面报送。`)
  const target = to === undefined ? undefined : await findTarget(ctx, to, incident)
  if (to !== undefined && !target && !isLevel(to)) return refuseTarget(ctx, to)
  const moved = await moveIncident(ctx.db, incident.id, OPEN_STATUSES, {
    tier,
    ...(target && { status: 'dispatched', ...holderOf(target) }),
  })
  if (!moved) return refuseState(ctx, incident, '上报')
  await logStep(ctx, moved, 'escalate')
  const text = `${ctx.actor.name}上报${nameInPrivate(ctx, moved)}：“${moved.description.reveal()}”\n网格解决不了，请协调。回“受理${moved.no}号事件”接单。`
  const told = target
    ? await tellTarget(ctx, moved, target, text)
    : await tellMembers(ctx, moved, listSuperiors(ctx, moved), text)
  await tellReporter(ctx, moved, `您上报的${nameInPrivate(ctx, moved)}已报到${tierNames[tier]}一级。`)
  const names = told.length > 0 ? `，已告知${told.map(({ name }) => name).join('、')}` : ''
  return answer(`事件 #${moved.no} 已报到${tierNames[tier]}一级${names}。`)
}

/** 街道, 社区 and 上级 name a level and nobody in it. */
function isLevel(to: string): boolean {
  return /^(?:上级|领导|社区|街道|县|区)/u.test(to)
}

/** Who answers for the case on the level it came to. */
function listSuperiors(ctx: Ctx, { gridId, tier }: Incident): Member[] {
  const { roster, pack, today, actor } = ctx
  if (tier !== 'community') return roster.holders(['generalOffice'], today)
  const owners = roster.holders([pack.incident.owner.value], today, { gridId }).filter(({ id }) => id !== actor.id)
  return owners.length > 0 ? owners : listFallback(ctx, roster.gridById(gridId)?.community)
}

/** A nudge to whoever has it in hand, or to the leader where nobody took it yet. */
export async function superviseIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  if (!isWithinReach(ctx, incident)) return refuseReach(ctx, incident)
  if (!OPEN_STATUSES.includes(incident.status)) return refuseState(ctx, incident, '催办')
  if (isHolder(ctx, incident))
    return refuse('own-case', `事件 #${incident.no} 就在您手上，办完回“${incident.no}号事件办结”。`)
  const { roster, today } = ctx
  const holder = roster.memberById(incident.holderId ?? '')
  const office = incident.holderUnit === undefined ? undefined : await findTarget(ctx, incident.holderUnit, incident)
  const leaders = roster.holders(['leader'], today, { gridId: incident.gridId })
  const waitedFor = holder ? [holder] : (office?.members ?? leaders)
  await logStep(ctx, incident, 'supervise')
  const text = `${ctx.actor.name}催办${nameInPrivate(ctx, incident)}，请尽快处理并回报进展。`
  const told = await tellMembers(ctx, incident, waitedFor, text)
  if (office?.unit) await tellUnit(ctx, office.unit, incident, '催办')
  const names = told.map(({ name }) => name).join('、') || office?.name
  return answer(names ? `已催办事件 #${incident.no}：${names}。` : `事件 #${incident.no} 还没有人接手，请先指派。`)
}

function holderOf({ member, name }: Target) {
  return member ? { holderId: member.id, holderUnit: null } : { holderId: null, holderUnit: name }
}

async function tellTarget(ctx: Ctx, incident: Incident, target: Target, text: string): Promise<Member[]> {
  if (target.unit) await tellUnit(ctx, target.unit, incident, '转来')
  return tellMembers(ctx, incident, target.members, text)
}

async function refuseTarget(ctx: Ctx, told: string): Promise<Answer> {
  const names = await listTargetNames(ctx)
  return refuse(
    'unknown-target',
    `没有找到${ctx.chat.kind === 'direct' ? `“${told}”` : '这个单位或人'}。可以转给：${names.join('、') || '名册里的人'}，或写姓名。`,
  )
}
