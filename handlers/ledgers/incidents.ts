import { dayOf, endOfDay, instantAt, timeOf } from '../../policy/time.ts'
import { listHelpers } from '../../storage/incident-helpers.ts'
import { type IncidentLog, listIncidentLogs, listIncidents } from '../../storage/incidents.ts'
import type { Roster } from '../../storage/roster.ts'
import { holdNames, levelNames } from '../incident/deadline-words.ts'
import { listOverdueStages } from '../incident/overdue.ts'
import { nameCategory, statusNames, tierNames } from '../incident/words.ts'
import { cellsOfGrid, columns, type Ledger, nameOf, yesNo } from './ledger.ts'

/** Incidents by the day they were reported, with all that was done about them. Source: S0-10 … S0-14 */
export const incidentLedger: Ledger = {
  name: 'incidents',
  title: '事件台账',
  byGrid: true,
  columns: [
    { key: 'no', title: '编号', width: 8, kind: 'number' },
    { key: 'reportedAt', title: '上报时间', width: 20, kind: 'instant' },
    columns.community,
    columns.grid,
    columns.gridCode,
    { key: 'category', title: '类别', width: 12 },
    { key: 'urgent', title: '紧急', width: 8 },
    columns.place,
    { key: 'description', title: '情况', width: 40 },
    { key: 'reporter', title: '上报人', width: 12 },
    { key: 'verified', title: '已核实', width: 8 },
    { key: 'status', title: '状态', width: 10 },
    { key: 'tier', title: '层级', width: 8 },
    { key: 'level', title: '难易', width: 10 },
    { key: 'workClass', title: '分类', width: 16 },
    { key: 'holder', title: '经办', width: 14 },
    { key: 'helpers', title: '协助', width: 14 },
    { key: 'acceptBy', title: '受理时限', width: 14 },
    { key: 'dispatchBy', title: '流转时限', width: 14 },
    { key: 'resolveBy', title: '办结时限', width: 14 },
    { key: 'arithmetic', title: '时限怎么算', width: 40 },
    { key: 'hold', title: '延期暂停', width: 16 },
    { key: 'settledAt', title: '办结时间', width: 20, kind: 'instant' },
    { key: 'closedTier', title: '化解层级', width: 10 },
    { key: 'overdue', title: '超期', width: 8 },
    { key: 'rating', title: '评价', width: 8, kind: 'number' },
    { key: 'log', title: '办理过程', width: 60 },
    columns.messageId,
  ],
  async rows({ db, roster, gridIds }, { from, to }) {
    const end = endOfDay(to)
    const incidents = await listIncidents(db, { from: instantAt(from, '00:00'), to: end, gridIds })
    const logs = await listIncidentLogs(
      db,
      incidents.map(({ id }) => id),
    )
    const helpers = await listHelpers(
      db,
      incidents.map(({ id }) => id),
    )
    return incidents.map(incident => {
      const own = logs.filter(({ incidentId }) => incidentId === incident.id)
      return {
        no: incident.no,
        reportedAt: incident.reportedAt,
        ...cellsOfGrid(roster.gridById(incident.gridId), dayOf(incident.reportedAt)),
        category: nameCategory(incident.category),
        urgent: yesNo(incident.urgent),
        place: incident.place?.reveal(),
        description: incident.description.reveal(),
        reporter: incident.reporterName?.reveal() ?? nameOf(roster.memberById(incident.reporterId ?? '')),
        verified: yesNo(incident.verified),
        status: statusNames[incident.status],
        tier: tierNames[incident.tier],
        level: incident.level && levelNames[incident.level],
        workClass: incident.workClass,
        helpers: helpers
          .filter(({ incidentId }) => incidentId === incident.id)
          .map(({ memberId }) => nameOf(roster.memberById(memberId)))
          .join('、'),
        acceptBy: incident.deadlines.accept?.day,
        dispatchBy: incident.deadlines.dispatch?.day,
        resolveBy: incident.deadlines.resolve?.day,
        arithmetic: incident.deadlines.resolve?.arithmetic ?? incident.deadlines.dispatch?.arithmetic,
        hold: incident.hold && `${holdNames[incident.hold.kind]}至${incident.hold.until}`,
        closedTier: incident.closedTier && tierNames[incident.closedTier],
        holder: incident.holderUnit ?? nameOf(roster.memberById(incident.holderId ?? '')),
        settledAt: own.findLast(({ action }) => action === 'resolve')?.at,
        overdue: yesNo(listOverdueStages(incident, end).length > 0),
        rating: incident.rating,
        log: own.map(log => spellLog(log, roster)).join('\n'),
        messageId: incident.messageId,
      }
    })
  },
}

function spellLog({ at, byId, text }: IncidentLog, roster: Roster): string {
  const by = nameOf(roster.memberById(byId ?? ''))
  return `${dayOf(at)} ${timeOf(at)} ${by}${by && '：'}${text.reveal()}`
}
