import { readFileSync } from 'node:fs'
import { type Pack, parsePack, type RoleCode } from '../../policy/pack.ts'
import type { builtInPackIds } from '../../policy/packs/built-in.ts'
import type { StreetDb } from '../../storage/database.ts'
import { newId } from '../../storage/ids.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { adoptPack } from '../../storage/packs.ts'

export const STREET = '望江街道'

/** Who works in the test street: [name, role, role name, where?, more?]. The key of each is the name. */
export const PEOPLE: [
  name: string,
  role: RoleCode,
  roleName: string,
  where?: number | string,
  more?: Record<string, string>,
][] = [
  ['陈桂芳', 'leader', '网格长', 1],
  ['李敏', 'worker', '专职网格员', 1, { employment: 'fullTime' }],
  ['王强', 'worker', '兼职网格员', 1, { employment: 'partTime' }],
  ['徐伟', 'instructor', '网格指导员', 1],
  ['赵志远', 'liaison', '包联人员', 1],
  ['何大勇', 'leader', '网格长', 2],
  ['张丽', 'worker', '专职网格员', 2, { employment: 'fullTime' }],
  ['徐伟', 'instructor', '网格指导员', 2],
  ['周明', 'leader', '网格长', 3],
  ['孙燕', 'worker', '专职网格员', 3, { employment: 'fullTime' }],
  ['钱进', 'instructor', '网格指导员', 3],
  ['郑涛', 'leader', '网格长', 4],
  ['冯洁', 'worker', '专职网格员', 4, { employment: 'fullTime' }],
  ['钱进', 'instructor', '网格指导员', 4],
  ['沈国华', 'communityLead', '社区书记', '桃源社区'],
  ['吴建国', 'communityGroupHead', '驻社区组长', '桃源社区'],
  ['韩梅', 'communityLead', '社区书记', '锦江社区'],
  ['王科', 'office', '科室', undefined, { office: '消安办' }],
  ['罗平', 'office', '科室', undefined, { office: '平安办' }],
  ['林静', 'generalOffice', '党政办'],
  ['高峰', 'deputy', '分管领导', undefined, { supervises: '["消安办"]' }],
  ['梁栋', 'deputy', '分管领导', undefined, { supervises: '["平安办"]' }],
  ['方正', 'principal', '主要领导'],
  ['曹源', 'admin', '管理员'],
]

/** Those whose roles only other documents know. */
const PEOPLE_OF_OTHER_PACKS: [name: string, role: RoleCode, where?: number | string][] = [
  ['汪洋', 'countyOffice'],
  ['苏静', 'inspector'],
  ['叶青', 'justiceOffice'],
  ['顾长河', 'chief'],
  ['丁山', 'areaLead', '桃源社区'],
  ['夏兰', 'specialist', '桃源社区'],
  ['严立', 'partyGroupHead', 1],
  ['胡泉', 'laneHead', 1],
  ['白露', 'informant', 1],
]

export type BuiltInPack = (typeof builtInPackIds)[number]

/** The same people under the role names of a pack; whose role it does not know is absent. */
export function listPeople(pack: Pack): typeof PEOPLE {
  const others = PEOPLE_OF_OTHER_PACKS.map(([name, role, where]): (typeof PEOPLE)[number] => [name, role, '', where])
  const names = Object.entries(pack.roles.value)
  return [...PEOPLE, ...others].flatMap(([name, role, , where, more = {}]) => {
    const known = names.filter(([, { code }]) => code === role)
    const [roleName, form] = known.find(([, { employment }]) => employment === more.employment) ?? known[0] ?? []
    if (!roleName) return []
    const { employment: _, ...rest } = more
    return [[name, role, roleName, where, form?.employment ? { ...rest, employment: form.employment } : rest]]
  })
}

const builtIn = new Map<BuiltInPack, { yaml: string; pack: Pack }>()

/** A built-in pack as it stands in its file. */
export function readBuiltIn(id: BuiltInPack): { yaml: string; pack: Pack } {
  const known = builtIn.get(id)
  if (known) return known
  const yaml = readFileSync(new URL(`../../policy/packs/${id}.yaml`, import.meta.url), 'utf8')
  const read = { yaml, pack: parsePack(yaml, id) }
  builtIn.set(id, read)
  return read
}

