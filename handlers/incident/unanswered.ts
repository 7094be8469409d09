import { minuteMs } from '../../policy/time.ts'
import type { Incident } from '../../storage/incidents.ts'
import type { Desk } from '../desk.ts'
import { privateReader } from '../reader.ts'
import { emergencySentence } from './alert.ts'
import { listFallback, listUrgentReceivers } from './urgent-receivers.ts'
import { describeIncident } from './words.ts'

/** Nobody took an urgent incident: tells those whom the pack names next, and once more those who heard of it first. Source: S0-13 */
export async function remindUnanswered(desk: Desk, incident: Incident): Promise<void> {
  const { now, pack, roster, say } = desk
  const grid = roster.gridById(incident.gridId)
  const first = grid ? await listUrgentReceivers(desk, grid) : []
  const minutes = Math.round((now - incident.reportedAt) / minuteMs)
  const text = `【紧急】事件 #${incident.no}（${describeIncident(incident, roster, privateReader)}）上报 ${minutes} 分钟还没有人受理。请立即处置，回“受理${incident.no}号事件”接单。${emergencySentence(pack)}`
  for (const member of new Set([...listFallback(desk, grid?.community), ...first])) {
    await say.toMember(member, text, {
      kind: 'incident-alert',
      urgency: 'urgent',
      subject: { type: 'incident', id: incident.id },
    })
  }
}
