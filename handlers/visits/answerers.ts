import { findVisitList, type VisitList } from '../../policy/visit-list.ts'
import { communitiesOf, gridsOf, hasRole, type Member } from '../../storage/roster.ts'
import type { VisitTarget } from '../../storage/visit-targets.ts'
import type { Desk } from '../desk.ts'
import type { Ctx } from '../handler.ts'

/** Who leads a grid; others who serve in one (包联人员, 志愿者) have no list of its people to see. */
const GRID_LEADS = ['leader', 'instructor'] as const
const COMMUNITY_LEADS = ['communityLead'] as const

/** Who answers for visits to one: the named member while in service, else the grid's workers, else its leader. Source: S3A-09b, S4A-01 */
export function answerersOf({ roster, today }: Pick<Desk, 'roster' | 'today'>, target: VisitTarget): Member[] {
  const named = roster.memberById(target.memberId ?? '')
  if (named && gridsOf(roster, named, today).some(({ id }) => id === target.gridId)) return [named]
  const workers = roster.holders(['worker'], today, { gridId: target.gridId })
  return workers.length > 0 ? workers : roster.holders(['leader'], today, { gridId: target.gridId })
}

/** What the pack says of a target's list; one that it no longer knows is closed, to be safe. */
export function listOf({ pack }: Pick<Desk, 'pack'>, { list }: Pick<VisitTarget, 'list'>): VisitList {
  return findVisitList(pack, list) ?? { name: list, short: list, isClosed: true }
}

/**
 * Whether somebody may see who it is and change it: who answers for it and who leads the community; of lists that are not closed also
 * who leads the grid and the street's offices. Source: S1-24, S1-25, S4D-36
 */
export function maySee(ctx: Ctx, target: VisitTarget): boolean {
  const { actor, roster, today } = ctx
  if (answerersOf(ctx, target).some(({ id }) => id === actor.id)) return true
  const community = roster.gridById(target.gridId)?.community
  const leadsCommunity =
    hasRole(actor, COMMUNITY_LEADS, today) &&
    community !== undefined &&
    communitiesOf(roster, actor, today).includes(community)
  if (leadsCommunity) return true
  if (listOf(ctx, target).isClosed) return false
  return ctx.may('queryStreet') || leadsGrid(ctx, target.gridId)
}

function leadsGrid({ actor, roster, today }: Ctx, gridId: string): boolean {
  return GRID_LEADS.some(role => roster.holders([role], today, { gridId }).some(({ id }) => id === actor.id))
}

/** The grids whose people somebody may put on a list or count; absent: all of the street. */
export function reachOf(ctx: Ctx): string[] | undefined {
  const { actor, roster, today } = ctx
  if (ctx.may('queryStreet')) return undefined
  const communities = hasRole(actor, COMMUNITY_LEADS, today) ? communitiesOf(roster, actor, today) : []
  const own = gridsOf(roster, actor, today).map(({ id }) => id)
  const led = roster.grids.filter(({ community }) => communities.includes(community)).map(({ id }) => id)
  return [...new Set([...own, ...led])]
}

/** Whether somebody leads a grid, a community or the street, so that the numbers of closed lists are for them. Source: S4D-36 */
export function isLead(ctx: Ctx): boolean {
  return ctx.may('queryStreet') || hasRole(ctx.actor, [...GRID_LEADS, ...COMMUNITY_LEADS], ctx.today)
}
