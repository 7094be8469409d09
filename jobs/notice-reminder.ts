import { tellOverdue } from '../handlers/notice/overdue.ts'
import { listOwed, remindOwing } from '../handlers/notice/remind.ts'
import { takeSpan } from '../handlers/reminded.ts'
import { hourMs, timeOf } from '../policy/time.ts'
import type { Job } from './job.ts'

/**
 * Twice a working day: those who have not finished a notice are reminded at half-time, the working day before and on the day, and the issuing
 * office reads what ran out. The run follows the pack; the schedule holds the default hours. Source: issue "task notices" part 4
 */
export const noticeReminder: Job = {
  name: 'notice-reminder',
  schedule: ['0 9 * * *', '30 14 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 8 * hourMs,
  async run(desk, due) {
    if (!desk.pack.notice.remindAt.value.includes(timeOf(due.at))) return
    const owed = await listOwed(desk, await takeSpan(desk, 'notice'))
    await remindOwing(desk, owed)
    await tellOverdue(desk, owed)
  },
}
