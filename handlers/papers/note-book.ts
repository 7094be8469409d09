import { z } from 'zod'
import { dayOf, formatDayShort, timeOf } from '../../policy/time.ts'
import { type IncidentLog, listIncidentLogs } from '../../storage/incidents.ts'
import { listUnsolved } from '../export/note-book.ts'
import { renderDeadlines } from '../incident/deadline-words.ts'
import { nameTier } from '../incident/holders.ts'
import { nameHolder } from '../incident/names.ts'
import { nameCategory, statusNames } from '../incident/words.ts'
import type { PaperDesk, PaperKind, Section } from './paper.ts'

const dataSchema = z.object({ memberId: z.string() })

/** What somebody could not solve, in full, with room to write by hand. Source: S3A-38 (不能解决的要详细记载记录在专用笔记本上) */
export const noteBookPaper: PaperKind = {
  kind: 'note-book',
  async compose(desk, data) {
    const member = desk.roster.memberById(dataSchema.parse(data).memberId)
    if (!member) throw new Error('the member is gone')
    const cases = await listUnsolved(desk, member)
    const logs = await listIncidentLogs(
      desk.db,
      cases.map(({ id }) => id),
    )
    const sections = cases.map((incident): Section => {
      const own = logs.filter(({ incidentId, action }) => incidentId === incident.id && action !== 'reported')
      const place = incident.place?.reveal()
      return {
        heading: `#${incident.no} ${nameCategory(incident.category)}${place ? `，${place}` : ''}`,
        lines: [
          `${spellMoment(incident.reportedAt)} 反映：${incident.description.reveal()}`,
          ...own.map(log => renderStep(desk, log)),
          `现在：${statusNames[incident.status]}，${nameTier(desk, incident.tier)}一级，${nameHolder(desk, incident)}。${renderDeadlines(incident, desk.now)}`,
          `原因：${incident.cause?.reveal() ?? '（待填）'}`,
          '补记：',
        ],
      }
    })
    return {
      title: '专用笔记本',
      subtitle: `${member.name}　未解决的问题${cases.length}件　${formatDayShort(desk.today)}`,
      fileName: `笔记本-${member.name}-${desk.today}`,
      sections,
    }
  },
}

function renderStep({ roster }: PaperDesk, { at, byId, text }: IncidentLog): string {
  return `${spellMoment(at)} ${roster.memberById(byId ?? '')?.name ?? '群众'}：${text.reveal()}`
}

function spellMoment(at: number): string {
  return `${formatDayShort(dayOf(at))}${timeOf(at)}`
}
