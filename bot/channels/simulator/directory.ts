import type { Day } from '../../../policy/time.ts'
import { communitiesOf, type Member, type MemberRole, type Roster, rolesOn } from '../../../storage/roster.ts'
import type { ChatEntry, Person } from '../../../web/shared/simulator-api.ts'

const SCOPES: ChatEntry['scope'][] = ['street', 'community', 'grid']

/** The groups of the roster on the simulator, from the street's down to the grids', and the private chat of `visitor`. */
export function listChats(roster: Roster, visitor: string | undefined): ChatEntry[] {
  const groups = roster.groups.flatMap(group =>
    group.chats
      .filter(({ channel, platformId }) => channel === 'simulator' && platformId)
      .map(
        ({ platformId }): ChatEntry => ({
          id: platformId ?? '',
          name: group.name,
          scope: group.scope,
          community: group.community ?? roster.gridById(group.gridId)?.community,
        }),
      ),
  )
  const order = ({ scope, id }: ChatEntry) => `${SCOPES.indexOf(scope)} ${id}`
  groups.sort((a, b) => (order(a) < order(b) ? -1 : 1))
  if (visitor === undefined) return groups
  return [{ id: `@${visitor}`, name: '私聊小格', scope: 'private' }, ...groups]
}

/** Everybody who can be played, with the chat where they would write first. */
export function listPeople(roster: Roster, day: Day): Person[] {
  return roster.members
    .filter(({ status }) => status === 'active')
    .map(member => {
      const roles = rolesOn(member, day)
      return {
        key: member.key,
        name: member.name,
        role: describeRoles(roster, roles),
        roleCode: roles[0]?.role,
        community: communitiesOf(roster, member, day)[0],
        homeChat: homeChat(roster, member, roles),
      }
    })
}

/** `第3网格 网格长`; several grids of one role share the role's name. */
function describeRoles(roster: Roster, roles: readonly MemberRole[]): string {
  const byName = new Map<string, string[]>()
  for (const { roleName, gridId, community, office } of roles) {
    const where = roster.gridById(gridId)?.name ?? community ?? office
    byName.set(roleName, [...(byName.get(roleName) ?? []), ...(where ? [where] : [])])
  }
  return [...byName]
    .map(([name, places]) => `${places.filter(place => place !== name).join('、')} ${name}`.trim())
    .join('；')
}

function homeChat(roster: Roster, { key }: Member, [first]: readonly MemberRole[]): string {
  if (!first || (!first.gridId && !first.community)) return `@${key}`
  const group = roster.groupFor({ gridId: first.gridId, community: first.gridId ? undefined : first.community })
  return group?.chats.find(({ channel }) => channel === 'simulator')?.platformId ?? `@${key}`
}
