import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRoster } from '../../bot/roster/import-roster.ts'
import { readRosterFiles } from '../../bot/roster/read-files.ts'
import { addDays, dayMs, dayOf } from '../../policy/time.ts'
import { noteChat } from '../../storage/chats.ts'
import { inStreet, type StreetDb } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { gridsOf, rolesOn } from '../../storage/roster.ts'
import { UNNAMED_STREET } from '../../storage/roster-import.ts'
import { streetTeam } from '../policy/street-team.ts'
import { databases, type TestStore } from '../support/stores.ts'
import { local } from '../support/street.ts'
import { GRIDS, GROUPS, MEMBERS, members, ROSTER, rosterFiles, UNITS } from './files.ts'

const DAY = '2026-11-18'

describe.each(databases)('importRoster on $name', ({ open }) => {
  let test: TestStore
  let now = local(`${DAY}T07:00`)
  beforeEach(async () => {
    test = await open()
    now = local(`${DAY}T07:00`)
  })
  afterEach(() => test.dispose())

  const run = (texts: Record<string, string | Uint8Array>) =>
    importRoster(test.store, rosterFiles(texts), { now, today: dayOf(now), pack: streetTeam, allowedBases: [] })
  const reasons = async (texts: Record<string, string>) => {
    const result = await run(texts)
    return result.ok ? [] : result.faults.map(({ file, line, reason }) => `${file} ${line} ${reason}`)
  }
  const street = async (place = 0): Promise<StreetDb> =>
    inStreet(test.store.read, (await listStreets(test.store.read))[place]!.id)
  const roster = async () => loadRoster(await street())
  /** Every row of the tables an import writes, the roster version and the trail. */
  const dump = async () => {
    const tables = [
      'subdistrict',
      'grid',
      'member',
      'member_role',
      'chat_group',
      'chat',
      'unit',
      'setting',
      'audit',
    ] as const
    return Promise.all(
      tables.map(table =>
        test.store.read.sql
          .selectFrom(table as 'audit')
          .selectAll()
          .execute(),
      ),
    )
  }

  it('brings grids, people with their roles, and groups with their chats', async () => {
    const result = await run(ROSTER)
    expect(result).toMatchObject({ ok: true, changes: { streets: 1, grids: 4, members: 7, groups: 3, units: 0 } })
    const all = await roster()
    const { members: people, grids, groups, street: own } = all
    expect(own.name).toBe('本街道')
    expect(grids.map(({ no, community, code, kind }) => [no, community, code, kind])).toEqual(
      [
        [1, '桃源社区', 'TY01', 'ordinary'],
        [1, '锦江社区', 'JJ01', 'ordinary'],
        [2, '桃源社区', 'TY02', 'dedicated'],
        [4, '锦江社区', 'JJ04', 'ordinary'],
      ].sort((a, b) => Number(a[0]) - Number(b[0]) || (String(a[1]) < String(b[1]) ? -1 : 1)),
    )
    expect(people.map(({ key }) => key)).toEqual(['ding-chen', 'wx-limin', '徐伟', '王强', '沈国华', '钱进', '高文远'])
    expect(all.memberByKey('ding-chen')).toMatchObject({ name: '陈桂芳', joinedOn: '2024-03-01', status: 'active' })
    expect(all.memberByKey('ding-chen')!.roles[0]).toMatchObject({
      role: 'leader',
      roleName: '网格长',
      from: '2024-03-01',
    })
    expect(all.memberByKey('徐伟')!.roles.map(({ from, standIn }) => [from, standIn])).toEqual([
      [DAY, '钱进'],
      [DAY, undefined],
    ])
    expect(gridsOf(await roster(), all.memberByKey('徐伟')!, DAY).map(({ code }) => code)).toEqual(['TY01', 'TY02'])
    expect(all.memberByKey('高文远')!.roles[0]!.supervises).toEqual(['消安办', '平安办'])
    expect(all.memberByKey('沈国华')!.roles[0]!.community).toBe('桃源社区')
    const gridGroup = groups.find(({ scope }) => scope === 'grid')!
    expect(gridGroup).toMatchObject({ name: '桃源一网格群', gridId: grids.find(({ code }) => code === 'TY01')!.id })
    expect(gridGroup.chats.map(({ channel, platformId }) => [channel, platformId])).toEqual([
      ['dingtalk', 'cid-1'],
      ['wecom', 'wr-1'],
    ])
    expect(all.groupFor({ community: '桃源社区' })!.chats[0]!.platformId).toBeUndefined()
    expect(all.groupOfChat('simulator', 'S01')!.scope).toBe('street')
  })

  it('keeps phones and push addresses sealed, findable by index', async () => {
    await run({ ...ROSTER, 'units.csv': UNITS })
    const { vault, sql } = test.store.read
    const rows = await sql.selectFrom('member').selectAll().where('name', '=', '徐伟').execute()
    expect(rows).toHaveLength(1)
    const { id, phone, phone_index } = rows[0]!
    expect(phone_index).toBe(vault.index('13800000003', 'phone'))
    expect(vault.open(phone!, { table: 'member', column: 'phone', id }).reveal()).toBe('13800000003')
    const plain = JSON.stringify(await dump())
    for (const secret of ['13800000003', 'access_token=abc', '13811112222']) expect(plain).not.toContain(secret)
  })

  it('changes nothing when the same files come again, in whatever order and spelling, and on another day', async () => {
    await run({ ...ROSTER, 'units.csv': UNITS })
    const before = await dump()
    const again = await run({ ...ROSTER, 'units.csv': UNITS })
    expect(again).toMatchObject({ ok: true, changes: { streets: 0, grids: 0, members: 0, groups: 0, units: 0 } })
    now += 40 * dayMs
    const [header, ...lines] = MEMBERS.trim().split('\n')
    const shuffled = [header, ...lines.toReversed()]
      .join('\r\n')
      .replaceAll('13800000001', '138 0000 0001')
      .replace('李敏', '李　敏')
    const respelt = GRIDS.replace('\n2,', '\n第二网格,').replace('\n4,', '\n04,')
    expect(await run({ ...ROSTER, 'members.csv': shuffled, 'grids.csv': respelt })).toMatchObject({
      ok: true,
      changes: { streets: 0, grids: 0, members: 0, groups: 0, units: 0 },
    })
    expect(await dump()).toEqual(before)
  })

  it('imports nothing of a bad set and reports the faults of all files together', async () => {
    const before = await dump()
    const result = await reasons({
      'groups.csv': GROUPS.replace('街道群,模拟', '街道群,飞书'),
      'members.csv': members(
        '张三,网格经理,桃源社区,1,,,,,,,,',
        '李四,网格长,无名社区,1,,,,,,,,',
        '王五,网格长,,1,,,,,,,,',
        '赵六,网格长,,9,,,,,,,,',
      ),
      'grids.csv': `${GRIDS}1,又一个,桃源社区,普通,TY01,,\n`,
    })
    expect(result).toEqual([
      'grids.csv 6 桃源社区的网格号 1 和第2行重复',
      'grids.csv 6 网格编码 TY01 和第2行重复',
      expect.stringMatching(/^members.csv 2 “角色”写的是“网格经理”/),
      'members.csv 3 网格名册里没有“无名社区”',
      'members.csv 4 桃源社区、锦江社区都有 1 号网格，要写明“社区”',
      'members.csv 5 网格名册里没有 9 号网格',
      'groups.csv 5 “平台”写的是“飞书”，应为钉钉、企微、企业微信、模拟之一',
    ])
    expect(await dump()).toEqual(before)
  })

  it('takes nothing back half-way: a contradiction with the database undoes the whole import', async () => {
    await run(ROSTER)
    const before = await dump()
    const newcomer = '新来人,专职网格员,桃源社区,2,,ding-new,,,,,,'
    const twisted = '陈桂芳,网格长,桃源社区,1,13800000001,ding-other,,,,,,'
    expect(
      await reasons({ 'grids.csv': GRIDS.replace('第二网格', '改名网格'), 'members.csv': members(newcomer, twisted) }),
    ).toEqual(['members.csv 3 和名册里的陈桂芳（ding-chen）对得上，但钉钉ID不同'])
    expect(await dump()).toEqual(before)
  })

  it('wants grids, members and groups at the first import, and takes any of them later', async () => {
    expect(await reasons({ 'members.csv': MEMBERS })).toEqual(
      expect.arrayContaining(['grids.csv 0 第一次导入要有这个文件', 'groups.csv 0 第一次导入要有这个文件']),
    )
    await run(ROSTER)
    const later = await run({ 'members.csv': members('新来人,专职网格员,桃源社区,2,,,,,,,,') })
    expect(later).toMatchObject({ ok: true, changes: { members: 1 } })
    expect((await roster()).members).toHaveLength(8)
  })

  it('says which file cannot be read and imports nothing', async () => {
    const gbk = Uint8Array.from([0xcd, 0xf8, 0xb8, 0xf1])
    expect(await run({ ...ROSTER, 'members.csv': gbk })).toMatchObject({
      ok: false,
      faults: [{ file: 'members.csv', line: 0 }],
    })
    expect(await listStreets(test.store.read)).toEqual([])
  })

  it('ends a role with 离岗, lets whoever holds none leave, and keeps the history', async () => {
    await run(ROSTER)
    now += 2 * dayMs
    const today = dayOf(now)
    const result = await run({
      'members.csv': members(
        '徐伟,网格指导员,桃源社区,2,13800000003,,,离岗,,,,',
        '王强,兼职网格员,锦江社区,4,,,,离岗,,,,',
      ),
    })
    expect(result).toMatchObject({ ok: true, changes: { members: 2 } })
    const after = await roster()
    expect(after.memberByKey('徐伟')).toMatchObject({ status: 'active' })
    expect(rolesOn(after.memberByKey('徐伟')!, today)).toHaveLength(1)
    const gone = after.memberByKey('王强')!
    expect(gone.status).toBe('left')
    expect(gone.roles).toEqual([expect.objectContaining({ roleName: '兼职网格员', from: DAY, to: addDays(today, -1) })])
    expect(after.membersNamed('王强')).toEqual([])

    const before = await dump()
    await run({ 'members.csv': members('王强,兼职网格员,锦江社区,4,,,,离岗,,,,') })
    expect(await dump()).toEqual(before)
    await run({ 'members.csv': members('王强,兼职网格员,锦江社区,4,,,,在岗,,,,') })
    const back = (await roster()).memberByKey('王强')!
    expect(back.status).toBe('active')
    expect(back.roles.map(({ to }) => to)).toEqual([addDays(today, -1), undefined])
  })

  it('keeps somebody who had left before the first import as left', async () => {
    await run({ ...ROSTER, 'members.csv': members('老周,网格长,桃源社区,1,,,,离岗,2020-01-01,,,') })
    expect((await roster()).memberByKey('老周')).toMatchObject({
      status: 'left',
      roles: [{ from: '2020-01-01', to: addDays(DAY, -1) }],
    })
  })

  it('leaves people alone who are missing from a later file', async () => {
    await run(ROSTER)
    await run({ 'members.csv': members('沈国华,社区书记,桃源社区,,,,,,,,,') })
    expect((await roster()).members.filter(({ status }) => status === 'active')).toHaveLength(7)
  })

  it('makes a change of employment two spells of service', async () => {
    await run(ROSTER)
    now += dayMs
    await run({ 'members.csv': members('王强,专职网格员,锦江社区,4,,,,在岗,,,,') })
    expect((await roster()).memberByKey('王强')!.roles.map(({ roleName, from, to }) => [roleName, from, to])).toEqual([
      ['兼职网格员', DAY, DAY],
      ['专职网格员', addDays(DAY, 1), undefined],
    ])
  })

  it('fixes the key at the first import; accounts, numbers and names may follow', async () => {
    await run(ROSTER)
    await run({
      'members.csv': members(
        '王强,兼职网格员,锦江社区,4,13900000009,ding-wang,,,,,,',
        '李敏敏,专职网格员,桃源社区,1,13900000002,,wx-limin,,,,,',
      ),
    })
    const after = await roster()
    expect(after.memberByKey('王强')).toMatchObject({ dingtalkId: 'ding-wang' })
    expect(after.memberByPlatform('dingtalk', 'ding-wang')!.key).toBe('王强')
    expect(after.memberByKey('wx-limin')).toMatchObject({ name: '李敏敏' })
    expect(after.members).toHaveLength(7)
  })

  it('updates grids, groups and units in place and never erases with a blank', async () => {
    await run({ ...ROSTER, 'units.csv': UNITS })
    const result = await run({
      'grids.csv': GRIDS.replace('桃源社区,普通,TY01,300,900', '桃源社区,普通,,,950'),
      'groups.csv': GROUPS.replace('桃源一网格群', '桃源一号群').replace('access_token=abc', 'access_token=new'),
      'units.csv': UNITS.replace('老周 13811112222', '老李'),
    })
    expect(result).toMatchObject({ ok: true, changes: { grids: 1, members: 0, groups: 1, units: 1 } })
    const after = await roster()
    expect(after.gridsNumbered(1, '桃源社区')[0]).toMatchObject({ code: 'TY01', households: 300, residents: 950 })
    expect(after.groupOfChat('dingtalk', 'cid-1')!.name).toBe('桃源一号群')
  })

  it('does not put back a chat row that 绑定 filled since', async () => {
    await run(ROSTER)
    const db = await street()
    const waiting = (await roster()).groupFor({ community: '桃源社区' })!.chats[0]!
    await test.store.transact(tx =>
      tx.sql.updateTable('chat').set({ platform_id: 'cid-bound' }).where('id', '=', waiting.id).execute(),
    )
    const before = await dump()
    await run(ROSTER)
    expect(await dump()).toEqual(before)
    expect(db.street).toBe((await roster()).street.id)
  })

  it('binds a chat that somebody wrote in before the roster named it', async () => {
    await run(ROSTER)
    const { street: id } = await street()
    const noted = await test.store.transact(tx =>
      noteChat(inStreet(tx, id), { kind: 'group', channel: 'dingtalk', platformId: 'cid-9', at: now }),
    )
    await run({ 'groups.csv': GROUPS.replace('桃源社区群,钉钉,,', '桃源社区群,钉钉,cid-9,') })
    expect((await roster()).groupOfChat('dingtalk', 'cid-9')?.chats.map(chat => chat.id)).toContain(noted.id)
  })

  it('serves several streets and keeps them apart', async () => {
    const inStreets = (text: string) => {
      const [header, ...lines] = text.trim().split('\n')
      return [
        `街道,${header}`,
        ...lines.map(line => `望江街道,${line}`),
        ...lines.map(line => `临河街道,${line}`),
      ].join('\n')
    }
    const groups = (name: string) => GROUPS.replaceAll(/cid-1|wr-1|S01/g, id => `${id}-${name}`)
    const [header, ...own] = groups('w').trim().split('\n')
    const [, ...other] = groups('l').trim().split('\n')
    const both = [
      `街道,${header}`,
      ...own.map(line => `望江街道,${line}`),
      ...other.map(line => `临河街道,${line}`),
    ].join('\n')
    const files = { 'grids.csv': inStreets(GRIDS), 'members.csv': inStreets(MEMBERS), 'groups.csv': both }
    expect(await run(files)).toMatchObject({ ok: true, changes: { streets: 2, grids: 8, members: 14, groups: 6 } })
    expect((await loadRoster(await street(0))).members).toHaveLength(7)
    expect((await loadRoster(await street(1))).groupOfChat('dingtalk', 'cid-1-l')).toBeDefined()
    expect(await reasons({ 'members.csv': members('张三,管理员,,,,,,,,,,') })).toEqual([
      'members.csv 2 有几个街道（望江街道、临河街道），这一行要写“街道”',
    ])
    expect(await reasons({ 'groups.csv': `街道,${header}\n临河街道,抢来的群,钉钉,cid-1-w,街道,,,\n` })).toEqual([
      'groups.csv 2 这个会话已是另一个街道的群',
    ])
  })

  it('warns of posts that nobody fills', async () => {
    const result = await run(ROSTER)
    expect(result.ok && result.warnings).toEqual([
      '缺网格长（S0-02）：锦江社区第1网格、桃源社区第2网格、锦江社区第4网格',
      '缺专职网格员（S0-02）：锦江社区第1网格、桃源社区第2网格、锦江社区第4网格',
      '缺兼职网格员（S0-02）：桃源社区第1网格、锦江社区第1网格、桃源社区第2网格',
      '缺网格指导员（S0-05）：锦江社区第1网格、锦江社区第4网格',
    ])
  })

  it('gives its name to the street that waits in a fresh database', async () => {
    await test.store.transact(db =>
      db.sql.insertInto('subdistrict').values({ id: 'first', name: UNNAMED_STREET, created_at: now }).execute(),
    )
    const named = GRIDS.replace('网格号', '街道,网格号').replaceAll(/^(?=\d)/gm, '望江街道,')
    expect(await run({ ...ROSTER, 'grids.csv': named })).toMatchObject({ ok: true, changes: { streets: 0, grids: 4 } })
    expect(await listStreets(test.store.read)).toEqual([{ id: 'first', name: '望江街道' }])
  })

  it('writes each change down as its own', async () => {
    await run(ROSTER)
    const rows = await test.store.read.sql.selectFrom('audit').selectAll().execute()
    expect(new Set(rows.map(({ by }) => by))).toEqual(new Set(['import']))
    const count = (type: string) => rows.filter(row => row.subject_type === type && row.action === 'created').length
    expect([
      count('street'),
      count('grid'),
      count('member'),
      count('memberRole'),
      count('group'),
      count('chat'),
    ]).toEqual([1, 4, 7, 8, 3, 4])
  })

  describe('who is who', () => {
    const faults = (...lines: string[]) => reasons({ ...ROSTER, 'members.csv': members(...lines) })
    const keys = async (...lines: string[]) => {
      expect(await faults(...lines)).toEqual([])
      return (await roster()).members.map(({ key, roles }) => `${key} ${roles.length}`)
    }

    it.each([
      ['钉钉ID', ['张三,网格长,桃源社区,1,,d1,,,,,,', '张三,网格指导员,锦江社区,4,,d1,,,,,,'], ['d1 2']],
      ['企微ID', ['张三,网格长,桃源社区,1,,,w1,,,,,', '张三,网格指导员,锦江社区,4,,,w1,,,,,'], ['w1 2']],
      [
        '手机',
        ['张三,网格长,桃源社区,1,13800000001,,,,,,,', '张三,网格指导员,锦江社区,4,13800000001,,,,,,,'],
        ['张三 2'],
      ],
      ['姓名+社区', ['张三,网格长,桃源社区,1,,,,,,,,', '张三,社区书记,桃源社区,,,,,,,,,'], ['张三 2']],
      [
        'ids spread over lines',
        [
          '张三,网格长,桃源社区,1,13800000001,d1,,,,,,',
          '张三,网格指导员,锦江社区,4,13800000001,,w1,,,,,',
          '张三,网格指导员,桃源社区,2,,,w1,,,,,',
        ],
        ['d1 3'],
      ],
      [
        'a line with an id and one without',
        ['张三,社区书记,桃源社区,,,,,,,,,', '张三,网格长,桃源社区,1,,d1,,,,,,'],
        ['d1 2'],
      ],
    ])('one person by %s', async (_by, lines, expected) => {
      expect(await keys(...lines)).toEqual(expected)
    })

    it('two people of one name where their accounts differ', async () => {
      expect(await keys('张三,网格长,桃源社区,1,,d1,,,,,,', '张三,网格长,桃源社区,2,,d2,,,,,,')).toEqual([
        'd1 1',
        'd2 1',
      ])
    })

    it.each([
      [
        'same 钉钉ID, other 企微ID',
        ['张三,网格长,桃源社区,1,,d1,w1,,,,,', '张三,网格长,桃源社区,2,,d1,w2,,,,,'],
        '3 和第2行是同一钉钉ID，“企微ID”却不同',
      ],
      [
        'same 钉钉ID, other 手机',
        ['张三,网格长,桃源社区,1,13800000001,d1,,,,,,', '张三,网格长,桃源社区,2,13800000002,d1,,,,,,'],
        '3 和第2行是同一钉钉ID，“手机”却不同',
      ],
      [
        'same 手机, other 钉钉ID',
        ['张三,网格长,桃源社区,1,13800000001,d1,,,,,,', '张三,网格长,桃源社区,2,13800000001,d2,,,,,,'],
        '3 和第2行是同一手机，“钉钉ID”却不同',
      ],
      [
        'same 手机, other name',
        ['张三,网格长,桃源社区,1,13800000001,,,,,,,', '李四,网格长,桃源社区,2,13800000001,,,,,,,'],
        '3 和第2行是同一手机，“姓名”却不同',
      ],
      [
        'two of one name in two communities',
        ['张三,网格长,桃源社区,1,,,,,,,,', '张三,网格长,锦江社区,4,,,,,,,,'],
        /^3 和第2行的“张三”只能靠姓名区分/,
      ],
      [
        'two of one name told by phone only',
        ['张三,网格长,桃源社区,1,13800000001,,,,,,,', '张三,网格长,桃源社区,2,13800000002,,,,,,,'],
        /^3 和第2行的“张三”只能靠姓名区分/,
      ],
      [
        'a bare line that may be either',
        ['张三,网格长,桃源社区,1,,d1,,,,,,', '张三,网格长,桃源社区,2,,d2,,,,,,', '张三,社区书记,桃源社区,,,,,,,,,'],
        /^4 有几位“张三”/,
      ],
      [
        'full time and part time at once',
        ['张三,专职网格员,桃源社区,1,,,,,,,,', '张三,兼职网格员,桃源社区,1,,,,,,,,'],
        '3 张三的这个岗位在第2行写法不同（专职网格员，在岗）',
      ],
      [
        'here and gone at once',
        ['张三,网格长,桃源社区,1,,,,,,,,', '张三,网格长,桃源社区,1,,,,离岗,,,,'],
        '3 张三的这个岗位在第2行写法不同（网格长，在岗）',
      ],
    ])('a fault: %s', async (_what, lines, expected) => {
      const found = (await faults(...lines)).map(fault => fault.replace('members.csv ', ''))
      expect(found).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)])
    })

    it.each([
      ['a namesake from another community', '王强,网格长,桃源社区,1,,,,,,,,', /已有用“王强”作标识的人/],
      [
        'a number that now belongs to another name',
        '新来人,网格长,桃源社区,1,13800000003,,,,,,,',
        /和名册里的徐伟（徐伟）对得上，但姓名不同/,
      ],
      [
        'ids of two members',
        '陈桂芳,网格长,桃源社区,1,,ding-chen,wx-limin,,,,,',
        /分别属于名册里的陈桂芳（ding-chen）和李敏（wx-limin）/,
      ],
      [
        'another account of the same kind',
        '徐伟,网格指导员,桃源社区,1,13800000009,,,,,,,',
        /和名册里的徐伟（徐伟）对得上，但手机不同/,
      ],
    ])('a fault against the roster: %s', async (_what, line, reason) => {
      await run(ROSTER)
      expect(await reasons({ 'members.csv': members(line) })).toEqual([expect.stringMatching(reason)])
    })
  })

  it('refuses one chat for two groups and one unit twice', async () => {
    const twice = `${GROUPS}又一群,钉钉,cid-1,社区,锦江社区,,\n`
    expect(await reasons({ ...ROSTER, 'groups.csv': twice, 'units.csv': `${UNITS}望江街道,供电所,,\n` })).toEqual([
      'groups.csv 6 会话ID 和第2行相同，一个会话只能是一个群',
      'units.csv 3 单位“供电所”和第2行重复',
    ])
  })
})

