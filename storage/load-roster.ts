import type { RoleCode } from '../policy/pack.ts'
import type { Day } from '../policy/time.ts'
import type { Db, StreetDb } from './database.ts'
import { type ChatGroup, createRoster, type Grid, type GridPlace, type Member, type Roster } from './roster.ts'
import { viewRoster } from './roster-view.ts'
import { findSetting, saveSetting } from './settings.ts'

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
