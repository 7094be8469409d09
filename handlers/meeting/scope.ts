import type { Meeting } from '../../storage/meetings.ts'
import { communitiesOf, type Grid, gridsOf } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'

export type MeetingScope = Pick<Meeting, 'scope' | 'community' | 'gridId' | 'groupId'>

/**
 * Whose meeting it is: that of the group it was called in; in private that of the caller's own grid, community or street, as wide as the
 * document says for the kind. `among`: the caller serves in several grids, and one must be named.
 */
export function chooseScope(ctx: Ctx, kind: string): MeetingScope | { among: Grid[] } {
  const { chat, roster, actor, today, pack } = ctx
  const here = chat.group
  if (here) return { scope: here.scope, community: here.community, gridId: here.gridId, groupId: here.id }

  const documented = pack.meetings.find(({ value }) => value.kind === kind)?.value.scope
  const grids = gridsOf(roster, actor, today)
  const communities = communitiesOf(roster, actor, today)
  if (documented !== 'community' && grids.length > 0) {
    const [only] = grids
    return only && grids.length === 1 ? scopeOfGrid(ctx, only) : { among: grids }
  }
  const [community] = communities
  if (community) return { scope: 'community', community, groupId: roster.groupFor({ community })?.id }
  return { scope: 'street', groupId: roster.groupFor({})?.id }
}

export function scopeOfGrid({ roster }: Ctx, { id, community }: Grid): MeetingScope {
  return { scope: 'grid', community, gridId: id, groupId: roster.groupFor({ gridId: id })?.id }
}
