import type { Position } from '../policy/geo.ts'
import type { RoleCode } from '../policy/pack.ts'

export interface Grid {
  id: string
  no: number
  code: string
  name: string
  community: string
  kind: 'ordinary' | 'dedicated'
  households?: number
  residents?: number
  /** The middle of the grid, where the roster tells it. */
  center?: Position
  /** 社情复杂 or 其他; absent where the roster does not say. */
  areaClass?: 'intricate' | 'other'
  /** 党组织设置, as the document names it. */
  partyMode?: string
  /** Local days, both included. */
  from: string
  to?: string
  predecessorId?: string
  successorId?: string
  /** Codes it bore before, the oldest first; none where it was never recoded. */
  formerCodes: readonly { code: string; until: string }[]
}

export interface MemberRole {
  id: string
  /** Code of the pack's roles: worker, leader, instructor, … */
  role: RoleCode
  /** As the pack names it: 专职网格员. */
  roleName: string
  employment?: 'fullTime' | 'partTime'
  community?: string
  gridId?: string
  office?: string
  /** Offices a deputy supervises. */
  supervises: string[]
  /** Name of who stands in. */
  standIn?: string
  /** 点位 of a 网格指导员, the lane of a 街巷长. */
  point?: string
  from: string
  to?: string
}

export interface Member {
  id: string
  /** The person's key on the outside surface. */
  key: string
  name: string
  status: 'active' | 'left'
  dingtalkId?: string
  wecomId?: string
  joinedOn?: string
  /** 职务 outside the grid: 书记, 社工. */
  titles: readonly string[]
  /** All roles ever held; `rolesOn` picks those of a day. */
  roles: MemberRole[]
}

export interface ChatGroup {
  id: string
  name: string
  scope: 'street' | 'community' | 'grid'
  community?: string
  gridId?: string
  chats: { id: string; channel: string; platformId?: string }[]
}

/** A place that people name, and the grid it lies in; one on a border stands once for each of its grids. */
export interface GridPlace {
  gridId: string
  name: string
  aliases: string[]
  kind: 'building' | 'gate' | 'shop' | 'firm' | 'station' | 'other'
  /** WGS-84. */
  position?: { lat: number; lng: number }
}

/** Who works where in one street, as of one roster version; immutable, so it is shared between messages. */
export interface Roster {
  readonly street: { id: string; name: string }
  readonly version: string
  readonly members: readonly Member[]
  readonly grids: readonly Grid[]
  readonly groups: readonly ChatGroup[]
  readonly places: readonly GridPlace[]
  memberById(id: string): Member | undefined
  memberByKey(key: string): Member | undefined
  /** `channel` dingtalk/wecom by platform id; the simulator by key. */
  memberByPlatform(channel: string, platformId: string): Member | undefined
  /** Active members with exactly this name. */
  membersNamed(name: string): Member[]
  gridById(id: string | undefined): Grid | undefined
  /** Grids with this number; several where communities number their own. */
  gridsNumbered(no: number, community?: string): Grid[]
  groupById(id: string | undefined): ChatGroup | undefined
  groupOfChat(channel: string, platformId: string): ChatGroup | undefined
  /** The group of a grid, of a community (no grid), or of the street. */
  groupFor(target: { gridId?: string; community?: string }): ChatGroup | undefined
  /** Active members holding one of `roles` on `day`, in the grid or community where given. */
  holders(roles: readonly RoleCode[], day: string, where?: { gridId?: string; community?: string }): Member[]
}

/** The roles a member holds on a day; none after leaving. */
export function rolesOn(member: Member, day: string): MemberRole[] {
  if (member.status === 'left') return []
  return member.roles.filter(({ from, to }) => from <= day && (to === undefined || day <= to))
}

export function hasRole(member: Member, roles: readonly RoleCode[], day: string): boolean {
  return rolesOn(member, day).some(({ role }) => roles.includes(role))
}

/** The grids a member serves in on a day, in roster order. */
export function gridsOf(roster: Roster, member: Member, day: string): Grid[] {
  const ids = new Set(rolesOn(member, day).map(({ gridId }) => gridId))
  const grids = [...ids].flatMap(id => roster.gridById(id) ?? [])
  return grids.sort((a, b) => a.no - b.no || (a.community < b.community ? -1 : 1))
}

/** The communities a member serves in on a day, through grids or directly. */
export function communitiesOf(roster: Roster, member: Member, day: string): string[] {
  const found = rolesOn(member, day).map(({ community, gridId }) => community ?? roster.gridById(gridId)?.community)
  return [...new Set(found.filter(name => name !== undefined))]
}

/** A roster over these rows; `storage/roster-view.ts` makes one of a day. */
export function createRoster(
  street: Roster['street'],
  version: string,
  members: Member[],
  grids: Grid[],
  groups: ChatGroup[],
  places: GridPlace[],
): Roster {
  const byId = new Map(members.map(member => [member.id, member]))
  const byKey = new Map(members.map(member => [member.key, member]))
  const byPlatform = new Map<string, Member>()
  for (const member of members) {
    if (member.dingtalkId) byPlatform.set(`dingtalk ${member.dingtalkId}`, member)
    if (member.wecomId) byPlatform.set(`wecom ${member.wecomId.toLowerCase()}`, member)
    byPlatform.set(`simulator ${member.key}`, member)
  }
  const gridById = new Map(grids.map(grid => [grid.id, grid]))
  const groupById = new Map(groups.map(group => [group.id, group]))
  const groupByChat = new Map(groups.flatMap(g => g.chats.map(c => [`${c.channel} ${c.platformId}`, g] as const)))

  return {
    street,
    version,
    members,
    grids,
    groups,
    places,
    memberById: id => byId.get(id),
    memberByKey: key => byKey.get(key),
    // WeCom writes one user id in capitals here and without them there.
    memberByPlatform: (channel, platformId) =>
      byPlatform.get(`${channel} ${channel === 'wecom' ? platformId.toLowerCase() : platformId}`),
    membersNamed: name => members.filter(member => member.name === name && member.status === 'active'),
    gridById: id => (id === undefined ? undefined : gridById.get(id)),
    gridsNumbered: (no, community) =>
      grids.filter(grid => grid.no === no && (community === undefined || grid.community === community)),
    groupById: id => (id === undefined ? undefined : groupById.get(id)),
    groupOfChat: (channel, platformId) => groupByChat.get(`${channel} ${platformId}`),
    groupFor: ({ gridId, community }) =>
      groups.find(group => group.gridId === gridId && (gridId !== undefined || group.community === community)),
    holders: (roles, day, where = {}) =>
      members.filter(member =>
        rolesOn(member, day).some(
          role =>
            roles.includes(role.role) &&
            (where.gridId === undefined || role.gridId === where.gridId) &&
            (where.community === undefined ||
              (role.community ?? gridById.get(role.gridId ?? '')?.community) === where.community),
        ),
      ),
  }
}
