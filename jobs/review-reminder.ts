import { listAbsent } from '../handlers/leave/absent.ts'
import { findReviewRule, listOwing, periodOf, renderSpan, reviewWords, spanNames } from '../handlers/review/owed.ts'
import { endOfDay, hourMs, periodRange, timeOf } from '../policy/time.ts'
import type { ReviewSpan } from '../storage/reviews.ts'
import type { Member } from '../storage/roster.ts'
import type { Job } from './job.ts'

const SPANS: readonly ReviewSpan[] = ['week', 'month']

/**
 * On the last working day of a week or month, whoever has not looked back upon it reads its figures and the word to say, in private; both
 * in one text where they end together. A week without working days asks for nothing, nor does a year that is not published.
 * Source: S4D-10, S4D-11
 */
export const reviewReminder: Job = {
  name: 'review-reminder',
  schedule: ['0 16 * * *'],
  days: 'workdays',
  catchUp: 'drop',
  graceMs: 2 * hourMs,
  async run(desk, due) {
    const { calendar, pack, say, today } = desk
    if (pack.review?.remindAt.value !== timeOf(due.at) || !calendar.isKnown(today)) return
    const ending = SPANS.filter(per => {
      const { to } = periodRange(periodOf(per, today))
      return findReviewRule(pack, per) && calendar.workdaysBetween(today, to).length === 1
    })
    const absent = await listAbsent(desk)
    const lines = new Map<Member, string[]>()
    for (const per of ending) {
      for (const member of await listOwing(desk, per)) {
        if (absent.has(member.id)) continue
        const line = `${spanNames[per]}：${await renderSpan(desk, member, per)}。看一遍，回“${reviewWords[per]} ……”一句就行。`
        lines.set(member, [...(lines.get(member) ?? []), line])
      }
    }
    for (const [member, own] of lines) {
      await say.toMember(member, own.join('\n'), { kind: 'review', urgency: 'normal', notAfter: endOfDay(today) })
    }
  },
}
