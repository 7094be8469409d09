import { minuteMs } from '../../policy/time.ts'
import { type Incident, insertIncidentLog, listIncidentLogs, OPEN_STATUSES } from '../../storage/incidents.ts'
import { cancelTimers, insertTimer } from '../../storage/job-runs.ts'
import type { Desk } from '../desk.ts'
import { listResponsible, listSuperiors } from './holders.ts'
import { nameHolder, nameInPrivate } from './names.ts'

/** The question how it goes, to whoever took an urgent case and was not heard of since; the job of this name asks it. */
export const FOLLOW_JOB = 'urgent-follow-up'

/** Every step of an urgent case puts the question off; when the case is over, or nobody has taken it yet, there is none. */
export async function followUp({ db, now, pack }: Desk, incident: Incident): Promise<void> {
  if (!incident.urgent) return
  await cancelTimers(db, FOLLOW_JOB, incident.id)
  if (!OPEN_STATUSES.includes(incident.status) || incident.status === 'reported') return
  const dueAt = now + pack.incident.flow.followMinutes.value * minuteMs
  await insertTimer(db, { job: FOLLOW_JOB, subject: incident.id, dueAt, at: now })
}

/** After this many questions without an answer, the deadlines and the superiors have it. */
const QUESTIONS = 3

/**
 * Taken and then not heard of: asks whoever has it in hand; the second time their superiors read along, the third time the general
 * office. Source: S0-14 (第一时间协同做好稳控化解)
 */
export async function askHowItGoes(desk: Desk, incident: Incident): Promise<void> {
  const { db, now, pack, roster, say, today } = desk
  if (!OPEN_STATUSES.includes(incident.status) || incident.status === 'reported') return
  const logs = await listIncidentLogs(db, [incident.id])
  const last = logs.findLastIndex(({ byId }) => byId !== undefined)
  const lastWord = logs[last]
  const asked = logs.slice(last + 1).filter(({ action }) => action === 'ask').length
  if (asked >= QUESTIONS) return
  const minutes = Math.round((now - (lastWord?.at ?? incident.reportedAt)) / minuteMs)
  const text = `【紧急】${nameInPrivate(desk, incident)}已 ${minutes} 分钟没有新进展（在办：${nameHolder(desk, incident)}）。现在怎样了？回“跟进 #${incident.no} ……”，办完回“${incident.no}号事件办结”，虚惊回“误报 #${incident.no}”。`
  const told = [
    ...(await listResponsible(desk, incident)),
    ...(asked >= 1 ? await listSuperiors(desk, incident) : []),
    ...(asked >= 2 ? roster.holders(['generalOffice'], today) : []),
  ]
  for (const member of new Set(told)) {
    await say.toMember(member, text, {
      kind: 'incident-alert',
      urgency: 'urgent',
      subject: { type: 'incident', id: incident.id },
    })
  }
  await insertIncidentLog(db, {
    incidentId: incident.id,
    at: now,
    action: 'ask',
    text: `${minutes} 分钟没有进展，已询问`,
  })
  const dueAt = now + pack.incident.flow.followMinutes.value * minuteMs
  if (asked + 1 < QUESTIONS) await insertTimer(db, { job: FOLLOW_JOB, subject: incident.id, dueAt, at: now })
}
