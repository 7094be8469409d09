import { startsOf } from '../../policy/incident.ts'
import { findIncident, type Incident, insertIncidentLog, moveIncident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { type Answer, answer, refuse, type StrangerCtx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { shortenText } from '../reader.ts'
import type { SlotsOf } from '../slots.ts'
import { applyChange, planNextLook } from './clock.ts'
import { listReporters } from './feedback.ts'
import { listResponsible } from './holders.ts'
import { nameInPrivate } from './names.ts'
import { askWhetherFixed, DISSATISFIED, readRating, refuseRating, renderBadMark } from './remark.ts'
import { planReopening } from './reopen.ts'
import { saysNotFixed } from './says-not-fixed.ts'

/**
 * What a resident, or somebody unknown, may say of a case: rate it, or say that it is not fixed. Only of their own report, by the person
 * who wrote it; undefined where it is another's, for then not even its number is theirs to know.
 * Source: S4B-02 (评价), S4D-39
 */
export async function remarkAsResident(
  ctx: StrangerCtx,
  { no, action }: SlotsOf['updateIncident'],
): Promise<Answer | undefined> {
  const incident = no === undefined ? undefined : await findIncident(ctx.db, no)
  if (!incident || incident.voided || !(await isWrittenBy(ctx, incident))) return undefined
  if (saysNotFixed(ctx.text)) return reopenForResident(ctx, incident)
  return action === 'rate' ? rateAsResident(ctx, incident) : supplementAsResident(ctx, incident)
}

async function isWrittenBy({ db, roster, message }: StrangerCtx, incident: Incident): Promise<boolean> {
  const { writers } = await listReporters({ db, roster }, incident)
  return writers.some(
    ({ channel, senderPlatformId }) =>
      senderPlatformId !== undefined && channel === message.channel && senderPlatformId === message.senderPlatformId,
  )
}

async function rateAsResident(ctx: StrangerCtx, incident: Incident): Promise<Answer> {
  const rating = readRating(ctx.text)
  if (rating === undefined) return refuseRating(incident)
  const isBad = rating <= DISSATISFIED
  const change = isBad ? { rating } : ({ status: 'closed', rating, nextStepAt: null } as const)
  const moved = await moveIncident(ctx.db, incident.id, startsOf('rate'), change)
  if (!moved) {
    const isOpen = OPEN_STATUSES.includes(incident.status)
    const how = isOpen ? '还在办理，办结后请您评价' : '已经结案，谢谢您'
    return refuse('wrong-state', `事件 #${incident.no} ${how}。`)
  }
  await logResident(ctx, moved, 'rate')
  if (!isBad) return answer(`谢谢您，事件 #${moved.no} 评价 ${rating} 分。`)
  await tellResponsible(ctx, moved, renderBadMark(moved, rating, ctx.text))
  return answer(askWhetherFixed(moved, rating))
}

async function reopenForResident(ctx: StrangerCtx, incident: Incident): Promise<Answer> {
  if (OPEN_STATUSES.includes(incident.status)) return supplementAsResident(ctx, incident)
  const change = await planReopening(ctx, incident, ctx.at)
  const nextStepAt = planNextLook(ctx, applyChange(incident, change))
  const moved = await moveIncident(ctx.db, incident.id, startsOf('reopen'), { ...change, nextStepAt })
  if (!moved) return refuse('wrong-state', `事件 #${incident.no} 已有人在处理。`)
  await logResident(ctx, moved, 'reopen')
  const words = shortenText(plainWords(ctx.text))
  await tellResponsible(ctx, moved, `${nameInPrivate(ctx, moved)}群众说没有解决：“${words}”，已重新办理，请继续跟进。`)
  return answer(`事件 #${moved.no} 已重新办理，办结再告诉您。`)
}

async function supplementAsResident(ctx: StrangerCtx, incident: Incident): Promise<Answer> {
  await logResident(ctx, incident, 'supplement')
  await tellResponsible(
    ctx,
    incident,
    `群众补充${nameInPrivate(ctx, incident)}：“${shortenText(plainWords(ctx.text))}”`,
  )
  return answer(`已补充到事件 #${incident.no}，谢谢您。`)
}

async function logResident(ctx: StrangerCtx, incident: Incident, action: string): Promise<void> {
  const text = plainWords(ctx.text)
  await insertIncidentLog(ctx.db, { incidentId: incident.id, at: ctx.at, action, text, messageId: ctx.message.id })
  await ctx.record(action, { type: 'incident', id: incident.id }, { no: incident.no })
}

async function tellResponsible(ctx: StrangerCtx, incident: Incident, text: string): Promise<void> {
  const options = {
    kind: 'incident-update',
    urgency: incident.urgent ? 'urgent' : 'normal',
    subject: { type: 'incident', id: incident.id },
  } as const
  for (const member of await listResponsible(ctx, incident)) await ctx.say.toMember(member, text, options)
}
