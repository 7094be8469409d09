import { minuteMs } from '../../policy/time.ts'
import { type Incident, insertIncidentLog, listIncidentLogs } from '../../storage/incidents.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { privateReader } from '../reader.ts'
import { emergencySentence, UNANSWERED_JOB } from './alert.ts'
import { findFirst } from './holders.ts'
import { listFallback, listUrgentReceivers } from './urgent-receivers.ts'
import { describeIncident } from './words.ts'

/** After this many rounds everybody up to the leaders has heard of it. */
const ROUNDS = 3

/**
 * Nobody took an urgent incident: each round goes one further up, and tells those once more who heard of it first. The stand-ins
 * (代理人) or whom the pack names in their place, then the general office, then the leaders of the street. Source: S0-13
 */
export async function remindUnanswered(desk: Desk, incident: Incident): Promise<void> {
  const { db, now, pack, roster, say } = desk
  const logs = await listIncidentLogs(db, [incident.id])
  const round = logs.filter(({ action }) => action === 'unanswered').length + 1
  if (round > ROUNDS) return
  const grid = roster.gridById(incident.gridId)
  const first = grid ? await listUrgentReceivers(desk, grid) : []
  const minutes = Math.round((now - incident.reportedAt) / minuteMs)
  const text = `【紧急】事件 #${incident.no}（${describeIncident(incident, roster, privateReader)}）上报 ${minutes} 分钟还没有人受理。请立即处置，回“受理${incident.no}号事件”接单。${emergencySentence(pack)}`
  for (const member of new Set([...(await listNextInLine(desk, incident, round, first)), ...first])) {
    await say.toMember(member, text, {
      kind: 'incident-alert',
      urgency: 'urgent',
      subject: { type: 'incident', id: incident.id },
      card: {
        title: `紧急事件 #${incident.no}`,
        buttons: [{ key: 'accept', text: '受理', says: `受理${incident.no}号事件` }],
      },
    })
  }
  await insertIncidentLog(db, {
    incidentId: incident.id,
    at: now,
    action: 'unanswered',
    text: `${minutes} 分钟无人受理，第 ${round} 次提醒`,
  })
  const dueAt = now + pack.incident.urgentAckMinutes.value * minuteMs
  if (round < ROUNDS) await insertTimer(db, { job: UNANSWERED_JOB, subject: incident.id, dueAt, at: now })
}

async function listNextInLine(
  desk: Desk,
  incident: Incident,
  round: number,
  first: readonly Member[],
): Promise<Member[]> {
  const { roster, today } = desk
  if (round === 2) return roster.holders(['generalOffice'], today)
  if (round === 3) return findFirst(desk, [...desk.pack.incident.flow.overseers.value, 'principal'], incident)
  const standIns = first
    .flatMap(member => rolesOn(member, today))
    .flatMap(({ standIn }) => (standIn ? roster.membersNamed(standIn) : []))
  return standIns.length > 0 ? standIns : listFallback(desk, roster.gridById(incident.gridId)?.community)
}
