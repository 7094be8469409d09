import type { Desk } from '../handlers/desk.ts'
import { gatherReports, type ReportFacts } from '../handlers/households/report-facts.ts'
import { listRepeatedPlaces } from '../handlers/incident/lists/repeats.ts'
import { addMonths, dayMs, monthOf, timeOf } from '../policy/time.ts'
import { listCoverageReports } from '../storage/coverage-reports.ts'
import type { Job } from './job.ts'

const SHOWN_PLACES = 3

/**
 * On the first working day of a month, what the grids did in the month before, summed up for the leadership and its office where the
 * document asks for that: figures alone, in private. Source: S3A-23, S4D-12
 */
export const monthlyReport: Job = {
  name: 'monthly-report',
  schedule: ['30 9 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 5 * dayMs,
  async run(desk, due) {
    const { calendar, pack, roster, say, today } = desk
    const digest = pack.monthlyDigest
    if (!digest || digest.at.value !== timeOf(due.at)) return
    if (calendar.workdaysBetween(`${monthOf(today)}-01`, today).length !== 1) return
    const month = monthOf(addMonths(`${monthOf(today)}-01`, -1))
    const facts = await gatherReports(desk, roster.grids, month)
    const text = await renderDigest(desk, month, facts)
    for (const member of roster.holders(digest.to.value, today)) {
      await say.toMember(member, text, { kind: 'monthly-report', urgency: 'normal' })
    }
  },
}

async function renderDigest({ db, pack, roster }: Desk, month: string, facts: readonly ReportFacts[]): Promise<string> {
  const sum = (count: (one: ReportFacts) => number) => facts.reduce((total, one) => total + count(one), 0)
  const reports = new Set((await listCoverageReports(db, month)).map(({ gridId }) => gridId))
  const reported = facts.flatMap(one => one.reported)
  const settled = reported.filter(({ id }) => !facts.some(one => one.unsolved.some(open => open.id === id)))
  const repeated = listRepeatedPlaces(reported, pack.incident.intake.repeatsAtLeast.value).slice(0, SHOWN_PLACES)
  const visits = pack.coverage
    ? `走访 ${sum(one => one.coverage.done)}/${sum(one => one.coverage.total)}户，${reports.size}/${facts.length}个网格已报送`
    : `走访 ${sum(one => one.coverage.visits.length)}次`
  const places = repeated.map(
    ({ place, gridId, incidents, matter }) =>
      `${roster.gridById(gridId)?.name ?? ''}${place}（${matter}${incidents.length}件）`,
  )
  return [
    `${Number(month.slice(5))}月网格情况汇总：`,
    `${visits}；信息 ${sum(one => one.infoItems)}条。`,
    `群众需求 ${sum(one => one.needs.length)}条；事件 ${reported.length}件，办结 ${settled.length}件，到现在未解决 ${sum(one => one.unsolved.length)}件。`,
    places.length > 0 ? `反复出现：${places.join('、')}。` : '',
    `明细请说“导出 台账 ${Number(month.slice(5))}月”。（依据：${pack.monthlyDigest!.to.clause}）`,
  ]
    .filter(Boolean)
    .join('\n')
}
