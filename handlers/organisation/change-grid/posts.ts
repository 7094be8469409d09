import type { Day } from '../../../policy/time.ts'
import { addDays } from '../../../policy/time.ts'
import type { TouchedRows } from '../../../storage/grid-changes.ts'
import { dropRole, endRoles, giveRole, resumeRoles } from '../../../storage/leavers.ts'
import { loadRoster } from '../../../storage/load-roster.ts'
import type { Grid, Member, MemberRole } from '../../../storage/roster.ts'
import type { Ctx } from '../../handler.ts'

type Moved = Pick<TouchedRows, 'endedRoles' | 'givenRoles'> & {
  /** Whose post ends without a new one. */
  left: Member[]
}

/**
 * Ends the posts of grids that are given up and, where one takes them in, gives them there again: as many as the document allows of
 * a role (one 网格长), those whose post is full are named. What they did stays in the old grid.
 */
export async function movePosts(
  ctx: Ctx,
  grids: readonly Grid[],
  { from, into }: { from: Day; into?: Grid['id'] },
): Promise<Moved> {
  const source = sourceOf(ctx)
  const moved: Moved = { endedRoles: [], givenRoles: [], left: [] }
  const held = await loadRoster(ctx.db)
  const taken = new Map<string, number>()
  const count = (role: string) =>
    (taken.get(role) ?? 0) +
    held.members.filter(({ roles }) => roles.some(one => one.gridId === into && one.role === role && lasts(one, from)))
      .length
  for (const member of held.members) {
    const ending = member.roles.filter(role => grids.some(({ id }) => id === role.gridId) && lasts(role, from))
    if (ending.length === 0) continue
    moved.endedRoles.push(...(await endRoles(ctx.db, { ...member, roles: ending }, addDays(from, -1), source)))
    for (const role of ending) {
      const has = member.roles.some(one => one.gridId === into && one.roleName === role.roleName && lasts(one, from))
      if (has) continue
      if (into === undefined || count(role.role) >= mostOf(ctx, role)) {
        moved.left.push(member)
        continue
      }
      moved.givenRoles.push(await giveRole(ctx.db, member, { ...role, gridId: into }, from, source))
      taken.set(role.role, (taken.get(role.role) ?? 0) + 1)
    }
  }
  return moved
}

/** Puts the posts back as they were. */
export async function restorePosts(
  ctx: Ctx,
  { endedRoles, givenRoles }: Pick<TouchedRows, 'endedRoles' | 'givenRoles'>,
): Promise<void> {
  const source = sourceOf(ctx)
  for (const id of givenRoles) await dropRole(ctx.db, id, source)
  if (endedRoles.length > 0) await resumeRoles(ctx.db, endedRoles, source)
}

function sourceOf({ now, actor, message }: Ctx) {
  return { now, by: actor.id, messageId: message.id }
}

function lasts({ to }: MemberRole, from: Day): boolean {
  return to === undefined || to >= from
}

function mostOf({ pack }: Ctx, { role }: MemberRole): number {
  const limit = pack.staffing.limits.find(({ value }) => value.role === role && value.per === 'grid')
  return limit?.value.atMost ?? Number.POSITIVE_INFINITY
}