const GRIDS: [no: number, community: string][] = [
  [1, '桃源社区'],
  [2, '桃源社区'],
  [3, '桃源社区'],
  [4, '锦江社区'],
]

/** Chat ids: S01 the street's group, C01/C02 the communities', G01…G04 the grids'. */
export const CHATS = ['S01', 'C01', 'C02', 'G01', 'G02', 'G03', 'G04'] as const

/** A small street: 4 grids in 2 communities, offices and leaders, chats on the simulator; under the pack of a document. */
export async function insertStreet(db: StreetDb, now: number, packId: BuiltInPack = 'street-team'): Promise<void> {
  const { yaml, pack } = readBuiltIn(packId)
  const from = '2026-01-01'
  await db.sql.insertInto('subdistrict').values({ id: STREET, name: STREET, created_at: now }).execute()
  const gridIds = new Map<number, string>()
  for (const [no, community] of GRIDS) {
    const id = newId(now)
    gridIds.set(no, id)
    await db.sql
      .insertInto('grid')
      .values({
        id,
        subdistrict_id: STREET,
        grid_no: no,
        grid_code: `WJ${String(no).padStart(3, '0')}`,
        name: `第${no}网格`,
        community,
        kind: 'ordinary',
        households: 300,
        residents: 900,
        from_day: from,
        to_day: null,
      })
      .execute()
  }
  const members = new Map<string, string>()
  for (const [name, role, roleName, where, more = {}] of listPeople(pack)) {
    let memberId = members.get(name)
    if (!memberId) {
      memberId = newId(now)
      members.set(name, memberId)
      await db.sql
        .insertInto('member')
        .values({
          id: memberId,
          subdistrict_id: STREET,
          key: name,
          name,
          phone: null,
          phone_index: null,
          dingtalk_id: null,
          wecom_id: null,
          joined_on: null,
          status: 'active',
          last_channel: null,
          created_at: now,
        })
        .execute()
    }
    const gridId = typeof where === 'number' ? gridIds.get(where) : undefined
    await db.sql
      .insertInto('member_role')
      .values({
        id: newId(now),
        subdistrict_id: STREET,
        member_id: memberId,
        role,
        role_name: roleName,
        employment: (more.employment as 'fullTime' | undefined) ?? null,
        community: typeof where === 'string' ? where : null,
        grid_id: gridId ?? null,
        office: more.office ?? null,
        supervises: more.supervises ?? null,
        stand_in: more.standIn ?? null,
        from_day: from,
        to_day: null,
      })
      .execute()
  }
  const groups: [
    chat: string,
    name: string,
    scope: 'street' | 'community' | 'grid',
    community?: string,
    grid?: number,
  ][] = [
    ['S01', '望江街道工作群', 'street'],
    ['C01', '桃源社区工作群', 'community', '桃源社区'],
    ['C02', '锦江社区工作群', 'community', '锦江社区'],
    ...GRIDS.map(([no, community]): [string, string, 'grid', string, number] => [
      `G0${no}`,
      `第${no}网格群`,
      'grid',
      community,
      no,
    ]),
  ]
  for (const [chat, name, scope, community, grid] of groups) {
    const groupId = newId(now)
    await db.sql
      .insertInto('chat_group')
      .values({
        id: groupId,
        subdistrict_id: STREET,
        name,
        scope,
        community: community ?? null,
        grid_id: grid ? gridIds.get(grid)! : null,
      })
      .execute()
    await db.sql
      .insertInto('chat')
      .values({
        id: newId(now),
        subdistrict_id: STREET,
        group_id: groupId,
        channel: 'simulator',
        kind: 'group',
        platform_id: chat,
        webhook: null,
        session: null,
        session_expires_at: null,
        state: 'open',
      })
      .execute()
  }
  await touchRoster(db, 'test')
  await adoptPack(db, yaml, packId, { now, today: from })
}
