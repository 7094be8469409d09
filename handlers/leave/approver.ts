import { communitiesOf, type Member, type MemberRole, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { holdersOfStep, supervises } from '../notice/chain.ts'

/**
 * Who decides somebody's leave: 社区书记 of the own community; the pack names who decides for 社区书记; who serves in no community
 * asks the deputy supervising the office, and where there is none the principal. Nobody decides the own leave.
 *
 * @returns undefined where nobody stands above
 * Source: issue 2 part 9, pack `leave` (defaults: S0 names no approver)
 */
export function findApprover(desk: Desk, member: Member): Member | undefined {
  const { pack, roster, today } = desk
  const { approver, approverOf } = pack.leave
  const roles = rolesOn(member, today)
  const isOther = ({ id }: Member) => id !== member.id
  const principal = () => holdersOfStep(desk, 'sign').find(isOther)
  if (roles.some(({ role }) => role === 'principal')) return undefined
  if (roles.some(({ role }) => role === 'deputy')) return principal()

  const special = roles.map(({ role }) => approverOf.value[role]).find(role => role !== undefined)
  if (special) {
    const holders = roster.holders([special], today).filter(isOther)
    return holders.find(holder => isInCharge(desk, holder, roles)) ?? holders[0] ?? principal()
  }
  const communities = communitiesOf(roster, member, today)
  for (const community of communities) {
    const lead = roster.holders([approver.value], today, { community }).find(isOther)
    if (lead) return lead
  }
  const deputies = holdersOfStep(desk, 'review').filter(isOther)
  const inCharge = deputies.find(deputy => isInCharge(desk, deputy, roles))
  if (inCharge) return inCharge
  return communities.length > 0 ? (deputies[0] ?? principal()) : principal()
}

function isInCharge(desk: Desk, deputy: Member, roles: readonly MemberRole[]): boolean {
  return roles.some(({ office, community, roleName }) => supervises(desk, deputy, office ?? community ?? roleName))
}
