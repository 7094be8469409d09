import {
  actionOf,
  type IncidentStep,
  judgeStep,
  type Standing,
  type StepVerdict,
  startsOf,
} from '../../policy/incident.ts'
import { timeOf } from '../../policy/time.ts'
import {
  findIncidentById,
  type Incident,
  type IncidentChange,
  insertIncidentLog,
  listIncidentLogs,
  moveIncident,
} from '../../storage/incidents.ts'
import { cancelTimers } from '../../storage/job-runs.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { plainWords } from '../plain-words.ts'
import { UNANSWERED_JOB } from './alert.ts'
import { applyChange, planNextLook } from './clock.ts'
import { followUp } from './follow-up.ts'
import { nameHolder } from './names.ts'
import { isHolder, isWithinReach } from './reach.ts'
import { statusNames } from './words.ts'

/** Whether the sender may take this step with this case now; `also` is what they are to it beside what the case itself tells. */
export function judge(ctx: Ctx, incident: Incident, step: IncidentStep, also: readonly Standing[] = []): StepVerdict {
  const { actor, pack, today } = ctx
  const holds = isHolder(ctx, incident)
  const near = isWithinReach(ctx, incident)
  const standing: Standing[] = [
    ...(holds ? (['holder'] as const) : []),
    ...(near ? (['area'] as const) : []),
    ...(near && ctx.may('closeIncident') ? (['closer'] as const) : []),
    ...(incident.reporterId === actor.id ? (['reporter'] as const) : []),
    ...also,
  ]
  return judgeStep(pack, step, {
    status: incident.status,
    hold: incident.hold?.kind,
    roles: rolesOn(actor, today).map(({ role }) => role),
    standing,
    inOtherHands: !holds && (incident.holderId ?? incident.holderUnit) !== undefined,
  })
}

/**
 * Takes a step: the row moves from the statuses the step starts in, so that of two who act at once one wins, and time looks at the
 * case anew. @returns undefined where somebody was faster
 */
export async function moveOn(
  ctx: Ctx,
  incident: Incident,
  step: IncidentStep,
  change: IncidentChange,
): Promise<Incident | undefined> {
  const nextStepAt = planNextLook(ctx, applyChange(incident, change))
  return moveIncident(ctx.db, incident.id, startsOf(step), { ...followDeadline(incident, change), nextStepAt })
}

/** An extension in force lasts to the deadline, wherever that is moved. */
function followDeadline({ hold }: Incident, change: IncidentChange): IncidentChange {
  const until = change.deadlines?.resolve?.day
  if (until === undefined || change.hold !== undefined || hold?.kind !== 'extended') return change
  return { ...change, hold: { ...hold, until } }
}

/** Steps that answer nobody's question whether somebody is on it. */
const LEAVES_WAITING: ReadonlySet<string> = new Set([
  ...(['note', 'supervise', 'help', 'judge', 'rate'] satisfies IncidentStep[]),
  ...['cause', 'line', 'inform', 'uninformed'],
])

/** Writes a step down: in the incident's own log, in the audit; and whoever acted has answered the alarm. */
export async function logStep(
  ctx: Ctx,
  incident: Incident,
  action: string,
  { text = plainWords(ctx.text), detail }: { text?: string; detail?: object } = {},
): Promise<void> {
  const { db, at, actor, message } = ctx
  await insertIncidentLog(db, { incidentId: incident.id, at, byId: actor.id, action, text, messageId: message.id })
  const { no, status } = incident
  await ctx.record(action, { type: 'incident', id: incident.id }, { no, status, ...detail })
  if (!LEAVES_WAITING.has(action)) await cancelTimers(db, UNANSWERED_JOB, incident.id)
  await followUp(ctx, incident)
}

/** In private, and never to whoever caused it. @returns who was told */
export async function tellMembers(
  ctx: Ctx,
  incident: Incident,
  members: readonly Member[],
  text: string,
  buttons: { text: string; says: string }[] = [],
): Promise<Member[]> {
  const told = [...new Set(members)].filter(({ id }) => id !== ctx.actor.id)
  const keyed = buttons.map((button, index) => ({ key: `${index}`, ...button }))
  for (const member of told) {
    await ctx.say.toMember(member, text, {
      kind: 'incident-update',
      urgency: incident.urgent ? 'urgent' : 'normal',
      subject: { type: 'incident', id: incident.id },
      card: keyed.length > 0 ? { title: `事件 #${incident.no}`, buttons: keyed } : undefined,
    })
  }
  return told
}

/** Says why a step was not taken, in one sentence with the clause; nothing was changed. `wish` is the step in words: 受理, 转办. */
export async function refuseStep(
  ctx: Ctx,
  incident: Incident,
  step: IncidentStep,
  { reason = 'wrong-state', clause }: Pick<StepVerdict, 'reason' | 'clause'>,
  wish: string,
): Promise<Answer> {
  const because = `（依据：${clause}）`
  switch (reason) {
    case 'not-allowed':
      return refuseRole(ctx, actionOf(step))
    case 'not-yours':
      return refuseReach(ctx, incident, because)
    case 'in-other-hands':
      return refuse(
        reason,
        `事件 #${incident.no} 由${nameHolder(ctx, incident)}在办，${wish}要由本人来；您有新情况，回“跟进 #${incident.no} ……”我就转告。${because}`,
      )
    case 'on-hold':
      return refuse(reason, `事件 #${incident.no} 已经暂停，先回“恢复 #${incident.no}”。${because}`)
    case 'not-on-hold':
      return refuse(reason, `事件 #${incident.no} 没有暂停，不用恢复。${because}`)
    default:
      return refuseState(ctx, incident, wish, because)
  }
}

/** Somebody was faster, or the case is over: says how it stands and by whom. */
export async function refuseState(ctx: Ctx, { id }: Incident, wish: string, because = ''): Promise<Answer> {
  const incident = await findIncidentById(ctx.db, id)
  if (!incident) throw new Error('the incident is gone')
  const logs = await listIncidentLogs(ctx.db, [id])
  const by = (action: IncidentStep) => {
    const log = logs.findLast(entry => entry.action === action)
    return log && `${ctx.roster.memberById(log.byId ?? '')?.name ?? ''} ${timeOf(log.at)}`.trim()
  }
  if (incident.status === 'accepted' && wish === '受理') {
    const who = by('accept') ?? nameHolder(ctx, incident)
    return refuse('already-accepted', `事件 #${incident.no} 已由${who} 受理，不用再${wish}。${because}`)
  }
  const into = incident.mergedInto === undefined ? undefined : await findIncidentById(ctx.db, incident.mergedInto)
  if (incident.status === 'merged' && into)
    return refuse('wrong-state', `事件 #${incident.no} 已并入 #${into.no}，${wish}请回 #${into.no}。`)
  const who = incident.status === 'resolved' ? by('resolve') : incident.status === 'accepted' ? by('accept') : undefined
  return refuse(
    'wrong-state',
    `事件 #${incident.no} ${statusNames[incident.status]}${who ? `（${who}）` : ''}，不能${wish}。${because}`,
  )
}

/** Somebody else's case: whose it is, and what the sender can do all the same. */
export function refuseReach(ctx: Ctx, incident: Incident, because = ''): Answer {
  const grid = ctx.roster.gridById(incident.gridId)
  const example = `“事件${incident.no}补充：……”`
  return refuse(
    'not-yours',
    `事件 #${incident.no} 在${grid?.name ?? '别处'}，由那里的人办理；您可以补充情况，如${example}。${because}`,
  )
}
