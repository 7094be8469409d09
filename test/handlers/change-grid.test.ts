import { describe, expect, it, onTestFinished } from 'vitest'
import { importRoster } from '../../bot/roster/import-roster.ts'
import { gridChange } from '../../jobs/grid-change.ts'
import { insertHousehold, listHouseholds } from '../../storage/households.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { rolesOn } from '../../storage/roster.ts'
import { codeOn } from '../../storage/roster-view.ts'
import { listVisitTargets } from '../../storage/visit-targets.ts'
import { members, rosterFiles } from '../roster/files.ts'
import { insertPlaces } from '../support/places.ts'
import { toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'
import { readBuiltIn } from '../support/street-data.ts'

async function open(options: StreetOptions = {}): Promise<TestStreet> {
  const street = await openTestStreet({ now: '2026-11-18T09:00', ...options })
  onTestFinished(street.dispose)
  return street
}

const tell = async (street: TestStreet, who: string, text: string, group?: string) =>
  toldTo(await street.say(who, text, { group }), group ?? who)
const ask = async (street: TestStreet, who: string, text: string) => toldTo(await street.say(who, text), who)
const numbers = async ({ db }: TestStreet, day: string) => (await loadRoster(db, day)).grids.map(({ no }) => no)

describe('S0-01: a grid is split', () => {
  it('from its day on; the old number goes on with its people and everything recorded', async () => {
    const street = await open()
    await street.say('孙燕', '走访了3幢王奶奶，20分钟')
    const text = await ask(street, '曹源', '拆分 3网格 为 3网格、22网格 自12月1日')
    expect(text).toContain('桃源社区第3网格拆分为第3、22网格，从12/1起')
    expect(text).toContain('第22网格还没有人')
    expect(await numbers(street, '2026-11-30')).toEqual([1, 2, 3, 4])
    expect(await numbers(street, '2026-12-01')).toEqual([1, 2, 3, 4, 22])

    expect(await ask(street, '曹源', '网格列表')).toContain('共4个网格')
    street.setTime('2026-12-01T09:00')
    const list = await ask(street, '曹源', '网格列表')
    expect(list).toContain('共5个网格')
    expect(list).toContain('22　第22网格　WJ022　户数、人口待填')
    expect(await ask(street, '曹源', '缺岗')).toContain('桃源社区第22网格')
    expect(await ask(street, '孙燕', '第3网格情况')).toContain('网格员：孙燕')
    const visits = await street.db.sql.selectFrom('field_record').select('grid_id').execute()
    expect((await loadRoster(street.db, '2026-12-01')).gridById(visits[0]!.grid_id!)?.no).toBe(3)
  })

  it('into new numbers alone: the old one ends, its people are named to be placed anew', async () => {
    const street = await open()
    const text = await ask(street, '林静', '拆分3网格为22网格、23网格 自12月1日')
    expect(text).toContain('原网格周明、孙燕、钱进的岗位到前一天为止')
    expect(await numbers(street, '2026-12-01')).toEqual([1, 2, 4, 22, 23])
    const roster = await street.roster()
    const yan = roster.membersNamed('孙燕')[0]!
    expect([rolesOn(yan, '2026-11-30').length, rolesOn(yan, '2026-12-01').length]).toEqual([1, 0])
    street.setTime('2026-12-01T09:00')
    expect(await ask(street, '曹源', '第3网格情况')).toContain('没有第3网格')
  })

  it('makes a place of the new grid lie in the old one until the day', async () => {
    const street = await open()
    await street.say('曹源', '拆分 3网格 为 3网格、22网格 自12月1日')
    await street.change(db => insertPlaces(db, street.now(), [[22, '翠苑5幢', 'building']]))
    const placeOn = async (day: string) => {
      const roster = await loadRoster(street.db, day)
      return roster.gridById(roster.places[0]!.gridId)!.no
    }
    expect([await placeOn('2026-11-30'), await placeOn('2026-12-01')]).toEqual([3, 22])
  })
})

describe('S0-01: the roster of a grid that is yet to be split off', () => {
  it('can be imported before the day: people begin on it, places move to it and lie in the old one until then', async () => {
    const street = await open()
    await street.change(db => insertPlaces(db, street.now(), [[3, '翠苑5幢', 'building']]))
    await street.say('曹源', '拆分 3网格 为 3网格、22网格 自12月1日')
    const files = rosterFiles({
      'members.csv': members('新来,专职网格员,桃源社区,22,,d22,,,,,,'),
      'places.csv': '社区,网格号,名称,别名,类型\n桃源社区,22,翠苑5幢,,楼栋\n',
    })
    const { pack } = readBuiltIn('street-team')
    const options = { now: street.now(), today: '2026-11-18', pack, allowedBases: [] }
    expect(await importRoster(street.store, files, options)).toMatchObject({
      ok: true,
      changes: { members: 1, places: 1 },
    })
    const at = async (day: string) => {
      const roster = await loadRoster(street.db, day)
      const places = roster.places.map(({ gridId }) => roster.gridById(gridId)!.no)
      return [rolesOn(roster.membersNamed('新来')[0]!, day).length, ...places]
    }
    expect(await at('2026-11-30')).toEqual([0, 3])
    expect(await at('2026-12-01')).toEqual([1, 22])
  })
})

describe('S0-01: grids are merged', () => {
  it('people, places and the chat go along; what was recorded stays where it was', async () => {
    const street = await open()
    await street.change(db => insertPlaces(db, street.now(), [[3, '翠苑3幢', 'building']]))
    await street.say('孙燕', '走访了王奶奶，20分钟', { group: 'G03' })
    const text = await ask(street, '曹源', '合并 2、3网格 为 2网格 自12月1日')
    expect(text).toContain('桃源社区第2、3网格合并为第2网格，从12/1起')
    expect(text).toContain('周明的岗位满额没有跟过去')
    expect(text).not.toContain('孙燕的岗位')

    street.setTime('2026-12-01T09:00')
    expect(await numbers(street, '2026-12-01')).toEqual([1, 2, 4])
    const roster = await loadRoster(street.db, '2026-12-01')
    const two = roster.gridsNumbered(2)[0]!
    expect(roster.holders(['worker'], '2026-12-01', { gridId: two.id }).map(({ name }) => name)).toEqual([
      '张丽',
      '孙燕',
    ])
    expect(roster.holders(['leader'], '2026-12-01', { gridId: two.id }).map(({ name }) => name)).toEqual(['何大勇'])
    expect(roster.gridById(roster.places[0]!.gridId)!.no).toBe(2)
    expect(roster.groupFor({ gridId: two.id })!.name).toBe('第2网格群')
    expect(await tell(street, '孙燕', '走访了李爷爷，20分钟', 'G03')).toContain('第2网格')

    const visits = await street.db.sql.selectFrom('field_record').select('grid_id').orderBy('id').execute()
    expect(visits.map(({ grid_id }) => roster.gridById(grid_id!)!.no)).toEqual([3, 2])
  })

  it('the lists to visit and the households go along on the day; an open case is told to those who took over', async () => {
    const street = await open()
    await street.say('孙燕', '3号楼路灯坏了')
    await street.say('周明', '登记走访对象 低保户 王奶奶 3幢101')
    await street.change(async db => {
      const grid = await db.sql.selectFrom('grid').select('id').where('grid_no', '=', 3).executeTakeFirstOrThrow()
      const household = { code: '3-001', door: '3幢101', doorKey: '3幢101', shortKey: '101', from: '2026-11-01' }
      await insertHousehold(db, { gridId: grid.id, ...household }, street.now())
    })
    await street.say('曹源', '合并 2、3网格 为 2网格 自12月1日')
    const keptBy = async () => {
      const roster = await loadRoster(street.db, '2026-12-01')
      const households = await listHouseholds(street.db)
      const targets = await listVisitTargets(street.db)
      return [...households, ...targets].map(({ gridId }) => roster.gridById(gridId)!.no)
    }
    expect(new Set(await keptBy())).toEqual(new Set([3]))
    expect(await runJob(street, gridChange, { due: '2026-11-30T00:05' })).toEqual([])
    expect(new Set(await keptBy())).toEqual(new Set([3]))
    await runJob(street, gridChange, { due: '2026-12-01T00:05' })
    expect(new Set(await keptBy())).toEqual(new Set([2]))

    const roster = await loadRoster(street.db, '2026-12-01')
    const incident = await street.db.sql.selectFrom('incident').select('grid_id').executeTakeFirstOrThrow()
    const gridId = incident.grid_id!
    expect(roster.gridById(gridId)!.no).toBe(3)
    expect(roster.holders(['leader'], '2026-12-01', { gridId }).map(({ name }) => name)).toEqual(['何大勇'])
    expect(roster.groupFor({ gridId })!.name).toBe('第2网格群')
  })

  it('on the day itself they go along at once, and come back when it is taken back', async () => {
    const street = await open()
    await street.change(async db => {
      const grid = await db.sql.selectFrom('grid').select('id').where('grid_no', '=', 3).executeTakeFirstOrThrow()
      const household = { code: '3-001', door: '3幢101', doorKey: '3幢101', shortKey: '101', from: '2026-11-01' }
      await insertHousehold(db, { gridId: grid.id, ...household }, street.now())
    })
    const keptBy = async () => {
      const [household] = await listHouseholds(street.db)
      return (await loadRoster(street.db, '2026-11-18')).gridById(household!.gridId)!.no
    }
    await street.say('曹源', '合并 2、3网格 为 2网格')
    expect(await keptBy()).toBe(2)
    await street.say('曹源', '撤销')
    expect(await keptBy()).toBe(3)
  })

  it('into a new number both end', async () => {
    const street = await open()
    await street.say('曹源', '合并 2网格和3网格 为 25网格 自12月1日')
    expect(await numbers(street, '2026-12-01')).toEqual([1, 4, 25])
    const roster = await loadRoster(street.db, '2026-12-01')
    expect(roster.holders(['leader'], '2026-12-01', { gridId: roster.gridsNumbered(25)[0]!.id })).toHaveLength(1)
  })
})

describe('S0-01: a grid is recoded', () => {
  it('records of earlier days go on under the old code', async () => {
    const street = await open()
    expect(await ask(street, '曹源', '改码 3网格 为 330102-003 自12月1日')).toContain('以前的记录仍写旧编码')
    const grid = (await street.roster()).gridsNumbered(3)[0]!
    expect([codeOn(grid, '2026-11-30'), codeOn(grid, '2026-12-01')]).toEqual(['WJ003', '330102-003'])
    expect(await ask(street, '李敏', '网格码 3')).toContain('WJ003')
    street.setTime('2026-12-02T09:00')
    expect(await ask(street, '李敏', '网格码 3')).toBe(
      '桃源社区第3网格的编码：330102-003；以前是WJ003（用到11/30，那以前的记录仍写它）。',
    )
  })
})

describe('S2-12: a change is filed with the county', () => {
  it('the county office is told, files it, and the list shows it', async () => {
    const street = await open({ pack: 'county-grid' })
    const said = await street.say('林静', '改码 3网格 为 330102-003')
    expect(toldTo(said, '林静')).toContain('已报汪洋备案')
    expect(toldTo(said, '汪洋')).toContain('备案后请回“备案1”')
    expect(await ask(street, '曹源', '网格变更')).toContain(
      '1号　11/18起　桃源社区第3网格编码WJ003改为330102-003　已生效，未备案　林静',
    )
    expect(await ask(street, '李敏', '备案1')).toContain('这一步由')
    expect(await ask(street, '汪洋', '备案 1号')).toContain('已备案')
    expect(await ask(street, '曹源', '备案1')).toContain('已经备过案')
    expect(await ask(street, '曹源', '网格变更')).toContain('已生效，已备案')
  })

  it('asks for nothing where the document does not', async () => {
    const street = await open()
    expect(await ask(street, '林静', '改码 3网格 为 330102-003')).not.toContain('备案')
    expect(await ask(street, '林静', '备案1')).toContain('没有要备案的')
  })
})

describe('a change that cannot be', () => {
  it.each([
    ['李敏', '拆分 3网格 为 3网格、22网格', '这一步由党政办、管理员办理'],
    ['曹源', '拆分 9网格 为 9网格、22网格', '没有第9网格'],
    ['曹源', '拆分 3网格 为 3网格', '至少要有两个网格'],
    ['曹源', '拆分 3网格 为 3网格、2网格', '桃源社区已有第2网格'],
    ['曹源', '拆分 3网格 为 3网格、22网格 自11月17日', '只能从今天或以后'],
    ['曹源', '拆分 3网格 为 3网格、22网格 自立秋那会儿', '没看懂'],
    ['曹源', '合并 3网格 为 3网格', '两个以上'],
    ['曹源', '合并 3、4网格 为 3网格', '不在同一个社区'],
    ['曹源', '合并 2、3网格 为 1网格', '桃源社区已有第1网格'],
    ['曹源', '改码 3网格 为 WJ002', '第2网格在用'],
  ])('%s “%s”: a sentence and nothing changed', async (who, words, sentence) => {
    const street = await open()
    expect(await ask(street, who, words)).toContain(sentence)
    expect(await numbers(street, '2027-01-01')).toEqual([1, 2, 3, 4])
    expect(await street.db.sql.selectFrom('grid_change').selectAll().execute()).toEqual([])
  })

  it('while another one of the same grid waits for its day', async () => {
    const street = await open()
    await street.say('曹源', '改码 3网格 为 330102-003 自12月1日')
    expect(await ask(street, '曹源', '合并 2、3网格 为 2网格 自12月1日')).toContain('第3网格已有一项还没到日子的调整')
  })

  it('to a code that another day knows already', async () => {
    const street = await open()
    await street.say('曹源', '改码 3网格 为 330102-003')
    expect(await ask(street, '曹源', '改码 2网格 为 WJ003')).toContain('以前用过')
  })
})

describe('a change is taken back', () => {
  it.each([
    ['拆分 3网格 为 22网格、23网格 自12月1日'],
    ['合并 2、3网格 为 2网格 自12月1日'],
    ['合并 2、3网格 为 25网格'],
    ['改码 3网格 为 330102-003 自12月1日'],
  ])('“%s”: grids, people and codes as before, and it can be said again', async words => {
    const street = await open()
    const before = (await loadRoster(street.db, '2026-12-01')).grids.map(({ no, code }) => `${no} ${code}`)
    await street.say('曹源', words)
    expect(await ask(street, '曹源', '撤销')).toContain('网格变更1号')
    const after = await loadRoster(street.db, '2026-12-01')
    expect(after.grids.map(({ no, code }) => `${no} ${code}`)).toEqual(before)
    for (const name of ['孙燕', '周明', '张丽'])
      expect(
        rolesOn(after.membersNamed(name)[0]!, '2026-12-01').map(({ gridId }) => after.gridById(gridId)!.no),
      ).toEqual([name === '张丽' ? 2 : 3])
    expect(await ask(street, '曹源', '网格变更')).toContain('还没有调整过')
    expect(await ask(street, '曹源', words)).toContain('已记网格变更2号')
  })

  it('but not once the new grid has its chat', async () => {
    const street = await open()
    await street.say('曹源', '拆分 3网格 为 3网格、22网格')
    await street.change(async db => {
      const { id } = await db.sql.selectFrom('grid').select('id').where('grid_no', '=', 22).executeTakeFirstOrThrow()
      await db.sql.updateTable('chat_group').set({ grid_id: id }).where('name', '=', '第4网格群').execute()
    })
    expect(await ask(street, '曹源', '撤销')).toContain('新网格里已经有了人员或记录，网格变更1号不能直接撤销')
    expect(await numbers(street, '2026-11-18')).toContain(22)
  })
})

describe.each(databases.map(({ name }) => name))('on %s', database => {
  it('S0-01: a number given up can be given anew, and the old grid keeps its records', async () => {
    const street = await open({ database })
    await street.say('孙燕', '走访了王奶奶，20分钟')
    await street.say('曹源', '合并 2、3网格 为 2网格 自11月19日')
    street.setTime('2026-12-01T09:00')
    expect(await ask(street, '曹源', '拆分 2网格 为 2网格、3网格')).toContain('第2、3网格')
    const roster = await loadRoster(street.db, '2026-12-01')
    expect(roster.grids.map(({ no, code }) => `${no} ${code}`)).toEqual(['1 WJ001', '2 WJ002', '3 WJ003-2', '4 WJ004'])
    const [visit] = await street.db.sql.selectFrom('field_record').select('grid_id').execute()
    expect(roster.gridById(visit!.grid_id!)!.code).toBe('WJ003')
  })
})

describe('S2-12: a change planned for a day to come', () => {
  it('can be called off until then, and whoever files it reads so', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.say('曹源', '合并 2、3网格 为 2网格 自12月1日')
    street.setTime('2026-11-25T09:00')
    expect(await ask(street, '曹源', '拆分 3网格 为 3网格、23网格')).toContain('再回“取消网格变更”加编号')
    expect(await ask(street, '李敏', '取消网格变更1')).toContain('没有改动')
    const called = await street.say('曹源', '取消网格变更 1号')
    expect(toldTo(called, '曹源')).toBe('已取消网格变更1号（桃源社区第2、3网格合并为第2网格，原定12/1起），网格照旧。')
    expect(toldTo(called, '汪洋')).toBe('望江街道的网格变更1号（桃源社区第2、3网格合并为第2网格）已撤销，不用备案。')
    expect(await numbers(street, '2026-12-01')).toEqual([1, 2, 3, 4])
    expect(await ask(street, '曹源', '取消网格变更1号')).toContain('没有网格变更1号')
    expect(await ask(street, '曹源', '合并 2、3网格 为 2网格 自11月30日')).toContain('已记网格变更2号')
    const roster = await loadRoster(street.db)
    const worker = roster.membersNamed('孙燕')[0]!
    expect(rolesOn(worker, '2026-11-30').map(({ gridId }) => roster.gridById(gridId)?.no)).toEqual([2])
    await street.say('曹源', '撤销')
    expect(await ask(street, '曹源', '拆分 3网格 为 3网格、23网格')).toContain('已记网格变更3号')
    expect(await ask(street, '曹源', '取消网格变更3')).toContain('已经生效，不能取消')
  })

  it('S0-01: a new grid with a household on its list is not unmade', async () => {
    const street = await open()
    await street.say('曹源', '拆分 3网格 为 3网格、22网格')
    const grid = (await loadRoster(street.db)).gridsNumbered(22)[0]!
    const household = { code: '22-001', door: '9幢101', doorKey: '9幢101', shortKey: '101', from: '2026-11-18' }
    await street.change(db => insertHousehold(db, { gridId: grid.id, ...household }, street.now()))
    expect(await ask(street, '曹源', '撤销')).toContain('不能直接撤销')
  })
})
