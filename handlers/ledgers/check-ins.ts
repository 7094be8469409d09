import { listCheckIns } from '../../storage/check-ins.ts'
import { cellsOfGrid, cellsOfMember, columns, type Ledger } from './ledger.ts'

const kinds = { on: '上班', off: '下班' }
const results = { onTime: '正常', late: '迟到', early: '早退', makeup: '补卡' }
const sources = { chat: '群消息', h5: '手机页面', dingtalk: '钉钉考勤', wecom: '企业微信考勤' }

/** Every check-in that stands, in the order in which they came. Source: S0-25 */
export const checkInLedger: Ledger = {
  name: 'checkIns',
  title: '打卡台账',
  columns: [
    { key: 'day', title: '日期', width: 12 },
    columns.name,
    columns.post,
    columns.community,
    columns.grid,
    { key: 'kind', title: '类别', width: 8 },
    { key: 'at', title: '时间', width: 20, kind: 'instant' },
    { key: 'result', title: '结果', width: 8 },
    columns.place,
    { key: 'source', title: '来源', width: 12 },
    columns.messageId,
  ],
  async rows({ db, roster }, { from, to }) {
    return (await listCheckIns(db, { from, to })).map(checkIn => {
      const { name, post, role } = cellsOfMember(roster, checkIn.memberId, checkIn.day)
      const grid = roster.gridById(role?.gridId)
      return {
        day: checkIn.day,
        name,
        post,
        community: grid?.community ?? role?.community ?? '',
        grid: cellsOfGrid(grid).grid,
        kind: kinds[checkIn.kind],
        at: checkIn.at,
        result: results[checkIn.result],
        place: checkIn.place?.reveal(),
        source: sources[checkIn.source],
        messageId: checkIn.messageId,
      }
    })
  },
}
