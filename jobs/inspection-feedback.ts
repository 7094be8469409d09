import { remindInspected } from '../handlers/inspection/remind.ts'
import { takeSpan } from '../handlers/reminded.ts'
import { hourMs } from '../policy/time.ts'
import type { Job } from './job.ts'

/** Inspections whose answer is due today, and those whose day is over. Source: S0-26 (及时反馈督导情况) */
export const inspectionFeedback: Job = {
  name: 'inspection-feedback',
  schedule: ['0 9 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 8 * hourMs,
  async run(desk) {
    await remindInspected(desk, await takeSpan(desk, 'inspection'))
  },
}
