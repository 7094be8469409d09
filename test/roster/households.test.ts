import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRoster } from '../../bot/roster/import-roster.ts'
import { inStreet } from '../../storage/database.ts'
import { listHouseholds } from '../../storage/households.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { at } from '../support/clock.ts'
import { databases, type TestStore } from '../support/stores.ts'
import { readBuiltIn } from '../support/street-data.ts'
import { ROSTER, rosterFiles } from './files.ts'

const HEADER = '社区,网格号,楼栋,门牌,户主,责任人,编号\n'

describe.each(databases.map(one => [one.name, one] as const))('S3A-09: households.csv on %s', (_name, database) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await database.open()
  })
  afterEach(() => opened.dispose())

  const bring = (lines: string) =>
    importRoster(opened.store, rosterFiles({ ...ROSTER, 'households.csv': `${HEADER}${lines}` }), {
      now: at('2026-11-18T08:00'),
      today: '2026-11-18',
      pack: readBuiltIn('street-team').pack,
      allowedBases: [],
    })

  async function list() {
    const [street] = await listStreets(opened.store.read)
    const db = inStreet(opened.store.read, street!.id)
    const roster = await loadRoster(db)
    return (await listHouseholds(db)).map(({ code, building, door, name, memberId }) => [
      code,
      building,
      door.reveal(),
      name?.reveal(),
      roster.memberById(memberId ?? '')?.name,
    ])
  }

  it('brings households with codes, whose they are and who keeps in touch, and the second time only what is new', async () => {
    const first = '桃源社区,1,3幢,2单元501,王秀英,李敏,\n桃源社区,1,3,502,,,\n桃源社区,1,,石板巷17号,赵德厚,,1-117\n'
    expect(await bring(first)).toMatchObject({ ok: true, changes: { households: 3 } })
    expect(await bring(first)).toMatchObject({ ok: true, changes: { households: 0 } })
    expect(await bring('桃源社区,1,三号楼,二单元501室,王小英,,\n')).toMatchObject({
      ok: true,
      changes: { households: 1 },
    })
    expect(await list()).toEqual([
      ['1-001', '3', '3幢2单元501', '王小英', '李敏'],
      ['1-002', '3', '3幢502', undefined, undefined],
      ['1-117', undefined, '石板巷17号', '赵德厚', undefined],
    ])
  })

  it('keeps no name and no door in plain text', async () => {
    await bring('桃源社区,1,3幢,2单元501,王秀英,李敏,\n')
    const rows = await opened.store.read.sql.selectFrom('household').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/王秀英|501/)
  })

  it.each([
    ['桃源社区,9,3幢,501,,,\n', '桃源社区没有 9 号网格'],
    ['桃源社区,,3幢,501,,,\n', '缺少“网格号”'],
    ['桃源社区,1,3幢,,,,\n', '缺少“门牌”'],
    ['桃源社区,1,3幢,东头,,,\n', '看不出是哪一户'],
    ['桃源社区,1,3幢,501,,郑无名,\n', '桃源社区第1网格没有这个人'],
    ['桃源社区,1,3幢,501,,,\n桃源社区,1,三号楼,501室,,,\n', '同一个门牌'],
    ['桃源社区,1,3幢,501,,,A1\n桃源社区,1,3幢,502,,,A1\n', '编号 A1 和第2行重复'],
  ])('imports nothing where a line is bad: %s', async (lines, reason) => {
    const result = await bring(lines)
    expect(result.ok ? [] : result.faults.map(fault => fault.reason).join('；')).toContain(reason)
    expect(await opened.store.read.sql.selectFrom('grid').select('id').execute()).toEqual([])
  })

  it('refuses a code that another household has already', async () => {
    await bring('桃源社区,1,3幢,501,,,A1\n')
    const result = await bring('桃源社区,1,3幢,502,,,A1\n')
    expect(result.ok ? '' : result.faults[0]!.reason).toContain('编号 A1 已是桃源社区第1网格另一户的')
  })
})
