import type { HoldKind } from '../../policy/incident.ts'
import { isInWorkdays } from '../../policy/incident-deadlines.ts'
import { addDays, type Day, listDays } from '../../policy/time.ts'
import { type HoldRequest, insertHold, listHolds, settleHold } from '../../storage/incident-holds.ts'
import {
  type Incident,
  type IncidentChange,
  insertIncidentLog,
  moveIncident,
  OPEN_STATUSES,
} from '../../storage/incidents.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { applyChange, judgeAgain, planNextLook } from './clock.ts'
import { deadlineLine, holdNames, nameDay } from './deadline-words.ts'
import { tellStep } from './feedback.ts'
import { findFirst, listResponsible } from './holders.ts'
import { nameAll, nameInPrivate } from './names.ts'
import { judge, logStep, moveOn, refuseState, refuseStep, tellMembers } from './step.ts'

/** What each kind is called in logs and before who reported. */
const ACTIONS = { extended: 'extend', paused: 'pause', hungUp: 'hangUp' } as const

/**
 * Asks for more time, a pause or a hang-up, with the reason, of whom the pack names; nobody approves their own.
 *
 * @param until the last day, where one was told
 * Source: S3B-07 (如特殊情况短期内难以解决，应当及时注明原因)
 */
export async function askHold(
  ctx: Ctx,
  incident: Incident,
  kind: HoldKind,
  { reason, until }: { reason: string; until?: Day },
): Promise<Answer> {
  const verb = holdNames[kind]
  const { holdApprovers } = ctx.pack.incident.flow
  const verdict = judge(ctx, incident, 'hold')
  if (!verdict.ok) return refuseStep(ctx, incident, 'hold', verdict, verb)
  if (kind === 'extended' && !incident.deadlines.resolve)
    return refuse(
      'no-deadline',
      `事件 #${incident.no} 没有规定办结时限，不用延期；可以“跟进 #${incident.no} ……”说明进展。`,
    )
  if (reason === '')
    return ask(
      'updateIncident',
      { slots: { no: incident.no, action: 'note' }, hold: kind, until },
      `事件 #${incident.no} 为什么要${verb}？请写明原因。（依据：${holdApprovers.clause}）`,
    )
  const last = until ?? defaultUntil(ctx, incident, kind)
  if (last < ctx.today || (kind === 'extended' && last <= incident.deadlines.resolve!.day)) {
    const why = last < ctx.today ? '已经过去' : '不在原时限之后'
    const example = `“${verb} #${incident.no} 5天 等材料”`
    return refuse('bad-day', `${nameDay(last, ctx.now)}${why}，请写一个更晚的日子或天数，如${example}。`)
  }
  const pending = (await listHolds(ctx.db, incident.id)).find(({ state }) => state === 'asked')
  if (pending) return refuse('asked-already', `事件 #${incident.no} 的${holdNames[pending.kind]}已在等审批。`)
  const approvers = await listApprovers(ctx, incident)
  const hold = await insertHold(ctx.db, {
    incidentId: incident.id,
    kind,
    askedBy: ctx.actor.id,
    askedAt: ctx.at,
    reason,
    days: kind === 'extended' ? countDays(ctx, incident, last) : 0,
    untilDay: last,
    messageId: ctx.message.id,
  })
  await logStep(ctx, incident, 'hold', { text: `申请${verb}到${nameDay(last, ctx.now)}：${reason}` })
  const { no } = incident
  await tellMembers(
    ctx,
    incident,
    approvers,
    `${ctx.actor.name}申请${nameInPrivate(ctx, incident)}${verb}到${nameDay(last, ctx.now)}：${hold.reason.reveal()}${deadlineLine(incident, ctx.now)}`,
    [
      { text: `同意${verb}`, says: `同意${verb} #${no}` },
      { text: '不同意', says: `不同意${verb} #${no}` },
    ],
  )
  return answer(`已申请事件 #${no} ${verb}到${nameDay(last, ctx.now)}，等${nameAll(approvers)}审批；批准前时限照旧。`)
}

