import { askForMonth, findCollection } from '../handlers/information/population-month.ts'
import { dayMs, dayOf, monthOf } from '../policy/time.ts'
import type { Job } from './job.ts'
import { renderLate } from './late.ts'

/** On the last working day of the month: one private card to each leader, one line to 社区专干. Source: S1-14 (每月底，网格长收集登记上报的人口信息) */
export const monthEnd: Job = {
  name: 'month-end',
  schedule: ['0 15 * * *'],
  days: 'workdays',
  // `latest` would keep the newest missed day, which is not the month's last.
  catchUp: 'each',
  graceMs: 3 * dayMs,
  async run(desk, due) {
    const day = dayOf(due.at)
    if (!findCollection(desk) || monthOf(desk.calendar.nextWorkday(day)) === monthOf(day)) return
    await askForMonth(desk, day, renderLate(due))
  },
}
