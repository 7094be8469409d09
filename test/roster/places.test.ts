import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importRoster } from '../../bot/roster/import-roster.ts'
import { inStreet } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { at } from '../support/clock.ts'
import { databases, type TestStore } from '../support/stores.ts'
import { readBuiltIn } from '../support/street-data.ts'
import { ROSTER, rosterFiles } from './files.ts'

const HEADER = '社区,网格号,名称,别名,类型,纬度,经度\n'

describe.each(databases.map(one => [one.name, one] as const))('places.csv on %s', (_name, database) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await database.open()
  })
  afterEach(() => opened.dispose())

  const bring = (places: string) =>
    importRoster(opened.store, rosterFiles({ ...ROSTER, 'places.csv': `${HEADER}${places}` }), {
      now: at('2026-11-18T08:00'),
      today: '2026-11-18',
      pack: readBuiltIn('street-team').pack,
      allowedBases: [],
    })

  async function listPlaces() {
    const [street] = await listStreets(opened.store.read)
    const roster = await loadRoster(inStreet(opened.store.read, street!.id))
    return roster.places.map(({ gridId, name, aliases, kind, position }) => {
      const grid = roster.gridById(gridId)!
      return [`${grid.community} ${grid.no}`, name, aliases, kind, position]
    })
  }

  it('gives grids their places, one on a border to both, and corrects them the next time', async () => {
    const first = '桃源社区,1,3幢,三号楼;老三栋,楼栋,,\n桃源社区,1,沿河巷,,其他,,\n桃源社区,2,沿河巷,,,30.2,120.1\n'
    expect(await bring(first)).toMatchObject({ ok: true, changes: { places: 3 } })
    expect(await bring(first)).toMatchObject({ ok: true, changes: { places: 0 } })
    expect(await bring('桃源社区,1,3幢,三号楼,楼栋,,\n')).toMatchObject({ ok: true, changes: { places: 1 } })
    expect(await listPlaces()).toEqual([
      ['桃源社区 1', '3幢', ['三号楼'], 'building', undefined],
      ['桃源社区 1', '沿河巷', [], 'other', undefined],
      ['桃源社区 2', '沿河巷', [], 'other', { lat: 30.2, lng: 120.1 }],
    ])
  })

  it.each([
    ['桃源社区,9,东门,,大门,,\n', '桃源社区没有 9 号网格'],
    ['月亮社区,1,东门,,大门,,\n', '网格名册里没有“月亮社区”'],
    ['桃源社区,1,,,大门,,\n', '缺少“名称”'],
    ['桃源社区,,东门,,大门,,\n', '缺少“网格号”'],
    ['桃源社区,1,东门,,亭子,,\n', '应为楼栋'],
    ['桃源社区,1,东门,,大门,91,120\n', '“纬度”应为度数'],
    ['桃源社区,1,东门,,大门,30.2,\n', '要么都写，要么都不写'],
    ['桃源社区,1,东门,,大门,,\n桃源社区,1,东门,,大门,,\n', '重复'],
  ])('imports nothing where a line is bad: %s', async (places, reason) => {
    const result = await bring(places)
    expect(result.ok ? [] : result.faults.map(fault => fault.reason).join('；')).toContain(reason)
    expect(await opened.store.read.sql.selectFrom('grid').select('id').execute()).toEqual([])
  })
})