/** Whom the pack names, without who asks; where nobody is left, who stands above. */
export async function listApprovers(ctx: Ctx, incident: Incident): Promise<Member[]> {
  const { holdApprovers, overseers } = ctx.pack.incident.flow
  for (const roles of [holdApprovers.value, overseers.value, ['generalOffice'] as const, ['principal'] as const]) {
    const found = (await findFirst(ctx, roles, incident)).filter(({ id }) => id !== ctx.actor.id)
    if (found.length > 0) return found
  }
  return []
}

/** The request that waits, whoever may decide it. */
export async function findAskedHold(ctx: Ctx, incident: Incident): Promise<HoldRequest | undefined> {
  return (await listHolds(ctx.db, incident.id)).find(({ state }) => state === 'asked')
}

/** Whether the sender may decide a request: a role the pack names, and not whoever asked. */
export function mayDecideHold({ actor, pack, today }: Ctx, { askedBy }: HoldRequest): boolean {
  const { holdApprovers, overseers } = pack.incident.flow
  return (
    askedBy !== actor.id &&
    hasRole(actor, [...holdApprovers.value, ...overseers.value, 'generalOffice', 'principal'], today)
  )
}

export async function decideHold(
  ctx: Ctx,
  incident: Incident,
  { approve, reason }: { approve: boolean; reason?: string },
): Promise<Answer> {
  const { holdApprovers } = ctx.pack.incident.flow
  const asked = await findAskedHold(ctx, incident)
  if (!asked) return refuse('nothing-asked', `事件 #${incident.no} 没有等审批的延期或暂停。`)
  const verb = holdNames[asked.kind]
  if (!mayDecideHold(ctx, asked)) {
    const names = nameAll(await listApprovers(ctx, incident))
    return refuse(
      'not-allowed',
      `事件 #${incident.no} 的${verb}由${names}审批，本人不能批自己的。（依据：${holdApprovers.clause}）`,
    )
  }
  if (!OPEN_STATUSES.includes(incident.status)) return refuseState(ctx, incident, verb)
  const asker = ctx.roster.memberById(asked.askedBy)
  const decision = { decidedBy: ctx.actor.id, decidedAt: ctx.at, fromDay: ctx.today }
  const settled = await settleHold(ctx.db, asked.id, 'asked', { state: approve ? 'approved' : 'refused', ...decision })
  if (!settled) return refuse('nothing-asked', `事件 #${incident.no} 的${verb}已由别人审批。`)
  if (!approve) {
    await logStep(ctx, incident, 'refuseHold')
    const why = reason ? `：${reason}` : ''
    const text = `${nameInPrivate(ctx, incident)}的${verb}没有批准（${ctx.actor.name}${why}），请按原时限办理。${deadlineLine(incident, ctx.now)}`
    await tellMembers(ctx, incident, asker ? [asker] : [], text)
    return answer(`事件 #${incident.no} 的${verb}已驳回，时限照旧。${deadlineLine(incident, ctx.now)}`)
  }
  const deadlines = await judgeAgain(ctx, incident)
  // An extension lasts to the new deadline, which earlier pauses may have moved.
  const until = (asked.kind === 'extended' && deadlines.resolve?.day) || settled.untilDay!
  const hold = { kind: asked.kind, by: ctx.actor.id, until, clause: holdApprovers.clause }
  const moved = await moveOn(ctx, incident, 'hold', { hold, deadlines })
  if (!moved) return refuseState(ctx, incident, verb)
  await logStep(ctx, moved, ACTIONS[asked.kind], {
    text: `${verb}到${nameDay(hold.until, ctx.now)}：${asked.reason.reveal()}`,
  })
  const text = `${nameInPrivate(ctx, moved)}已批准${verb}到${nameDay(hold.until, ctx.now)}（${ctx.actor.name}）。${deadlineLine(moved, ctx.now)}`
  await tellMembers(ctx, moved, asker ? [asker] : [], text)
  await tellStep(ctx, moved, { action: ACTIONS[asked.kind] })
  const after = asked.kind === 'extended' ? '' : '，到期自动恢复'
  return answer(
    `已同意事件 #${moved.no} ${verb}到${nameDay(hold.until, ctx.now)}${after}。${deadlineLine(moved, ctx.now)}`,
  )
}

