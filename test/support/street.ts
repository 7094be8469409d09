import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import type { InboundMessage } from '../../bot/channels/channel.ts'
import { createConversation } from '../../bot/conversation.ts'
import { findHandler } from '../../handlers/index.ts'
import type { RoleCode } from '../../policy/pack.ts'
import { dayOf, parseInstant } from '../../policy/time.ts'
import { inStreet, type StreetDb } from '../../storage/database.ts'
import { newId } from '../../storage/ids.ts'
import { findMessage } from '../../storage/messages.ts'
import { listOutboxOfMessage } from '../../storage/outbox.ts'
import { adoptPack } from '../../storage/packs.ts'
import { loadRoster, type Roster, touchRoster } from '../../storage/roster.ts'
import { databases } from './stores.ts'

export const STREET = '望江街道'
const ROBOT = 'test-robot'

/** Who works in the test street: [name, role, role name, where?, more?]. The key of each is the name. */
const PEOPLE: [name: string, role: RoleCode, roleName: string, where?: number | string, more?: Record<string, string>][] = [
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

const GRIDS: [no: number, community: string][] = [
  [1, '桃源社区'],
  [2, '桃源社区'],
  [3, '桃源社区'],
  [4, '锦江社区'],
]

/** Chat ids: S01 the street's group, C01/C02 the communities', G01…G04 the grids'. */
export const CHATS = ['S01', 'C01', 'C02', 'G01', 'G02', 'G03', 'G04'] as const

export interface Reply {
  to: 'group' | 'user'
  target: string
  text: string
  at: string[]
  kind: string
  urgency: string
  card?: { title: string; buttons: { key: string; text: string; says: string }[] }
}

export interface Said {
  messageId: string
  intent?: string
  slots?: unknown
  status?: string
  replies: Reply[]
}

export interface TestStreet {
  db: StreetDb
  /** Runs work in one transaction on the street. */
  change<T>(work: (db: StreetDb) => Promise<T>): Promise<T>
  roster(): Promise<Roster>
  now(): number
  /** `2026-11-18T08:20`, Shanghai; time does not move by itself. */
  setTime(local: string): void
  /** Says a text in a chat: a group id such as `G01`, or in private where none is given. */
  say(who: string, text: string, options?: SayOptions): Promise<Said>
  /** A transcript: each line said by `who` must be answered by texts that hold the expected words, in order. */
  dispose(): Promise<void>
}

export interface SayOptions {
  group?: string
  quote?: { id?: string; text?: string }
  images?: number
  id?: string
  mentions?: string[]
  location?: { lat: number; lng: number }
}

/** A small street on a real database: 4 grids, 2 communities, offices and leaders; pack `street-team`; the clock stands still. */
export async function openTestStreet(
  options: { database?: 'sqlite' | 'postgres'; now?: string; prepare?: (db: StreetDb) => Promise<void> } = {},
): Promise<TestStreet> {
  let now = local(options.now ?? '2026-11-18T08:00')
  const clock = { now: () => now, machineNow: () => now }
  const kind = databases.find(({ name }) => name === (options.database ?? 'sqlite'))!
  const { store, dispose } = await kind.open()
  const change = <T>(work: (db: StreetDb) => Promise<T>) => store.transact(db => work(inStreet(db, STREET)))
  await change(async db => {
    await insertStreet(db, now)
    await options.prepare?.(db)
  })
  const conversation = createConversation({
    store,
    clock,
    log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    botName: '小格',
    onCommit: () => {},
  })
  const read = inStreet(store.read, STREET)
  let sent = 0

  async function say(who: string, text: string, said: SayOptions = {}): Promise<Said> {
    sent += 1
    const inbound: InboundMessage = {
      channel: 'simulator',
      robot: ROBOT,
      id: said.id ?? `m${sent}`,
      chat: said.group ? { id: said.group, kind: 'group' } : { id: `@${who}`, kind: 'direct' },
      sender: { platformId: who, name: who.replace('resident:', '') },
      at: now,
      text,
      mentions: (said.mentions ?? []).map(name => ({ platformId: name, name })),
      media: Array.from({ length: said.images ?? 0 }, (_, index) => ({ kind: 'image', ref: `image-${sent}-${index}` })),
      location: said.location && { ...said.location, datum: 'WGS-84' },
      quote: said.quote,
    }
    const { messageId } = await conversation.receive(inbound)
    const roster = await loadRoster(read)
    const stored = await findMessage(read, messageId)
    const chats = await store.read.sql.selectFrom('chat').select(['id', 'platform_id']).execute()
    const replies = (await listOutboxOfMessage(store.read, messageId)).map(({ to, ...item }): Reply => {
      const chatId = to.kind === 'chat' ? (chats.find(({ id }) => id === to.chatId)?.platform_id ?? '') : ''
      const direct = to.kind !== 'chat' || chatId.startsWith('@')
      return {
        to: direct ? 'user' : 'group',
        target: to.kind === 'member' ? roster.memberById(to.memberId)!.key : chatId.replace(/^@/, ''),
        text: item.text.reveal(),
        at: item.mentions.map(id => roster.memberById(id)!.key),
        kind: item.kind,
        urgency: item.urgency,
        card: item.card,
      }
    })
    return { messageId, intent: stored?.intent, slots: stored?.slots, status: stored?.status, replies }
  }

  return {
    db: read,
    change,
    roster: () => loadRoster(read),
    now: () => now,
    setTime: time => {
      now = local(time)
    },
    say,
    dispose,
  }
}

/** Every handler's example dialog works as written. */
export async function runDialog(street: TestStreet, intent: Parameters<typeof findHandler>[0]): Promise<string[]> {
  const handler = findHandler(intent)
  if (!handler) throw new Error(`no handler for ${intent}`)
  const who = PEOPLE.find(([, role]) => role === handler.dialog.as)?.[0] ?? handler.dialog.as
  const failures: string[] = []
  for (const [said, answered] of handler.dialog.turns) {
    const { replies } = await street.say(who, said)
    if (!replies.some(({ text }) => text.includes(answered))) {
      failures.push(`${said} → ${replies.map(({ text }) => text).join(' / ')} (wanted ${answered})`)
    }
  }
  return failures
}

export function local(time: string): number {
  return parseInstant(`${time.length === 16 ? `${time}:00` : time}+08:00`)
}

async function insertStreet(db: StreetDb, now: number): Promise<void> {
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
  for (const [name, role, roleName, where, more = {}] of PEOPLE) {
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
  const groups: [chat: string, name: string, scope: 'street' | 'community' | 'grid', community?: string, grid?: number][] = [
    ['S01', '望江街道工作群', 'street'],
    ['C01', '桃源社区工作群', 'community', '桃源社区'],
    ['C02', '锦江社区工作群', 'community', '锦江社区'],
    ...GRIDS.map(
      ([no, community]): [string, string, 'grid', string, number] => [`G0${no}`, `第${no}网格群`, 'grid', community, no],
    ),
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
        platform_id: chat,
        webhook: null,
        session: null,
        session_expires_at: null,
        state: 'open',
      })
      .execute()
  }
  await touchRoster(db, 'test')
  const yaml = readFileSync(new URL('../../policy/packs/street-team.yaml', import.meta.url), 'utf8')
  await adoptPack(db, yaml, 'street-team', { now, today: dayOf(local('2026-01-01T00:00')) })
}
