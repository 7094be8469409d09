import type { Day } from '../../policy/time.ts'
import { gridsOf, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'

/** Who answers for the member's grids on that day; nobody for themselves. */
export function leadersOf({ roster }: Desk, member: Member, day: Day): Member[] {
  const found = gridsOf(roster, member, day).flatMap(({ id }) => roster.holders(['leader'], day, { gridId: id }))
  return [...new Set(found)].filter(({ id }) => id !== member.id)
}
