import { composeReport, findReportRule } from '../handlers/information/report.ts'
import { addMonths, dayMs, dayOf, monthOf } from '../policy/time.ts'
import type { Job } from './job.ts'
import { renderLate } from './late.ts'

/** On the first working day of the month, the last month's information as a paper, to the office and the administrator. Source: S2-34 */
export const informationReportJob: Job = {
  name: 'information-report',
  schedule: ['30 9 * * *'],
  days: 'workdays',
  // `latest` would keep the newest missed day, which is not the month's first.
  catchUp: 'each',
  graceMs: 7 * dayMs,
  async run(desk, due) {
    const { calendar, roster, say, today } = desk
    const day = dayOf(due.at)
    if (!findReportRule(desk) || calendar.workdaysBetween(`${monthOf(day)}-01`, day).length !== 1) return
    const { text, attachment } = await composeReport(desk, monthOf(addMonths(`${monthOf(day)}-01`, -1)))
    for (const member of roster.holders(['generalOffice', 'admin'], today)) {
      await say.toMember(member, `${text}${renderLate(due)}`, {
        kind: 'information-report',
        urgency: 'normal',
        attachment,
      })
    }
  },
}
