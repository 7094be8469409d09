import type { Grid, Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listAbsent } from '../leave/absent.ts'
import { listNear } from './near.ts'

/**
 * Who hears of an urgent report in a grid: the holders of the posts the pack names. Where a post is vacant or its holders are on
 * leave, their stand-ins hear of it too, else the pack's fallback in the community, else the general office.
 * Source: S0-13, S0-07, S0-05 (deputies while on leave)
 */
export async function listUrgentReceivers(desk: Desk, grid: Grid): Promise<Member[]> {
  const { roster, pack } = desk
  const away = await listAbsent(desk)
  const told: Member[] = []
  for (const role of pack.incident.urgentTo.value) {
    const holders = listNear(desk, role, grid.id)
    told.push(...holders)
    if (holders.some(({ id }) => !away.has(id))) continue
    const standIns = holders
      .flatMap(({ roles }) => roles)
      .flatMap(({ standIn }) => (standIn ? roster.membersNamed(standIn) : []))
    told.push(...(standIns.length > 0 ? standIns : listFallback(desk, grid.community)))
  }
  return [...new Set(told)]
}

/** Whom the pack names where nobody of the grid can be reached; the general office where the community has none of them. */
export function listFallback({ roster, pack, today }: Desk, community: string | undefined): Member[] {
  if (community !== undefined) {
    for (const role of pack.incident.urgentFallback.value) {
      const found = roster.holders([role], today, { community })
      if (found.length > 0) return found
    }
  }
  return roster.holders(['generalOffice'], today)
}
