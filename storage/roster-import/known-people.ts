import type { Selectable } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Import, PersonEntry } from './entries.ts'

export type MemberRow = Selectable<Schema['member']>
export type RoleRow = Selectable<Schema['member_role']>

/** The member that somebody in the files is; nobody where new; a reason where the files contradict the roster. */
type Match = { member?: MemberRow } | { reason: string }

export interface KnownPeople {
  /** By account or phone, else by 姓名 + 社区. */
  find(person: PersonEntry): Match
  /** Remembers who this person of the files turned out to be. */
  add(member: MemberRow, person: PersonEntry): void
  /** All roles ever held. */
  rolesOf(member: MemberRow): RoleRow[]
}

export async function readKnownPeople({ db }: Import): Promise<KnownPeople> {
  const members = await db.sql
    .selectFrom('member')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('id')
    .execute()
  const roles = await db.sql.selectFrom('member_role').selectAll().where('subdistrict_id', '=', db.street).execute()
  const grids = await db.sql
    .selectFrom('grid')
    .select(['id', 'community'])
    .where('subdistrict_id', '=', db.street)
    .execute()
  const communityOf = new Map(grids.map(({ id, community }) => [id, community]))
  const rolesOf = new Map<string, RoleRow[]>()
  for (const role of roles) rolesOf.set(role.member_id, [...(rolesOf.get(role.member_id) ?? []), role])
  const byId = new Map<string, MemberRow>()
  const byPlace = new Map<string, Set<MemberRow>>()
  const byKey = new Map<string, MemberRow>()
  const taken = new Map<MemberRow, PersonEntry>()

  const noteIds = (member: MemberRow) => {
    byKey.set(member.key, member)
    if (member.dingtalk_id) byId.set(`dingtalk ${member.dingtalk_id}`, member)
    if (member.wecom_id) byId.set(`wecom ${member.wecom_id}`, member)
    if (member.phone_index) byId.set(`phone ${member.phone_index}`, member)
  }
  for (const member of members) {
    noteIds(member)
    for (const role of rolesOf.get(member.id) ?? []) {
      const place = placeKey(member.name, role.community ?? communityOf.get(role.grid_id ?? ''))
      byPlace.set(place, (byPlace.get(place) ?? new Set()).add(member))
    }
  }

  function find(person: PersonEntry): Match {
    const phoneIndex = person.phone && db.vault.index(person.phone, 'phone')
    const ids = [`dingtalk ${person.dingtalkId}`, `wecom ${person.wecomId}`, `phone ${phoneIndex}`]
    const [member, other] = new Set(ids.flatMap(id => byId.get(id) ?? []))
    if (member && other)
      return {
        reason: `钉钉ID、企微ID、手机分别属于名册里的${member.name}（${member.key}）和${other.name}（${other.key}）`,
      }
    if (member) return judgeSame(member)
    const namesakes = [
      ...new Set(person.roles.flatMap(role => [...(byPlace.get(placeKey(person.name, role.community)) ?? [])])),
    ]
    // Somebody of this name with another account is somebody else.
    const possible = namesakes.filter(
      one => !differs(one.dingtalk_id, person.dingtalkId) && !differs(one.wecom_id, person.wecomId),
    )
    if (possible.length > 1) return { reason: `名册里有几位“${person.name}”，要写钉钉ID、企微ID或手机，才知道是哪一位` }
    if (possible[0]) return judgeSame(possible[0])
    const key = keyOf(person)
    if (!byKey.has(key)) return {}
    return {
      reason: `名册里已有用“${key}”作标识的人：是两个人，请给这一位填钉钉ID或企微ID；是同一个人，请写名册里的社区或手机`,
    }

    function judgeSame(same: MemberRow): Match {
      const byAccount = isAgreed(same.dingtalk_id, person.dingtalkId) || isAgreed(same.wecom_id, person.wecomId)
      const wrong = [
        differs(same.dingtalk_id, person.dingtalkId) && '钉钉ID',
        differs(same.wecom_id, person.wecomId) && '企微ID',
        // Who keeps the account may change number and name; a number alone may have passed on to somebody else.
        !byAccount && differs(same.phone_index, phoneIndex) && '手机',
        !byAccount && same.name !== person.name && '姓名',
      ].filter(Boolean)
      if (wrong.length > 0) return { reason: `和名册里的${same.name}（${same.key}）对得上，但${wrong.join('、')}不同` }
      const line = taken.get(same)
      if (line) return { reason: `和第${line.at.line}行都对应名册里的${same.name}（${same.key}）` }
      return { member: same }
    }
  }

  return {
    find,
    add(member, person) {
      taken.set(member, person)
      noteIds(member)
    },
    rolesOf: member => rolesOf.get(member.id) ?? [],
  }
}

/** 钉钉ID, else 企微ID, else 姓名. */
export function keyOf({ dingtalkId, wecomId, name }: PersonEntry): string {
  return dingtalkId ?? wecomId ?? name
}

function placeKey(name: string, community: string | undefined): string {
  return `${name} ${community ?? ''}`
}

function differs(known: string | null, told: string | undefined): boolean {
  return known !== null && told !== undefined && known !== told
}

function isAgreed(known: string | null, told: string | undefined): boolean {
  return told !== undefined && known === told
}
