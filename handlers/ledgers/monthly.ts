import { endOfDay, instantAt } from '../../policy/time.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { nameCategory, statusNames } from '../incident/words.ts'
import { nameTopic } from '../information/topics.ts'
import { cellsOfGrid, columns, type Ledger, nameOf, type Value } from './ledger.ts'

/**
 * 网格化管理信息采集工作台帐: what was collected in the grids, one line each, in the order in which it was done; filled from what
 * people told, never typed again. Source: S3A-08 (每月向司法所报送网格化管理信息采集工作台帐)
 */
export const monthlyLedger: Ledger = {
  name: 'monthly',
  title: '信息采集工作台账',
  byGrid: true,
  columns: [
    { key: 'no', title: '序号', width: 8, kind: 'number' },
    { key: 'at', title: '时间', width: 20, kind: 'instant' },
    columns.community,
    columns.grid,
    { key: 'kind', title: '类别', width: 10 },
    { key: 'person', title: '对象', width: 14 },
    columns.place,
    { key: 'text', title: '采集内容', width: 48 },
    { key: 'handled', title: '办理情况', width: 16 },
    { key: 'name', title: '采集人', width: 10 },
    columns.messageId,
  ],
  async rows({ db, roster, gridIds }, { from, to }) {
    const span = { from: instantAt(from, '00:00'), to: endOfDay(to), gridIds }
    const common = (memberId: string | undefined, gridId: string | undefined) => {
      const { community, grid } = cellsOfGrid(roster.gridById(gridId))
      return { community, grid, name: nameOf(roster.memberById(memberId ?? '')) }
    }
    const field = (await listFieldRecords(db, span)).map(record => ({
      at: record.claimedAt ?? record.at,
      ...common(record.memberId, record.gridId),
      kind: record.kind === 'visit' ? '走访' : '巡查',
      person: record.person?.reveal(),
      place: record.place?.reveal(),
      text: record.findings?.reveal(),
      messageId: record.messageId,
    }))
    const items = (await listInfoItems(db, span)).map(item => ({
      at: item.at,
      ...common(item.memberId, item.gridId),
      kind: `信息（${nameTopic(item.topic)}）`,
      place: item.place?.reveal(),
      text: item.text.reveal(),
      messageId: item.messageId,
    }))
    const incidents = (await listIncidents(db, span)).map(incident => ({
      at: incident.reportedAt,
      ...common(incident.reporterId, incident.gridId),
      kind: `事件（${nameCategory(incident.category)}）`,
      place: incident.place?.reveal(),
      text: incident.description.reveal(),
      handled: `#${incident.no} ${statusNames[incident.status]}`,
      messageId: incident.messageId,
    }))
    const all: (Record<string, Value> & { at: number })[] = [...field, ...items, ...incidents]
    return all.sort((a, b) => a.at - b.at).map((row, index) => ({ no: index + 1, ...row }))
  },
}
