import { communitiesOf, gridsOf } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'

/** Whether what belongs to a grid is for this reader: a group sees its own, in private everybody as far as the role reaches. */
export function isGridInView(ctx: Ctx, gridId: string): boolean {
  const { chat, roster, actor, today } = ctx
  const grid = roster.gridById(gridId)
  const group = chat.group
  if (group)
    return group.gridId ? group.gridId === gridId : group.community === undefined || group.community === grid?.community
  if (ctx.may('queryStreet')) return true
  if (ctx.may('queryCommunity')) return communitiesOf(roster, actor, today).includes(grid?.community ?? '')
  return gridsOf(roster, actor, today).some(({ id }) => id === gridId)
}
