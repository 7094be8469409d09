import { dayMs, monthOf, yearOf } from '../policy/time.ts'
import { listPlannedTrainings } from '../storage/trainings.ts'
import type { Job } from './job.ts'

/** On the first working day of the month in which the plan of the year is due, where none stands. Source: S2-35 */
export const trainingPlan: Job = {
  name: 'training-plan',
  schedule: ['30 9 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 7 * dayMs,
  async run(desk) {
    const { pack, calendar, today, db, roster, say } = desk
    const due = pack.training?.planInMonth
    if (!due || Number(today.slice(5, 7)) !== due.value) return
    if (calendar.workdaysBetween(`${monthOf(today)}-01`, today).length !== 1) return
    const year = yearOf(today)
    if ((await listPlannedTrainings(db, year)).length > 0) return
    const text = `${year}年的培训计划还没有列：发“培训计划 3月 消防实操；9月 业务培训和考试”，一行一项。（依据：${due.clause}）`
    for (const member of roster.holders(['generalOffice'], today)) {
      await say.toMember(member, text, { kind: 'training-plan', urgency: 'normal' })
    }
  },
}
