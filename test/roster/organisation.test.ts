import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRoster } from '../../bot/roster/import-roster.ts'
import { dayMs, dayOf } from '../../policy/time.ts'
import { inStreet } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { listBirthdays } from '../../storage/members.ts'
import { rolesOn } from '../../storage/roster.ts'
import { codeOn } from '../../storage/roster-view.ts'
import { databases, type TestStore } from '../support/stores.ts'
import { local } from '../support/street.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'
import { GROUPS, rosterFiles } from './files.ts'

const GRID_HEADER = '网格号,网格名称,社区,类型,网格编码,户数,常住人口,社区类别,党组织设置,停用日期,并入网格号'
const MEMBER_HEADER = '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期,职务,出生日期,点位'
const lines = (...own: string[]) => `${own.join('\n')}\n`
const grids = (...own: string[]) =>
  lines(
    GRID_HEADER,
    ...(own.length > 0
      ? own
      : [
          '1,第一网格,桃源社区,普通,TY01,300,900,,,,',
          '2,第二网格,桃源社区,普通,TY02,300,900,,,,',
          '4,第四网格,锦江社区,普通,JJ04,300,900,,,,',
        ]),
  )
const people = (...own: string[]) => lines(MEMBER_HEADER, ...own)
const groups = GROUPS.replace('桃源社区群', '桃源群')

