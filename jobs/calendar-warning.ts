import { mondayOf, yearOf } from '../policy/time.ts'
import type { Job } from './job.ts'

const DECEMBER = '-12-'

/** From 1 December on, once a week, while the next year's holidays are not known: design decision 2. */
export const calendarWarning: Job = {
  name: 'calendar-warning',
  schedule: ['0 9 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 3 * 24 * 60 * 60_000,
  async run({ calendar, roster, say, today }) {
    const next = yearOf(today) + 1
    const isFirst = calendar.workdaysBetween(mondayOf(today), today).length === 1 || today.endsWith('-12-01')
    if (!today.includes(DECEMBER) || calendar.lastKnownYear >= next || !isFirst) return
    const text = `${next}年放假安排还没导入：国务院通知发布后，把放假和调休发给我（“节假日 ${next}全年”，一天一行）。没导入前按周一至周五暂计，不据此判缺勤或督办。`
    for (const admin of roster.holders(['admin'], today)) {
      await say.toMember(admin, text, { kind: 'calendar-warning', urgency: 'normal' })
    }
  },
}
