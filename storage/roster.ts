import type { Position } from '../policy/geo.ts'
import type { RoleCode } from '../policy/pack.ts'
import type { Day } from '../policy/time.ts'
import type { Db, StreetDb } from './database.ts'
import { viewRoster } from './roster-view.ts'
import { findSetting, saveSetting } from './settings.ts'

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

const VERSION = 'roster-version'
const cached = new WeakMap<object, Map<string, Roster>>()

/** Call in the transaction that changes members, grids, groups or chats. */
export async function touchRoster(db: StreetDb, version: string): Promise<void> {
  await saveSetting(db, VERSION, version, db.street)
}

/**
 * The street's roster; read anew only when its version changed. Inside a transaction it sees that transaction's changes.
 * With a day: the grids in force on it, under the codes of that day (`gridById` still finds every grid); without: all there ever were.
 */
export async function loadRoster(db: StreetDb, day?: Day): Promise<Roster> {
  const roster = await loadWhole(db)
  return day === undefined ? roster : viewRoster(roster, day)
}

async function loadWhole(db: StreetDb): Promise<Roster> {
  const version = (await findSetting(db, VERSION, db.street)) ?? ''
  const perVault = cached.get(db.vault) ?? new Map<string, Roster>()
  cached.set(db.vault, perVault)
  const known = perVault.get(db.street)
  if (known && known.version === version) return known
  const roster = await readRoster(db, version)
  perVault.set(db.street, roster)
  return roster
}

async function readRoster(db: StreetDb, version: string): Promise<Roster> {
  const street = await db.sql
    .selectFrom('subdistrict')
    .select(['id', 'name'])
    .where('id', '=', db.street)
    .executeTakeFirstOrThrow()
  const gridRows = await db.sql
    .selectFrom('grid')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('grid_no')
    .orderBy('community')
    .execute()
  const codeRows = await db.sql
    .selectFrom('grid_code')
    .select(['grid_id', 'code', 'until_day'])
    .where('subdistrict_id', '=', db.street)
    .orderBy('until_day')
    .execute()
  const memberRows = await db.sql
    .selectFrom('member')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('id')
    .execute()
  const roleRows = await db.sql
    .selectFrom('member_role')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('id')
    .execute()
  const groupRows = await db.sql
    .selectFrom('chat_group')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('id')
    .execute()
  const chatRows = await db.sql
    .selectFrom('chat')
    .select(['id', 'group_id', 'channel', 'platform_id'])
    .where('subdistrict_id', '=', db.street)
    .where('group_id', 'is not', null)
    .orderBy('id')
    .execute()

  const placeRows = await db.sql
    .selectFrom('grid_place')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('id')
    .execute()

  const places: GridPlace[] = placeRows.map(({ grid_id, name, aliases, kind, lat, lng }) => ({
    gridId: grid_id,
    name,
    aliases: JSON.parse(aliases) as string[],
    kind,
    position: lat === null || lng === null ? undefined : { lat, lng },
  }))
  const grids: Grid[] = gridRows.map(row => ({
    id: row.id,
    no: row.grid_no,
    code: row.grid_code,
    name: row.name,
    community: row.community,
    kind: row.kind,
    households: row.households ?? undefined,
    residents: row.residents ?? undefined,
    center:
      row.center_lat === null || row.center_lng === null || row.center_datum === null
        ? undefined
        : { lat: row.center_lat, lng: row.center_lng, datum: row.center_datum },
    areaClass: row.area_class ?? undefined,
    partyMode: row.party_mode ?? undefined,
    from: row.from_day,
    to: row.to_day ?? undefined,
    predecessorId: row.predecessor_id ?? undefined,
    successorId: row.successor_id ?? undefined,
    formerCodes: codeRows
      .filter(({ grid_id }) => grid_id === row.id)
      .map(({ code, until_day }) => ({ code, until: until_day })),
  }))
  const members: Member[] = memberRows.map(row => ({
    id: row.id,
    key: row.key,
    name: row.name,
    status: row.status,
    dingtalkId: row.dingtalk_id ?? undefined,
    wecomId: row.wecom_id ?? undefined,
    joinedOn: row.joined_on ?? undefined,
    titles: JSON.parse(row.titles ?? '[]') as string[],
    roles: roleRows
      .filter(role => role.member_id === row.id)
      .map(role => ({
        id: role.id,
        role: role.role as RoleCode,
        roleName: role.role_name,
        employment: role.employment ?? undefined,
        community: role.community ?? undefined,
        gridId: role.grid_id ?? undefined,
        office: role.office ?? undefined,
        supervises: JSON.parse(role.supervises ?? '[]') as string[],
        standIn: role.stand_in ?? undefined,
        point: role.point ?? undefined,
        from: role.from_day,
        to: role.to_day ?? undefined,
      })),
  }))
  const groups: ChatGroup[] = groupRows.map(row => ({
    id: row.id,
    name: row.name,
    scope: row.scope,
    community: row.community ?? undefined,
    gridId: row.grid_id ?? undefined,
    chats: chatRows
      .filter(chat => chat.group_id === row.id)
      .map(chat => ({ id: chat.id, channel: chat.channel, platformId: chat.platform_id ?? undefined })),
  }))
  return createRoster(street, version, members, grids, groups, places)
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

/** All streets of this database, oldest first. */
export async function listStreets(db: Db): Promise<{ id: string; name: string }[]> {
  return db.sql.selectFrom('subdistrict').select(['id', 'name']).orderBy('created_at').orderBy('id').execute()
}

/** When the street was taken in: who joined earlier had begun before the program. UTC epoch ms. */
export async function findStreetBegin(db: StreetDb): Promise<number> {
  const row = await db.sql
    .selectFrom('subdistrict')
    .select('created_at')
    .where('id', '=', db.street)
    .executeTakeFirstOrThrow()
  return row.created_at
}