describe.each(databases)('the optional columns of the roster on $name', ({ open }) => {
  let test: TestStore
  let now = 0
  beforeEach(async () => {
    test = await open()
    now = local('2026-11-18T07:00')
  })
  afterEach(() => test.dispose())

  const run = (texts: Record<string, string>, pack: BuiltInPack = 'street-team') =>
    importRoster(test.store, rosterFiles(texts), {
      now,
      today: dayOf(now),
      pack: readBuiltIn(pack).pack,
      allowedBases: [],
    })
  const reasons = async (texts: Record<string, string>, pack?: BuiltInPack) => {
    const result = await run(texts, pack)
    return result.ok ? [] : result.faults.map(({ file, line, reason }) => `${file} ${line} ${reason}`)
  }
  const warnings = async (texts: Record<string, string>, pack?: BuiltInPack) => {
    const result = await run(texts, pack)
    return result.ok ? result.warnings : result.faults.map(({ reason }) => `fault ${reason}`)
  }
  const street = async () => inStreet(test.store.read, (await listStreets(test.store.read))[0]!.id)
  const roster = async (day?: string) => loadRoster(await street(), day)
  const first = (members: string, own = grids()) => ({ 'grids.csv': own, 'members.csv': members, 'groups.csv': groups })

  it('S0-03: a 网格长 who is no 书记 is imported, with a warning', async () => {
    const leader = (title: string) => people(`陈桂芳,网格长,桃源社区,1,,ding-chen,,,,${title},,`)
    const remark = '桃源社区第1网格的网格长陈桂芳：原文为经合社党支部书记，请核对职务（S0-03）'
    expect(await warnings(first(leader('村民小组长')))).toContain(remark)
    expect((await roster()).membersNamed('陈桂芳')[0]!.titles).toEqual(['村民小组长'])
    expect(await warnings({ 'members.csv': leader('经合社党支部书记') })).not.toContain(remark)
    expect(await warnings({ 'members.csv': leader('') })).not.toContain(remark)
    expect((await roster()).membersNamed('陈桂芳')[0]!.titles).toEqual(['经合社党支部书记'])
  })

  it('S0-04: 社会治理协管员 and 社工 are told from whoever is neither', async () => {
    const found = await warnings(
      first(people('李敏,专职网格员,桃源社区,1,,d1,,,,社工,,', '孙燕,专职网格员,桃源社区,2,,d2,,,,外包保安,,')),
    )
    expect(found.filter(line => line.includes('S0-04'))).toEqual([
      '桃源社区第2网格的专职网格员、兼职网格员孙燕：原文为社会治理协管员或社工，请核对职务（S0-04）',
    ])
  })

  it('S4E-03: a second 一级总网格长 is a bad line and nothing is imported', async () => {
    const chief = (name: string) => `${name},一级总网格长,,,,${name},,,,,,`
    const found = await reasons(first(people(chief('甲'), chief('乙'))), 'village-grid')
    expect(found).toEqual([
      expect.stringMatching(/^members.csv 3 .*有2名一级总网格长（甲、乙），只设1名（S4E-03：第七条/),
    ])
    expect(await listStreets(test.store.read)).toEqual([])
    expect(await reasons(first(people(chief('甲'))), 'village-grid')).toEqual([])
    expect(await reasons({ 'members.csv': people(chief('乙')) }, 'village-grid')).toHaveLength(1)
    const handed = people(`甲,一级总网格长,,,,甲,,离岗,,,,`, chief('乙'))
    expect(await reasons({ 'members.csv': handed }, 'village-grid')).toEqual([])
  })

  it('S4E-03: two 二级 in one village are refused, one in each of two are not', async () => {
    const lead = (name: string, community: string) => `${name},二级总网格长,${community},,,${name},,,,,,`
    expect(await reasons(first(people(lead('甲', '桃源社区'), lead('乙', '桃源社区'))), 'village-grid')).toHaveLength(1)
    expect(await reasons(first(people(lead('甲', '桃源社区'), lead('乙', '锦江社区'))), 'village-grid')).toEqual([])
  })

  it('S4E-09, S4E-01: two posts at once and a load outside the range are told and accepted', async () => {
    const own = grids('1,第一网格,桃源社区,普通,TY01,11,40,,,,')
    const both = people('甲,三级总网格长,桃源社区,1,,d1,,,,,,', '甲,四级网格员,桃源社区,1,,d1,,,,,,')
    const found = await warnings(
      { ...first(both, own), 'groups.csv': groups.replace(/.*桃源群.*\n/, '') },
      'village-grid',
    )
    expect(found).toContain('甲同时任三级总网格长和四级网格员，不宜兼任（S4E-09）')
    expect(found).toContain('桃源社区第1网格11户、1名四级网格员，应每6至10户1名（S4E-01）')
  })

  it('S4E-04: 点位 is kept with the role, and an open one is named', async () => {
    const found = await warnings(first(people('甲,四级网格指导员,桃源社区,1,,d1,,,,,,群众信访受理点')), 'village-grid')
    expect(found.some(line => line.startsWith('桃源社区第1网格还没有人负责：社情民意收集点'))).toBe(true)
    expect((await roster()).membersNamed('甲')[0]!.roles[0]!.point).toBe('群众信访受理点')
  })

  it('S4E-11: 出生日期 is sealed, somebody too old is told, and a repeat changes nothing', async () => {
    const old = first(people('甲,四级网格员,桃源社区,1,,d1,,,,,1965-11-18,'))
    expect(await warnings(old, 'village-grid')).toContain('甲已满61周岁，超过年龄上限，请安排接替（S4E-11）')
    const [row] = await test.store.read.sql.selectFrom('member').select('born').execute()
    expect(row!.born).not.toContain('1965')
    expect([...(await listBirthdays(await street())).values()]).toEqual(['1965-11-18'])
    expect(await run(old, 'village-grid')).toMatchObject({ ok: true, changes: { members: 0, grids: 0 } })
    const audit = await test.store.read.sql.selectFrom('audit').select('detail').execute()
    expect(JSON.stringify(audit)).not.toContain('1965')
    expect(await reasons({ 'members.csv': people('甲,四级网格员,桃源社区,1,,d1,,,,,去年,') }, 'village-grid')).toEqual([
      'members.csv 2 “出生日期”应为日期，如 2026-11-18，现在是“去年”',
    ])
  })

  it('S2-08, S2-03: 党组织设置 in the words of the document, the class of the community', async () => {
    const own = (mode: string, area: string) => grids(`1,第一网格,桃源社区,普通,TY01,300,900,${area},${mode},,`)
    const only = groups.replace(/.*桃源群.*\n/, '')
    const files = (mode: string, area: string) => ({
      ...first(people('甲,网格长,桃源社区,1,,d1,,,,,,'), own(mode, area)),
      'groups.csv': only,
    })
    expect(await reasons(files('一网格一党委', '复杂'), 'county-grid')).toEqual([
      'grids.csv 2 “党组织设置”写的是“一网格一党委”，应为一网格一支部、一网格一小组、多网格一支部之一',
    ])
    expect(await reasons(files('一网格一支部', '一般'), 'county-grid')).toEqual([
      expect.stringContaining('“社区类别”写的是“一般”'),
    ])
    expect(await reasons(files('一网格一支部', '其他'), 'county-grid')).toEqual([])
    expect((await roster()).grids[0]).toMatchObject({ partyMode: '一网格一支部', areaClass: 'other' })
  })

  it('S2-10: a building in two grids is refused where the document forbids it; lanes lie between grids', async () => {
    const places = (...own: string[]) => lines('社区,网格号,名称,别名,类型', ...own)
    const files = { ...first(people('甲,网格长,桃源社区,1,,d1,,,,,,')) }
    const both = places('桃源社区,1,翠苑3幢,,楼栋', '桃源社区,2,翠苑3幢,,楼栋')
    expect(await reasons({ ...files, 'places.csv': both }, 'county-grid')).toEqual([
      expect.stringMatching(
        /^places.csv 3 “翠苑3幢”同时写在桃源社区第1网格、桃源社区第2网格；.*S2-10：.*不得在社区（村）以下再另行划分网格/,
      ),
    ])
    expect(await reasons({ ...files, 'places.csv': both })).toEqual([])
  })

  it('S2-10: and so is one that an earlier roster gave to another grid', async () => {
    const place = (no: number) =>
      lines('社区,网格号,名称,别名,类型', `桃源社区,${no},翠苑3幢,,楼栋`, '桃源社区,1,沿河巷,,其他')
    await run({ ...first(people('甲,网格长,桃源社区,1,,d1,,,,,,')), 'places.csv': place(1) }, 'county-grid')
    expect(await reasons({ 'places.csv': place(2) }, 'county-grid')).toHaveLength(1)
    expect((await roster()).places).toHaveLength(2)
  })

  it('S4D-35: 驿站 is a kind of place', async () => {
    const places = lines('社区,网格号,名称,别名,类型', '桃源社区,1,北苑驿站,,驿站')
    expect(
      await reasons({ ...first(people('甲,网格长,桃源社区,1,,d1,,,,,,')), 'places.csv': places }, 'county-center'),
    ).toEqual([])
    expect((await roster()).places[0]).toMatchObject({ name: '北苑驿站', kind: 'station' })
  })

  it('S0-01: another 网格编码 recodes from today; the old file is refused', async () => {
    await run(first(people('甲,网格长,桃源社区,1,,d1,,,,,,')))
    now += 13 * dayMs
    const recoded = grids('1,第一网格,桃源社区,普通,330102-001,300,900,,,,')
    expect(await run({ 'grids.csv': recoded })).toMatchObject({ ok: true, changes: { grids: 1 } })
    const grid = (await roster()).gridsNumbered(1)[0]!
    expect([codeOn(grid, '2026-11-30'), codeOn(grid, '2026-12-01')]).toEqual(['TY01', '330102-001'])
    expect(await run({ 'grids.csv': recoded })).toMatchObject({ ok: true, changes: { grids: 0 } })
    expect(await reasons({ 'grids.csv': grids() })).toEqual([
      'grids.csv 2 网格编码 TY01 只用到2026-11-30，现在是 330102-001，请改成现在的编码',
    ])
  })

  it('S0-01: 停用日期 gives a grid up and 并入网格号 says where it goes; an old line of it is refused', async () => {
    const line = (end: string) =>
      grids('1,第一网格,桃源社区,普通,TY01,300,900,,,,', `2,第二网格,桃源社区,普通,TY02,300,900,,,${end}`)
    const member = people('甲,网格长,桃源社区,2,,d1,,,,,,')
    await run(first(member))
    expect(await reasons({ 'grids.csv': line(',1') })).toEqual(['grids.csv 3 写了“并入网格号”，还要写“停用日期”'])
    expect(await reasons({ 'grids.csv': line('2026-11-30,9') })).toEqual([
      'grids.csv 3 “并入网格号”应为桃源社区的另一个网格，没有 9 号',
    ])
    expect(await reasons({ 'grids.csv': line('2026-11-30,1') })).toEqual([])
    expect((await roster('2026-11-30')).gridsNumbered(2)).toHaveLength(1)
    expect((await roster('2026-12-01')).gridsNumbered(2)).toEqual([])
    const one = (await roster()).membersNamed('甲')[0]!
    expect([rolesOn(one, '2026-11-30').length, rolesOn(one, '2026-12-01').length]).toEqual([1, 0])
    now += 13 * dayMs
    expect(await run({ 'grids.csv': line('2026-11-30,1') })).toMatchObject({ ok: true, changes: { grids: 0 } })
    expect(await reasons({ 'grids.csv': line(',') })).toEqual([
      'grids.csv 3 桃源社区第2网格已在2026-11-30停用，请删去这一行，或写明“停用日期”',
    ])
    expect(await reasons({ 'members.csv': people('乙,兼职网格员,桃源社区,2,,d2,,,,,,') })).toEqual([
      'members.csv 2 桃源社区第2网格已在2026-11-30停用，请写现在的网格号，或把状态写成“离岗”',
    ])
  })

  it('S4D-03: 644 workers of as many grids are read in one import', async () => {
    const numbers = Array.from({ length: 644 }, (_, index) => index + 1)
    const own = grids(...numbers.map(no => `${no},第${no}网格,利津社区,普通,LJ${no},300,900,,,,`))
    const members = people(...numbers.map(no => `员${no},专职网格员,利津社区,${no},,w${no},,,,,,`))
    const files = {
      'grids.csv': own,
      'members.csv': members,
      'groups.csv': lines('群名,平台,会话ID,范围,社区,网格号,推送地址', '街道群,模拟,S01,街道,,,'),
    }
    const result = await run(files, 'county-center')
    expect(result).toMatchObject({ ok: true, changes: { grids: 644, members: 644 } })
    expect(result.ok && result.warnings.filter(warning => warning.includes('S4D-04'))).toEqual([])
    const all = await roster()
    expect(all.holders(['worker'], '2026-11-18')).toHaveLength(644)
    expect(rolesOn(all.membersNamed('员644')[0]!, '2026-11-18')).toHaveLength(1)
  })
})
