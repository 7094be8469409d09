import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRoster } from '../../bot/roster/import-roster.ts'
import { inStreet, type StreetDb } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { listVisitTargets } from '../../storage/visit-targets.ts'
import { at } from '../support/clock.ts'
import { databases, type TestStore } from '../support/stores.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'
import { ROSTER, rosterFiles } from './files.ts'

const HEADER = '姓名,类别,社区,网格号,住址,频次,责任人,出生日期,编号\n'

describe.each(databases.map(one => [one.name, one] as const))('visit-list.csv on %s', (_name, database) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await database.open()
  })
  afterEach(() => opened.dispose())

  const bring = (lines: string, pack: BuiltInPack = 'street-team') =>
    importRoster(opened.store, rosterFiles({ ...ROSTER, 'visit-list.csv': `${HEADER}${lines}` }), {
      now: at('2026-11-18T08:00'),
      today: '2026-11-18',
      pack: readBuiltIn(pack).pack,
      allowedBases: [],
    })

  const street = async (): Promise<StreetDb> => {
    const [first] = await listStreets(opened.store.read)
    return inStreet(opened.store.read, first!.id)
  }
  const listAll = async () => {
    const db = await street()
    const roster = await loadRoster(db)
    return (await listVisitTargets(db, { closed: true })).map(target => [
      target.code,
      target.list,
      target.name.reveal(),
      target.address?.reveal(),
      roster.gridById(target.gridId)?.no,
      roster.memberById(target.memberId ?? '')?.name,
      target.frequency,
      target.bornOn?.reveal(),
    ])
  }
  const bringFine = async (lines: string) => expect(await bring(lines)).toMatchObject({ ok: true })

  it('S1-16: brings lists with rhythm, responsible, birthday and code; the same file again changes nothing', async () => {
    const lines =
      '王秀英,低保户,桃源社区,1,3幢201,每季度2次,李敏,1946-11-23,低保-07\n李建国,独居老人,桃源社区,2,5幢101,,,,\n城东超市,重点场所,桃源社区,1,石板巷17号,每月,,,\n'
    expect(await bring(lines)).toMatchObject({ ok: true, changes: { visitTargets: 3 } })
    expect(await listAll()).toEqual([
      ['低保-07', '低保户', '王秀英', '3幢201', 1, '李敏', { atLeast: 2, per: 'quarter' }, '1946-11-23'],
      ['独居-01', '独居老人', '李建国', '5幢101', 2, undefined, undefined, undefined],
      ['重点-01', '重点场所', '城东超市', '石板巷17号', 1, undefined, { atLeast: 1, per: 'month' }, undefined],
    ])
    expect(await bring(lines)).toMatchObject({ ok: true, changes: { visitTargets: 0 } })
  })

  it('S4A-01: a new address in a later file re-routes, and whoever left stays off the list', async () => {
    await bringFine('王秀英,低保户,桃源社区,1,3幢201,,李敏,,\n李建国,低保户,桃源社区,1,5幢101,,,,\n')
    const [first] = await listVisitTargets(await street())
    await opened.store.transact(db =>
      db.sql
        .updateTable('visit_target')
        .set({ closed_on: '2026-11-18', closed_reason: '去世' })
        .where('id', '!=', first!.id)
        .execute(),
    )
    const moved = '王秀英,低保户,桃源社区,2,9幢302,,,,\n李建国,低保户,桃源社区,1,5幢101,,,,\n'
    expect(await bring(moved)).toMatchObject({ ok: true, changes: { visitTargets: 1 } })
    expect((await listAll())[0]).toEqual(['低保-01', '低保户', '王秀英', '9幢302', 2, undefined, undefined, undefined])
    expect((await listVisitTargets(await street())).map(({ code }) => code)).toEqual(['低保-01'])
  })

  it('tells two of one name apart by their codes', async () => {
    const lines = '王秀英,低保户,桃源社区,1,3幢201,,,,低保-01\n王秀英,低保户,桃源社区,1,7幢502,,,,低保-02\n'
    expect(await bring(lines)).toMatchObject({ ok: true, changes: { visitTargets: 2 } })
    expect(await bring(lines)).toMatchObject({ ok: true, changes: { visitTargets: 0 } })
  })

  it.each([
    ['王秀英,低保户,桃源社区,9,3幢201,,,,\n', '桃源社区没有 9 号网格'],
    ['王秀英,低保户,月亮社区,1,3幢201,,,,\n', '网格名册里没有“月亮社区”'],
    ['王秀英,张三,桃源社区,1,3幢201,,,,\n', '“类别”写的是“张三”'],
    [',低保户,桃源社区,1,3幢201,,,,\n', '缺少“姓名”'],
    ['王秀英,低保户,桃源社区,1,,,,,\n', '缺少“住址”'],
    ['王秀英,低保户,桃源社区,1,3幢201,常常,,,\n', '“频次”应如“每月”'],
    ['王秀英,低保户,桃源社区,1,3幢201,,,昨天,\n', '“出生日期”应为日期'],
    ['王秀英,低保户,桃源社区,1,3幢201,,,,第三个\n', '“编号”应如“低保-03”'],
    ['王秀英,低保户,桃源社区,1,3幢201,,王强,,\n', '桃源社区第1网格没有这个人'],
    ['王秀英,低保户,桃源社区,1,3幢201,,,,\n王秀英,低保户,桃源社区,1,7幢502,,,,\n', '和第2行是同一个人'],
    [
      '王秀英,低保户,桃源社区,1,3幢201,,,,低保-01\n李建国,低保户,桃源社区,1,5幢101,,,,低保-01\n',
      '编号 低保-01 和第2行重复',
    ],
  ])('imports nothing where a line is bad: %s', async (lines, reason) => {
    const result = await bring(lines)
    expect(result.ok ? [] : result.faults.map(fault => fault.reason).join('；')).toContain(reason)
    expect(await opened.store.read.sql.selectFrom('grid').select('id').execute()).toEqual([])
  })

  it('refuses a code that somebody else has by now', async () => {
    await bringFine('王秀英,低保户,桃源社区,1,3幢201,,,,低保-01\n')
    const result = await bring('李建国,低保户,桃源社区,1,5幢101,,,,低保-01\n')
    expect(result.ok ? [] : result.faults.map(({ reason }) => reason)).toEqual(['编号 低保-01 已是名单上另一位的'])
  })

  it('keeps names, addresses and birthdays sealed', async () => {
    await bringFine('王秀英,低保户,桃源社区,1,3幢201,,,1946-11-23,\n')
    const [row] = await opened.store.read.sql.selectFrom('visit_target').selectAll().execute()
    expect(JSON.stringify(row)).not.toMatch(/王秀英|3幢201|1946/)
  })
})
