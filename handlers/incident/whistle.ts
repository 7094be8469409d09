import { formatMoment, minuteMs } from '../../policy/time.ts'
import {
  answerCall,
  findCall,
  type IncidentCall,
  insertCall,
  listCalls,
  listSilentCalls,
  markSilent,
} from '../../storage/incident-calls.ts'
import { findIncidentById, type Incident, insertIncidentLog, OPEN_STATUSES } from '../../storage/incidents.ts'
import { cancelTimers, insertTimer } from '../../storage/job-runs.ts'
import { rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { defineStep, findNumbered } from './command.ts'
import { listSuperiors } from './holders.ts'
import { nameInPrivate } from './names.ts'
import { judge, logStep, refuseStep, tellMembers } from './step.ts'
import { findTarget, listTargetNames, type Target, tellUnit } from './targets.ts'

/** The silence of a unit that was called; the job of this name notices it. */
export const WHISTLE_JOB = 'incident-whistle'

/** `吹哨 #12 城管 环卫`, or without a number for the only case in hand. Source: S4D-24 (乡呼县应) */
const whistle = defineStep({
  name: 'whistle',
  step: 'whistle',
  word: '吹哨',
  rest: 'open',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['吹哨 #1 消安办 平安办', '已吹哨'],
    ],
  },
  run: callUnits,
})

async function callUnits(ctx: Ctx, incident: Incident, rest: string): Promise<Answer> {
  const { db, at, now, pack, actor, message } = ctx
  const verdict = judge(ctx, incident, 'whistle')
  if (!verdict.ok) return refuseStep(ctx, incident, 'whistle', verdict, '吹哨')
  const names = rest.split(/[\s、，,;；和]+/).filter(name => name !== '')
  const targets: Target[] = []
  for (const name of names) {
    const target = await findTarget(ctx, name, incident)
    if (!target) return refuseUnit(ctx, name)
    targets.push(target)
  }
  if (targets.length === 0) return refuseUnit(ctx, '')
  const dueAt = now + pack.incident.flow.whistleMinutes.value * minuteMs
  for (const target of targets) {
    const call = { incidentId: incident.id, unit: target.name, calledBy: actor.id, calledAt: at, dueAt }
    const { id } = await insertCall(db, { ...call, messageId: message.id })
    await insertTimer(db, { job: WHISTLE_JOB, subject: id, dueAt, at: now })
    const text = `${actor.name}吹哨：${nameInPrivate(ctx, incident)}，请${target.name}到场会商。${formatMoment(dueAt)}前回“应哨 #${incident.no}”。\n“${incident.description.reveal()}”`
    await tellMembers(ctx, incident, target.members, text, [{ text: '应哨', says: `应哨 #${incident.no}` }])
    if (target.unit) await tellUnit(ctx, target.unit, incident, '吹哨')
  }
  await logStep(ctx, incident, 'whistle', { detail: { units: targets.map(({ name }) => name) } })
  const units = targets.map(({ name }) => name).join('、')
  return answer(`事件 #${incident.no} 已吹哨：${units}，${formatMoment(dueAt)}前应哨，没人应我会提醒您。`)
}

async function refuseUnit(ctx: Ctx, name: string): Promise<Answer> {
  const known = (await listTargetNames(ctx)).join('、') || '名册里还没有单位'
  const told = ctx.chat.kind === 'direct' ? `“${name}”` : '这个单位'
  const what = name === '' ? '请写明叫哪些单位' : `没有找到${told}`
  return refuse('unknown-target', `${what}，一个也没有叫。可以叫：${known}。`)
}

const ANSWER = /^\s*应哨[\s:：]*(?:(?:事件)?\s*[#＃]?\s*(\d{1,6})\s*号?(?:事件)?)?\s*(\S.{0,30})?$/u

/** `应哨 #12`, by somebody of the unit, or by whoever called and heard it by telephone: `应哨 #12 环卫`. */
const answerWhistle: Command = {
  name: 'answerWhistle',
  matches: ANSWER,
  who: 'noteIncident',
  dialog: { as: 'office', turns: [['应哨', '没有等您应哨的']] },
  async run(ctx) {
    const [, no, told] = ANSWER.exec(ctx.text) ?? []
    const offices = rolesOn(ctx.actor, ctx.today).flatMap(({ office }) => office ?? [])
    const calls = await findCalls(ctx, readNumeral(no), offices, told)
    if ('refused' in calls) return calls.refused
    const [call] = calls.found
    const incident = call && (await findIncidentById(ctx.db, call.incidentId))
    if (!call || !incident) return refuse('nothing-called', `没有等您应哨的${no ? `：#${no}` : ''}。`)
    if (!(await answerCall(ctx.db, call.id, { memberId: ctx.actor.id, at: ctx.at })))
      return refuse('answered-already', `${call.unit}已经应哨。`)
    await cancelTimers(ctx.db, WHISTLE_JOB, call.id)
    await logStep(ctx, incident, 'answerWhistle', { text: `${call.unit}应哨` })
    const caller = ctx.roster.memberById(call.calledBy)
    const left = (await listCalls(ctx.db, incident.id)).filter(({ answeredAt }) => answeredAt === undefined)
    const rest = left.length > 0 ? `还等：${left.map(({ unit }) => unit).join('、')}。` : '已全部应哨。'
    await tellMembers(
      ctx,
      incident,
      caller ? [caller] : [],
      `${call.unit}已应哨${nameInPrivate(ctx, incident)}（${ctx.actor.name}）。${rest}`,
    )
    return answer(`已记${call.unit}应哨事件 #${incident.no}。${rest}`)
  },
}

/** The calls that wait for the sender: those of their office, or of a unit they name for a case they called it to. */
async function findCalls(
  ctx: Ctx,
  no: number | undefined,
  offices: readonly string[],
  told: string | undefined,
): Promise<{ found: IncidentCall[] } | { refused: Answer }> {
  if (no === undefined) return { found: await listSilentCalls(ctx.db, offices) }
  const found = await findNumbered(ctx, no)
  if ('refused' in found) return found
  const calls = await listCalls(ctx.db, found.incident.id)
  const mine = calls.filter(({ unit, calledBy }) =>
    told === undefined || told === ''
      ? offices.includes(unit)
      : (unit.includes(told) || told.includes(unit)) && (offices.includes(unit) || calledBy === ctx.actor.id),
  )
  return { found: mine }
}

export const whistleCommands: readonly Command[] = [whistle, answerWhistle]

/** A unit stayed silent: whoever called it hears of it, and who stands above, once. */
export async function tellSilence(desk: Desk, callId: string): Promise<void> {
  const { db, now, pack, roster, say } = desk
  const call = await findCall(db, callId)
  const incident = call && (await findIncidentById(db, call.incidentId))
  if (!incident || !OPEN_STATUSES.includes(incident.status)) return
  if (!(await markSilent(db, call.id, now))) return
  const minutes = pack.incident.flow.whistleMinutes.value
  const text = `${nameInPrivate(desk, incident)}：${call.unit}被吹哨 ${minutes} 分钟还没有应哨。请催一下；电话里应了就回“应哨 #${incident.no} ${call.unit}”。`
  const caller = roster.memberById(call.calledBy)
  for (const member of new Set([...(caller ? [caller] : []), ...(await listSuperiors(desk, incident))])) {
    await say.toMember(member, text, {
      kind: 'incident-whistle',
      urgency: incident.urgent ? 'urgent' : 'normal',
      subject: { type: 'incident', id: incident.id },
    })
  }
  await insertIncidentLog(db, { incidentId: incident.id, at: now, action: 'silence', text: `${call.unit}没有应哨` })
}