describe('the demo street', () => {
  it('has 21 grids in 7 communities, every post filled, and a simulated chat for each', async () => {
    const test = await databases[0]!.open()
    const files = await readRosterFiles(new URL('../../bot/demo/roster', import.meta.url).pathname)
    const now = local(`${DAY}T07:00`)
    const result = await importRoster(test.store, files, { now, today: DAY, pack: streetTeam, allowedBases: [] })
    expect(result).toMatchObject({ ok: true, warnings: [] })
    const { id } = (await listStreets(test.store.read))[0]!
    const roster = await loadRoster(inStreet(test.store.read, id))
    expect(roster.grids.map(({ no }) => no)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1))
    expect(new Set(roster.grids.map(({ community }) => community)).size).toBe(7)
    for (const grid of roster.grids) {
      for (const role of ['leader', 'instructor', 'worker', 'liaison'] as const) {
        expect(roster.holders([role], DAY, { gridId: grid.id }), `${grid.name} ${role}`).not.toEqual([])
      }
    }
    expect(roster.holders(['worker'], DAY)).toHaveLength(63)
    expect(roster.holders(['deputy'], DAY)).toHaveLength(2)
    expect(new Set(roster.members.map(({ name }) => name)).size).toBe(roster.members.length)
    expect(new Set(roster.groups.flatMap(({ chats }) => chats.map(({ platformId }) => platformId)))).toEqual(
      new Set([
        ...Array.from({ length: 7 }, (_, index) => `C0${index + 1}`),
        ...Array.from({ length: 21 }, (_, index) => `G${String(index + 1).padStart(2, '0')}`),
        'S01',
      ]),
    )
    await test.dispose()
  })
})
