import { takeSpan } from '../handlers/reminded.ts'
import { remindTasks } from '../handlers/task/remind.ts'
import { hourMs, timeOf } from '../policy/time.ts'
import type { Job } from './job.ts'

/** Tasks given by word of mouth are reminded of at the hours of the notices, in private. Source: S0-15 */
export const taskReminder: Job = {
  name: 'task-reminder',
  schedule: ['0 9 * * *', '30 14 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 8 * hourMs,
  async run(desk, due) {
    if (!desk.pack.notice.remindAt.value.includes(timeOf(due.at))) return
    await remindTasks(desk, await takeSpan(desk, 'task'))
  },
}
