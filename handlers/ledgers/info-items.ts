import { dayOf, endOfDay, instantAt } from '../../policy/time.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { topicNames } from '../info-item.ts'
import type { InfoTopic } from '../slots.ts'
import { cellsOfGrid, cellsOfMember, columns, type Ledger } from './ledger.ts'

/** What was told with nothing to handle. Source: S0-08, S0-09 */
export const infoItemLedger: Ledger = {
  name: 'infoItems',
  title: '信息台账',
  byGrid: true,
  columns: [
    { key: 'at', title: '时间', width: 20, kind: 'instant' },
    columns.name,
    columns.post,
    columns.community,
    columns.grid,
    columns.gridCode,
    { key: 'topic', title: '类别', width: 12 },
    { key: 'text', title: '内容', width: 48 },
    columns.place,
    columns.messageId,
  ],
  async rows({ db, roster, gridIds }, { from, to }) {
    const items = await listInfoItems(db, { from: instantAt(from, '00:00'), to: endOfDay(to), gridIds })
    return items.map(item => {
      const { name, post } = cellsOfMember(roster, item.memberId, dayOf(item.at))
      return {
        at: item.at,
        name,
        post,
        ...cellsOfGrid(roster.gridById(item.gridId)),
        topic: topicNames[item.topic as InfoTopic] ?? topicNames.other,
        text: item.text.reveal(),
        place: item.place?.reveal(),
        messageId: item.messageId,
      }
    })
  },
}
