import { communitiesOf, gridsOf, hasRole, type Member } from '../../storage/roster.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'

/** A name as it is written after a fixed word, with or without an @. */
export const NAME = '[@＠]?\\s*([\\p{Script=Han}·]{2,8}?)'

/** The one person of the roster with this name, also somebody who left; of namesakes the one who works with the speaker. */
export function findPerson({ roster, actor, today }: Ctx, name: string): { member: Member } | { refused: Answer } {
  const all = roster.members.filter(member => member.name === name)
  const active = all.filter(({ status }) => status === 'active')
  const communities = communitiesOf(roster, actor, today)
  const near = active.filter(member => communitiesOf(roster, member, today).some(place => communities.includes(place)))
  const [member] = [near, active, all].find(({ length }) => length === 1) ?? []
  if (member) return { member }
  if (all.length === 0) return { refused: refuse('unknown-person', `名册里没有“${name}”，请写名册上的姓名。`) }
  return { refused: refuse('which-person', `名册里有${all.length}位“${name}”，请管理员在名册里写明后再办。`) }
}

/** Where somebody works today, or worked on their last day. */
export function placesOf({ roster, today }: Pick<Ctx, 'roster' | 'today'>, member: Member) {
  const isOver = member.roles.every(({ to }) => to !== undefined && to < today)
  const lastDays = member.roles.flatMap(({ to }) => to ?? []).sort()
  const day = isOver ? (lastDays.at(-1) ?? today) : today
  const served: Member = { ...member, status: 'active' }
  return { grids: gridsOf(roster, served, day), communities: communitiesOf(roster, served, day) }
}

/** 社区书记 for the own community, the administrator for everybody. */
export function managesStaff(ctx: Ctx, member: Member): boolean {
  if (!ctx.may('manageStaff')) return false
  if (hasRole(ctx.actor, ['admin'], ctx.today)) return true
  const own = communitiesOf(ctx.roster, ctx.actor, ctx.today)
  return placesOf(ctx, member).communities.some(community => own.includes(community))
}

/** 网格长 of a grid in which somebody works, or last worked. */
export function leadsGridOf(ctx: Ctx, member: Member): boolean {
  const own = gridsOf(ctx.roster, ctx.actor, ctx.today)
  const leads = hasRole(ctx.actor, ['leader'], ctx.today)
  return leads && placesOf(ctx, member).grids.some(grid => own.includes(grid))
}
