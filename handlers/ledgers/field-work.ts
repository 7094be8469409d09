import { dayOf, endOfDay, instantAt } from '../../policy/time.ts'
import { isSensitiveKind } from '../../policy/visit-list.ts'
import { type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { maskName, maskPlace } from '../../storage/masking.ts'
import { outcomeNames } from '../visits/read-visit.ts'
import { cellsOfGrid, cellsOfMember, columns, type Ledger, yesNo } from './ledger.ts'

/** Visits and patrols by the day they were done; what was told later says so. Source: S0-12, S0-24 */
export const fieldWorkLedger: Ledger = {
  name: 'fieldWork',
  title: '走访巡查台账',
  byGrid: true,
  columns: [
    { key: 'at', title: '时间', width: 20, kind: 'instant' },
    { key: 'kind', title: '类别', width: 8 },
    { key: 'visitKind', title: '走访类型', width: 10 },
    columns.name,
    columns.post,
    columns.community,
    columns.grid,
    columns.gridCode,
    { key: 'person', title: '走访对象', width: 14 },
    columns.place,
    { key: 'minutes', title: '时长（分钟）', width: 12, kind: 'number' },
    { key: 'km', title: '里程（公里）', width: 12, kind: 'number' },
    { key: 'households', title: '户数', width: 8, kind: 'number' },
    { key: 'people', title: '人数', width: 8, kind: 'number' },
    { key: 'findings', title: '情况', width: 40 },
    { key: 'outcome', title: '未遇', width: 8 },
    { key: 'topic', title: '收集内容', width: 10 },
    { key: 'duty', title: '职责', width: 14 },
    { key: 'toldLater', title: '补报', width: 8 },
    columns.messageId,
  ],
  async rows({ db, roster, gridIds }, { from, to }) {
    const records = await listFieldRecords(db, { from: instantAt(from, '00:00'), to: endOfDay(to), gridIds })
    return records.map(record => {
      const at = record.claimedAt ?? record.at
      const { name, post } = cellsOfMember(roster, record.memberId, dayOf(at))
      return {
        at,
        kind: record.kind === 'visit' ? '走访' : '巡查',
        visitKind: record.visitKind,
        name,
        post,
        ...cellsOfGrid(roster.gridById(record.gridId), dayOf(record.at)),
        ...whomAndWhere(record),
        minutes: record.minutes,
        km: record.km,
        households: record.households,
        people: record.people,
        findings: record.findings?.reveal(),
        outcome: record.outcome && outcomeNames[record.outcome],
        topic: record.visitTopic,
        duty: record.duty,
        toldLater: yesNo(record.claimedAt !== undefined),
        messageId: record.messageId,
      }
    })
  },
}

/** Full names, save where the columns beside them would tell that somebody is under supervision. Source: S1-24, S4D-36 */
function whomAndWhere({ person, place, visitKind, duty }: FieldRecord): { person?: string; place?: string } {
  const told = { person: person?.reveal(), place: place?.reveal() }
  if (!isSensitiveKind(visitKind) && !isSensitiveKind(duty)) return told
  return { person: told.person && maskName(told.person), place: told.place && maskPlace(told.place) }
}