/** 恢复: the pause ends before its day; from today the days count again. */
export async function resumeIncident(ctx: Ctx, incident: Incident): Promise<Answer> {
  const verdict = judge(ctx, incident, 'resume')
  if (!verdict.ok) return refuseStep(ctx, incident, 'resume', verdict, '恢复')
  await settleCurrent(ctx, incident, addDays(ctx.today, -1))
  const deadlines = await judgeAgain(ctx, applyChange(incident, { hold: null }))
  const moved = await moveOn(ctx, incident, 'resume', { hold: null, deadlines })
  if (!moved) return refuseState(ctx, incident, '恢复')
  await logStep(ctx, moved, 'resume')
  await tellMembers(
    ctx,
    moved,
    await listResponsible(ctx, moved),
    `${nameInPrivate(ctx, moved)}已恢复计时。${deadlineLine(moved, ctx.now)}`,
  )
  await tellStep(ctx, moved, { action: 'resume' })
  return answer(`事件 #${moved.no} 已恢复计时。${deadlineLine(moved, ctx.now)}`)
}

/** The last day of a pause is over: it ends by itself, and whoever has the case in hand hears of it. */
export async function endHold(desk: Desk, incident: Incident): Promise<void> {
  const { db, now, say } = desk
  await settleCurrent(desk, incident)
  const change: IncidentChange = { hold: null }
  const resumed = applyChange(incident, change)
  const deadlines = await judgeAgain(desk, resumed)
  const nextStepAt = planNextLook(desk, { ...resumed, deadlines })
  const moved = await moveIncident(
    db,
    incident.id,
    OPEN_STATUSES,
    { ...change, deadlines, nextStepAt },
    { nextStepAt: incident.nextStepAt },
  )
  if (!moved) return
  await insertIncidentLog(db, { incidentId: moved.id, at: now, action: 'resume', text: '到期自动恢复' })
  await desk.record('resume', { type: 'incident', id: moved.id }, { no: moved.no })
  for (const member of await listResponsible(desk, moved)) {
    await say.toMember(
      member,
      `${nameInPrivate(desk, moved)}的${holdNames[incident.hold!.kind]}到期，已恢复计时。${deadlineLine(moved, now)}`,
      {
        kind: 'incident-resume',
        urgency: 'normal',
        subject: { type: 'incident', id: moved.id },
      },
    )
  }
}

/** The case is over, or goes on, while it was paused: the days that were left are given back. */
export async function dropPause(ctx: Ctx, incident: Incident): Promise<void> {
  if (incident.hold && incident.hold.kind !== 'extended') await settleCurrent(ctx, incident, addDays(ctx.today, -1))
}

/** @param last the last day that was not counted, where the pause ends before its own */
async function settleCurrent({ db }: Desk, { id }: Incident, last?: Day): Promise<void> {
  const current = (await listHolds(db, id)).findLast(({ kind, state }) => state === 'approved' && kind !== 'extended')
  if (current) await settleHold(db, current.id, 'approved', { state: 'ended', untilDay: last })
}

/** As many days as the pack gives, in the days in which the limit counts. */
function defaultUntil(ctx: Ctx, incident: Incident, kind: HoldKind): Day {
  const { calendar, pack, today } = ctx
  const from = kind === 'extended' ? incident.deadlines.resolve!.day : today
  const days = pack.incident.flow.holdDays.value
  return isInWorkdays(pack.sla, incident) ? calendar.addWorkdays(from, days).day : addDays(from, days)
}

/** How many days of the limit's own kind lie between the deadline and the day asked for. */
function countDays({ calendar, pack }: Ctx, incident: Incident, until: Day): number {
  const from = addDays(incident.deadlines.resolve!.day, 1)
  if (isInWorkdays(pack.sla, incident)) return calendar.workdaysBetween(from, until).length
  return listDays({ from, to: until }).length
}
