import { formatYuan, growthKinds, isSensitiveInfo, judgeGrowth } from '../../policy/information.ts'
import { dayOf, endOfDay, instantAt } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import { findInfoItem, type InfoItem, listInfoItems } from '../../storage/info-items.ts'
import { loadPack } from '../../storage/packs.ts'
import { growthStates } from '../information/growth-words.ts'
import { nameTopic } from '../information/topics.ts'
import { cellsOfGrid, cellsOfMember, columns, type Ledger } from './ledger.ts'

/** What was told with nothing to handle; what is nobody's business says only that it was told. Source: S0-08, S0-09, S2-14, S1-31 */
export const infoItemLedger: Ledger = {
  name: 'infoItems',
  title: '信息台账',
  byGrid: true,
  columns: [
    { key: 'no', title: '编号', width: 8, kind: 'number' },
    { key: 'at', title: '时间', width: 20, kind: 'instant' },
    columns.name,
    columns.post,
    columns.community,
    columns.grid,
    columns.gridCode,
    { key: 'kind', title: '类型', width: 10 },
    { key: 'topic', title: '类别', width: 12 },
    { key: 'opinionNo', title: '民意号', width: 8, kind: 'number' },
    { key: 'text', title: '内容', width: 48 },
    columns.place,
    { key: 'counted', title: '计数', width: 18 },
    { key: 'growth', title: '核定', width: 28 },
    columns.messageId,
  ],
  async rows({ db, roster, gridIds }, { from, to }) {
    const items = await listInfoItems(db, { from: instantAt(from, '00:00'), to: endOfDay(to), gridIds })
    const rows = []
    for (const item of items) {
      const { name, post } = cellsOfMember(roster, item.memberId, dayOf(item.at))
      const text = item.text.reveal()
      rows.push({
        no: item.no,
        at: item.at,
        name,
        post,
        ...cellsOfGrid(roster.gridById(item.gridId), dayOf(item.at)),
        kind: item.kind,
        topic: nameTopic(item.topic),
        opinionNo: item.opinionNo,
        text: isSensitiveInfo(item.topic, text) ? '（不公开）' : text,
        place: item.place?.reveal(),
        counted: await spellCounted(db, item),
        growth: await spellGrowth(db, item),
        messageId: item.messageId,
      })
    }
    return rows
  },
}

async function spellCounted(db: StreetDb, { repeatOf }: InfoItem): Promise<string> {
  if (repeatOf === undefined) return '计'
  return `与#${(await findInfoItem(db, repeatOf))?.no}重复，不计`
}

/** By the pack of the day on which it was told. */
async function spellGrowth(db: StreetDb, { growth, amount, at }: InfoItem): Promise<string | undefined> {
  if (!growth || amount === undefined) return undefined
  const verdict = judgeGrowth(await loadPack(db, dayOf(at)), growth, amount)
  const told = `${growthKinds[growth].what}${formatYuan(amount)}`
  return verdict ? `${growthStates[verdict.state]}：${told}，${verdict.because}` : told
}
