import { checkStaffing, listAgeLines, renderFindings } from '../handlers/organisation/staffing.ts'
import { dayMs, dayOf, monthOf } from '../policy/time.ts'
import type { Job } from './job.ts'

/** Somebody who grows too old is named so long before. */
const AHEAD_DAYS = 31
const SHOWN = 20

/**
 * On the first working day of a month, whoever keeps the roster hears where it differs from the document: posts without anybody, grids
 * too large, too many households to a worker, somebody too old next month. One private message, none where nothing differs.
 * Source: S0-02, S0-03, S4D-01, S4E-01, S4E-09, S4E-11
 */
export const staffingAlert: Job = {
  name: 'staffing-alert',
  schedule: ['10 9 * * *'],
  days: 'workdays',
  // `latest` would keep the newest missed day, which is not the month's first.
  catchUp: 'each',
  graceMs: 7 * dayMs,
  async run(desk, due) {
    const { calendar, today, roster, say, pack } = desk
    const day = dayOf(due.at)
    if (calendar.workdaysBetween(`${monthOf(day)}-01`, day).length !== 1) return
    const lines = [...(await listAgeLines(desk, AHEAD_DAYS)), ...renderFindings(desk, await checkStaffing(desk))]
    if (lines.length === 0) return
    const rest = lines.length > SHOWN ? [`……还有${lines.length - SHOWN}项，发“名册检查”可看全部`] : []
    const text = [
      `名册与《${pack.title}》不一致的有${lines.length}项，请安排：`,
      ...lines.slice(0, SHOWN),
      ...rest,
    ].join('\n')
    for (const admin of roster.holders(['admin'], today)) {
      await say.toMember(admin, text, { kind: 'staffing-alert', urgency: 'normal' })
    }
  },
}
