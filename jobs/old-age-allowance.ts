import { answerersOf } from '../handlers/visits/answerers.ts'
import { nameCoded } from '../handlers/visits/words.ts'
import { dayMs, dayOf, formatDayCompact, isWithin, monthOf, monthRange } from '../policy/time.ts'
import { birthdayAt } from '../policy/visit-list.ts'
import type { Member } from '../storage/roster.ts'
import { listVisitTargets } from '../storage/visit-targets.ts'
import type { Job } from './job.ts'

/** What the pack calls the bound in its thresholds. */
const ALLOWANCE = '高龄补贴'

/**
 * On the first working day of a month, in private: who reaches the age of the allowance in it, by the day of birth as it was given (a lunar
 * one is not known as such). Only where the document has the allowance. Source: S4C-03
 */
export const oldAgeAllowance: Job = {
  name: 'old-age-allowance',
  schedule: ['15 9 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 3 * dayMs,
  async run(desk, due) {
    const { calendar, db, pack, say } = desk
    const day = dayOf(due.at)
    const rule = pack.thresholds.find(({ value }) => value.of === ALLOWANCE)
    const month = monthRange(monthOf(day))
    const age = rule?.value.atLeast
    if (!rule || age === undefined || calendar.workdaysBetween(month.from, day).length !== 1) return
    const byMember = new Map<string, { member: Member; names: string[] }>()
    for (const target of await listVisitTargets(db)) {
      const birthday = target.bornOn && birthdayAt(target.bornOn.reveal(), age)
      if (!birthday || !isWithin(birthday, month)) continue
      for (const member of answerersOf(desk, target)) {
        const known = byMember.get(member.id) ?? { member, names: [] }
        known.names.push(`${nameCoded(target)}（${formatDayCompact(birthday, day)}）`)
        byMember.set(member.id, known)
      }
    }
    for (const { member, names } of byMember.values()) {
      const text = `本月满${age}周岁：${names.join('、')}，可以登记高龄补贴（依据：${rule.clause}）；按登记的出生日期算，过农历生日的请核对。`
      await say.toMember(member, text, { kind: 'old-age-allowance', urgency: 'normal' })
    }
  },
}
