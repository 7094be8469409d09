import { z } from 'zod'
import { dayOf, formatDayShort, timeOf } from '../../policy/time.ts'
import { findIncidentById, type Incident, type IncidentLog, listIncidentLogs } from '../../storage/incidents.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'
import type { Desk } from '../desk.ts'
import { renderDeadlines } from '../incident/deadline-words.ts'
import { nameTier } from '../incident/holders.ts'
import { nameHolder } from '../incident/names.ts'
import { originNames } from '../incident/origin.ts'
import { describeIncident, statusNames } from '../incident/words.ts'
import { privateReader } from '../reader.ts'
import type { PaperKind } from './paper.ts'

const dataSchema = z.object({ incidentId: z.string() })

/** With which a hard case goes to the leadership, with room for their decision. Source: S3A-33 (重大疑难…由办公格办提交镇领导班子) */
export const incidentSubmission: PaperKind = {
  kind: 'incident-submission',
  async compose(desk, data) {
    const incident = await findIncidentById(desk.db, dataSchema.parse(data).incidentId)
    if (!incident) throw new Error('the incident is gone')
    const { title, sections } = await describeSubmission(desk, incident)
    return {
      title: `${desk.roster.street.name}网格事项呈报件`,
      subtitle: title,
      fileName: `呈报件-事件${incident.no}`,
      sections: [...sections, { lines: ['领导批示：'] }],
    }
  },
}

/** What happened, what was done, how far it is, why, and what is to be decided. */
export async function describeSubmission(
  desk: Pick<Desk, 'db' | 'roster' | 'pack' | 'now'>,
  incident: Incident,
): Promise<{ title: string; sections: { heading: string; lines: string[] }[] }> {
  const { db, roster, now } = desk
  const logs = await listIncidentLogs(db, [incident.id])
  const messageIds = [incident.messageId, ...logs.flatMap(({ messageId }) => messageId ?? [])]
  const photos = await listPhotosOfMessages(db, [...new Set(messageIds)])
  const reporter = roster.memberById(incident.reporterId ?? '')?.name ?? incident.reporterName?.reveal() ?? '群众'
  const steps = logs.filter(({ action }) => action !== 'reported')
  const state = `${statusNames[incident.status]}，${nameTier(desk, incident.tier)}一级，经办：${nameHolder(desk, incident)}。`
  return {
    title: `关于事件 #${incident.no}（${describeIncident(incident, roster, privateReader)}）的情况`,
    sections: [
      {
        heading: '一、基本情况',
        lines: [
          `${spellMoment(incident.reportedAt)}由${reporter}上报（${originNames[incident.origin]}）。`,
          incident.description.reveal(),
        ],
      },
      {
        heading: '二、处理经过',
        lines:
          steps.length > 0
            ? steps.map((log, index) => `${index + 1}. ${renderStep(roster, log)}`)
            : ['还没有处理记录。'],
      },
      { heading: '三、目前状态', lines: [state, renderDeadlines(incident, now)].filter(Boolean) },
      { heading: '四、存在原因', lines: [incident.cause?.reveal() ?? `（待补，可回“原因 #${incident.no} ……”）`] },
      { heading: '五、需要领导决定的事项', lines: ['（请填写）'] },
      ...(photos.length > 0 ? [{ heading: '附件', lines: [`照片 ${photos.length} 张。`] }] : []),
    ],
  }
}

function renderStep(roster: Desk['roster'], { at, byId, text }: IncidentLog): string {
  return `${spellMoment(at)} ${roster.memberById(byId ?? '')?.name ?? '群众'}：${text.reveal()}`
}

function spellMoment(at: number): string {
  return `${formatDayShort(dayOf(at))}${timeOf(at)}`
}
