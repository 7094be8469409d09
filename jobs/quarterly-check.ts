import { statusNames } from '../policy/pack.ts'
import { addMonths, dayMs, monthOf, quarterOf } from '../policy/time.ts'
import type { Job } from './job.ts'

/**
 * On the first working day of a quarter's last month, whoever is to check something once a quarter hears of it: 定期检查 of the
 * registers, 每季度检查一次. One line a quarter, in private. Source: S1-15, S3C-09
 */
export const quarterlyCheck: Job = {
  name: 'quarterly-check',
  schedule: ['30 9 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 7 * dayMs,
  async run({ pack, calendar, today, roster, say }) {
    const month = monthOf(today)
    if (quarterOf(addMonths(`${month}-01`, 1)) === quarterOf(today)) return
    if (calendar.workdaysBetween(`${month}-01`, today).length !== 1) return
    for (const { value, clause, status } of pack.recurring) {
      if (value.per !== 'quarter' || value.by === undefined) continue
      const often = `每季度至少${value.atLeast}次${status === 'default' ? `，${statusNames.default}` : ''}`
      const text = `本季度的${value.name}还有一个月，请安排（${often}）；发“季检”可看各网格这一季做了什么。（依据：${clause}）`
      for (const member of roster.holders([value.by], today)) {
        await say.toMember(member, text, { kind: 'quarterly-check', urgency: 'normal' })
      }
    }
  },
}
