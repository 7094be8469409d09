import { minuteMs, timeOf } from '../../policy/time.ts'
import type { Incident } from '../../storage/incidents.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import type { Card } from '../../storage/outbox.ts'
import { type Grid, hasRole, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { groupReader, privateReader, shortenText } from '../reader.ts'
import { listFallback, listUrgentReceivers } from './urgent-receivers.ts'
import { describeIncident } from './words.ts'

/** The reminder that nobody has taken an urgent incident; the job of this name runs it. */
export const UNANSWERED_JOB = 'urgent-unanswered'

interface Alarm {
  incident: Incident
  /** Where it may be: one grid, or those that the reporter serves in and has not chosen from yet. */
  grids: readonly Grid[]
  /** Decides the fallback where no grid is known. */
  community?: string
  /** How the report is signed: a name, or `未登记人员`. */
  reporterName: string
  reporter?: Member
}

/** Tells those who must know at once, in private and in the grid's group. @returns who was told in private */
export async function raiseAlarm(desk: Desk, alarm: Alarm): Promise<Member[]> {
  const { db, now, pack, say } = desk
  const { incident, grids, reporter } = alarm
  const receivers = new Set<Member>()
  for (const grid of grids) for (const member of await listUrgentReceivers(desk, grid)) receivers.add(member)
  if (reporter) receivers.delete(reporter)
  const told = receivers.size > 0 ? [...receivers] : listFallback(desk, alarm.community ?? grids[0]?.community)
  const subject = { type: 'incident', id: incident.id }
  for (const member of told) {
    const text = renderPrivate(desk, alarm)
    await say.toMember(member, text, { kind: 'incident-alert', urgency: 'urgent', card: acceptCard(incident), subject })
  }
  await alertGroups(desk, alarm, told)
  const dueAt = now + pack.incident.urgentAckMinutes.value * minuteMs
  await insertTimer(db, { job: UNANSWERED_JOB, subject: incident.id, dueAt, at: now })
  return told
}

async function alertGroups(desk: Desk, alarm: Alarm, told: readonly Member[]): Promise<void> {
  const { pack, roster, say, today } = desk
  for (const grid of alarm.grids) {
    const group = roster.groupFor({ gridId: grid.id })
    if (!group) continue
    const mentions = told.filter(
      member => hasRole(member, pack.incident.urgentTo.value, today) && servesIn(member, grid),
    )
    await say.toGroup(group, renderForGroup(desk, alarm), {
      kind: 'incident-alert',
      urgency: 'urgent',
      mentions,
      subject: { type: 'incident', id: alarm.incident.id },
    })
  }
}

function servesIn(member: Member, grid: Grid): boolean {
  return member.roles.some(({ gridId }) => gridId === grid.id)
}

function acceptCard({ no }: Incident): Card {
  const buttons = [{ key: 'accept', text: '受理', says: `受理${no}号事件` }]
  return { title: `紧急事件 #${no}`, buttons, ends: 'everybody' }
}

function renderPrivate({ roster, pack }: Desk, { incident, reporterName }: Alarm): string {
  return [
    `【紧急】事件 #${incident.no}：${describeIncident(incident, roster, privateReader)}`,
    `“${shortenText(incident.description.reveal())}”`,
    `报告人：${reporterName}，${timeOf(incident.reportedAt)}${incident.verified ? '' : '（报告人未核实）'}`,
    `请立即处置，回“受理${incident.no}号事件”接单。${emergencySentence(pack)}`,
  ].join('\n')
}

function renderForGroup({ roster, pack }: Desk, { incident, reporterName }: Alarm): string {
  const who = incident.verified ? `${reporterName}上报` : '报告人未核实'
  return [
    `【紧急】事件 #${incident.no}：${describeIncident(incident, roster, groupReader)}，${timeOf(incident.reportedAt)} ${who}。`,
    `请立即处置，回“受理${incident.no}号事件”接单。${emergencySentence(pack)}`,
  ].join('\n')
}

/** Nobody may believe that the bot calls for help. */
export function emergencySentence({ incident }: Desk['pack']): string {
  return `有人身危险请马上拨打 ${incident.emergencyNumbers.value.join('/')}，我不会代为报警。`
}
