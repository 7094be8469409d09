import { communitiesOf, type Grid, gridsOf } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'

/** The grids that somebody's role reaches: the street's, those of the own communities, or the own. */
export function listGridsInView({ roster, actor, today, may }: Ctx): Grid[] {
  if (may('queryStreet')) return [...roster.grids]
  if (!may('queryCommunity')) return gridsOf(roster, actor, today)
  const communities = communitiesOf(roster, actor, today)
  return roster.grids.filter(({ community }) => communities.includes(community))
}
