import type { Desk } from '../handlers/desk.ts'
import { roundNames } from '../handlers/households/report.ts'
import { gatherReports, renderFigures } from '../handlers/households/report-facts.ts'
import { listAbsent } from '../handlers/leave/absent.ts'
import { listReportDues, type ReportDue } from '../policy/coverage.ts'
import { nameRoles, type RoleCode } from '../policy/pack.ts'
import { endOfDay, formatDayShort, hourMs, monthOf } from '../policy/time.ts'
import { listCoverageReports } from '../storage/coverage-reports.ts'
import { type Grid, type Member, rolesOn } from '../storage/roster.ts'
import type { Job } from './job.ts'

/**
 * The working day before a report of the month's visits is due, whoever answers for a grid that has not sent it reads so in private;
 * whoever has sent it, or is on leave with a stand-in, reads nothing. Source: S3A-10
 */
export const coverageReport: Job = {
  name: 'coverage-report',
  schedule: ['30 9 * * *'],
  days: 'workdays',
  catchUp: 'drop',
  graceMs: 8 * hourMs,
  async run(desk) {
    const { calendar, db, pack, roster, say, today } = desk
    if (!pack.coverage) return
    const month = monthOf(today)
    const due = listReportDues(month, pack.coverage, calendar).find(({ on }) => calendar.previousWorkday(on) === today)
    if (!due) return
    const sent = new Set(
      (await listCoverageReports(db, month))
        .filter(report => isSettledBy(due, report.round))
        .map(({ gridId }) => gridId),
    )
    const unsent = roster.grids.filter(({ id }) => !sent.has(id))
    const owing = await groupByReporter(desk, unsent)
    const office = nameRoles(pack, [pack.coverage.reportTo.value])
    const clause = pack.coverage.reportDays.clause
    for (const [member, grids] of owing) {
      const facts = await gatherReports(desk, grids, month)
      const lines = facts.map(one => `${one.grid.name}：${renderFigures(one)}`)
      const text = [
        `${Number(month.slice(5))}月走访情况（${roundNames[due.round]}）${formatDayShort(due.on)}前报${office}，还没有报：`,
        ...lines,
        `发“报送走访情况”，我写好并报${office}。紧急、重大情况随访随报，不等这一天。（依据：${clause}）`,
      ]
      await say.toMember(member, text.join('\n'), {
        kind: 'coverage-report',
        urgency: 'normal',
        notAfter: endOfDay(due.on),
      })
    }
  },
}

/** The final report says all that the first did. */
function isSettledBy({ round }: ReportDue, reported: ReportDue['round']): boolean {
  return reported === round || reported === 'final'
}

/** The grid's leader, for one on leave the 代理人; where nobody of them is there, its workers. */
async function groupByReporter(desk: Desk, grids: readonly Grid[]): Promise<Map<Member, Grid[]>> {
  const { roster, today } = desk
  const absent = await listAbsent(desk)
  const owing = new Map<Member, Grid[]>()
  for (const grid of grids) {
    const listHere = (role: RoleCode) =>
      roster
        .holders([role], today, { gridId: grid.id })
        .flatMap(member => (absent.has(member.id) ? standInsOf(desk, member) : [member]))
    const leaders = listHere('leader')
    const reporters = new Set(leaders.length > 0 ? leaders : listHere('worker'))
    for (const member of reporters) owing.set(member, [...(owing.get(member) ?? []), grid])
  }
  return owing
}

function standInsOf({ roster, today }: Desk, member: Member): Member[] {
  const names = rolesOn(member, today).flatMap(({ standIn }) => standIn ?? [])
  return [...new Set(names)].flatMap(name => roster.membersNamed(name))
}
