import { listDays, yearOf } from '../../policy/time.ts'
import { listDone, listTargets } from '../../storage/work-targets.ts'
import { percentOf } from '../percent.ts'
import { columns, type Ledger } from './ledger.ts'

/** What each community is to reach in the years that the days touch, and what is done of it. Source: S1-26, S1-22 */
export const targetLedger: Ledger = {
  name: 'targets',
  title: '目标落实台账',
  columns: [
    { key: 'year', title: '年度', width: 8, kind: 'number' },
    columns.community,
    { key: 'name', title: '事项', width: 24 },
    { key: 'count', title: '目标', width: 10, kind: 'number' },
    { key: 'done', title: '完成', width: 10, kind: 'number' },
    { key: 'percent', title: '完成率', width: 10 },
    { key: 'at', title: '定于', width: 20, kind: 'instant' },
    columns.messageId,
  ],
  async rows({ db }, days) {
    const years = [...new Set(listDays(days).map(yearOf))]
    const rows = []
    for (const year of years) {
      const done = await listDone(db, year)
      for (const target of await listTargets(db, year)) {
        const own = done.filter(
          ({ community, nameIndex }) => community === target.community && nameIndex === target.nameIndex,
        )
        const sum = own.reduce((total, { count }) => total + count, 0)
        rows.push({
          year,
          community: target.community,
          name: target.name.reveal(),
          count: target.count,
          done: sum,
          percent: target.count > 0 ? percentOf(sum, target.count) : '',
          at: target.at,
          messageId: target.messageId,
        })
      }
    }
    return rows
  },
}
