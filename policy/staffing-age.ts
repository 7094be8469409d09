import type { Staffing, StaffingFacts } from './staffing.ts'
import { addDays, type Day, yearOf } from './time.ts'

/** Somebody whose age the document does not allow, now or from `from` on. */
export interface AgeFinding {
  memberId: string
  rule: string
  clause: string
  /** Full years that would be one too many or too few. */
  years: number
  /** The birthday on which they are too old; absent: too young today. */
  from?: Day
}

/**
 * 网格员 younger than the document allows, or too old by `today + aheadDays`: the last allowed year of age counts up to its last day,
 * so with 18–60 somebody is too old on the 61st birthday. Who tells no 出生日期 is not judged. Source: S4E-11
 */
export function judgeAges({ age }: Staffing, { day, people }: StaffingFacts, aheadDays = 0): AgeFinding[] {
  if (!age) return []
  const { value, rule, clause } = age
  return people.flatMap(({ id, bornOn, posts }): AgeFinding[] => {
    if (bornOn === undefined || !posts.some(({ role }) => role === 'worker')) return []
    const tooOldFrom = birthdayOf(bornOn, value.to + 1)
    if (tooOldFrom <= addDays(day, aheadDays))
      return [{ memberId: id, rule, clause, years: value.to + 1, from: tooOldFrom }]
    return birthdayOf(bornOn, value.from) > day ? [{ memberId: id, rule, clause, years: value.from }] : []
  })
}

/** Born on 29 February: a year later on 1 March where there is no such day. */
function birthdayOf(bornOn: Day, years: number): Day {
  const year = yearOf(bornOn) + years
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const rest = bornOn.slice(4) === '-02-29' && !isLeap ? '-03-01' : bornOn.slice(4)
  return `${year}${rest}`
}
