import type { RoleCode } from '../../policy/pack.ts'
import { type Member, type MemberRole, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'

/**
 * Whoever holds a role for a grid: in the grid, else in its community, else where the role is bound to no place. Where no grid is
 * known nobody of any one place is meant.
 */
export function listNear({ roster, today }: Desk, role: RoleCode, gridId: string | undefined): Member[] {
  const grid = roster.gridById(gridId)
  const isFree = (one: MemberRole) => one.gridId === undefined && one.community === undefined
  if (!grid) {
    return roster
      .holders([role], today)
      .filter(member => rolesOn(member, today).some(one => one.role === role && isFree(one)))
  }
  const inGrid = roster.holders([role], today, { gridId: grid.id })
  if (inGrid.length > 0) return inGrid
  const serves = (member: Member) =>
    rolesOn(member, today).some(
      one => one.role === role && one.gridId === undefined && (one.community ?? grid.community) === grid.community,
    )
  return roster.holders([role], today).filter(serves)
}
