import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { gridCommands } from '../../handlers/organisation/grid-commands.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { insertPlaces } from '../support/places.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

async function open(options: StreetOptions = {}): Promise<TestStreet> {
  const street = await openTestStreet({ now: '2026-11-18T09:00', ...options })
  onTestFinished(street.dispose)
  return street
}

async function ask(street: TestStreet, who: string, text: string, group?: string): Promise<string> {
  return toldTo(await street.say(who, text, { group }), who)
}

/** Sets columns of a grid of the test street, as an import would. */
async function setGrid(street: TestStreet, no: number, facts: Record<string, string | number | null>): Promise<void> {
  await street.change(db =>
    db.sql.updateTable('grid').set(facts).where('subdistrict_id', '=', db.street).where('grid_no', '=', no).execute(),
  )
  await touch(street)
}

async function setTitles(street: TestStreet, name: string, titles: string[]): Promise<void> {
  await street.change(db =>
    db.sql
      .updateTable('member')
      .set({ titles: JSON.stringify(titles) })
      .where('name', '=', name)
      .execute(),
  )
  await touch(street)
}

let version = 0
async function touch(street: TestStreet): Promise<void> {
  version += 1
  await street.change(db => touchRoster(db, `organisation ${version}`))
}

describe('every command about the register', () => {
  it.each([
    '网格列表里少了我们小区',
    '缺岗的问题反映上去了',
    '组织居民开会',
    '组织党员打扫楼道',
    '驿站门口路灯坏了',
    '合并停车位的事已告知',
    '拆分了一堆杂物',
    '备案登记表交了',
    '考核对象是谁定的我不清楚',
    '3网格网格码牌掉了',
    '已整合3个微信群',
  ])('“%s” falls into none of them', words => {
    expect(gridCommands.find(({ matches }) => matches.test(words))?.name).toBeUndefined()
  })
})

describe('the list of grids', () => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-18T09:00' })
  })
  afterEach(() => street.dispose())

  it('S0-01: a row for each grid and the totals, asked in the group and answered in private', async () => {
    const said = await street.say('曹源', '网格列表', { group: 'S01' })
    expect(said.replies.map(({ to }) => to)).toEqual(['user'])
    const text = toldTo(said, '曹源')
    expect(text).toContain('共4个网格，2个社区，1200户，3600人')
    for (const no of [1, 2, 3, 4]) expect(text).toContain(`WJ00${no}　300户 900人`)
  })

  it('S0-01: reaches as far as the role: the community of a lead, the own grid of a worker', async () => {
    expect(await ask(street, '沈国华', '网格列表')).toContain('共3个网格，1个社区')
    expect(await ask(street, '李敏', '网格列表')).toContain('共1个网格，1个社区，300户')
    expect(await ask(street, '赵志远', '网格列表')).toContain('由')
  })

  it('S0-01: says which grids lack their numbers', async () => {
    await setGrid(street, 4, { households: null })
    const text = await ask(street, '曹源', '网格列表')
    expect(text).toContain('900户，3600人（1个网格还没填户数或人口）')
  })

  it('S2-08, S4D-02: shows 党组织设置, the class of the community and a 专属 grid', async () => {
    await setGrid(street, 4, { party_mode: '一网格一支部', area_class: 'other', kind: 'dedicated' })
    expect(await ask(street, '曹源', '网格列表')).toContain('WJ004　300户 900人，专属，其他，一网格一支部')
    expect(await ask(street, '曹源', '第4网格情况')).toContain('党组织：一网格一支部')
  })

  it('S2-11: tells the code of one grid, and refuses one that is not there', async () => {
    expect(await ask(street, '李敏', '网格码3')).toBe('桃源社区第3网格的编码：WJ003。')
    expect(await ask(street, '李敏', '网格码 9')).toContain('没有第9网格')
  })
})

describe('S2-11: the code of the grid', () => {
  it.each([
    ['走访了3幢王奶奶，20分钟', '第1网格（WJ001）'],
    ['巡查了一圈，2公里', '第1网格（WJ001）'],
    ['信息：3幢新开了一家早餐店', '第1网格（WJ001）'],
    ['3号楼楼道堆了杂物', 'WJ001'],
  ])('stands in the answer to “%s” where the document wants it', async (words, code) => {
    expect(await ask(await open({ pack: 'county-grid' }), '李敏', words)).toContain(code)
    expect(await ask(await open(), '李敏', words)).not.toContain('WJ001')
  })
})

describe('who is missing', () => {
  it('S0-02: names every post by its grids, and since when', async () => {
    const street = await open()
    await street.change(async db => {
      const { id } = await db.sql.selectFrom('member').select('id').where('name', '=', '周明').executeTakeFirstOrThrow()
      await db.sql.updateTable('member_role').set({ to_day: '2026-11-10' }).where('member_id', '=', id).execute()
    })
    await touch(street)
    const text = await ask(street, '曹源', '缺岗')
    expect(text).toContain('缺网格长（S0-02）：桃源社区第3网格（11/11起）')
    expect(text).toContain('缺兼职网格员（S0-02）：桃源社区第2网格、桃源社区第3网格、锦江社区第4网格')
    expect(text).not.toContain('缺网格指导员')
    expect(await ask(street, '韩梅', '缺岗')).not.toContain('桃源社区')
  })

  it('S0-02, S2-18: by the posts of each document', async () => {
    expect(await ask(await open({ pack: 'county-grid' }), '曹源', '缺岗')).toContain('缺网格党小组长（S2-18）')
    expect(await ask(await open({ pack: 'village-grid' }), '曹源', '缺岗')).toContain('应6名，现1名')
    expect(await ask(await open({ pack: 'town-visits' }), '曹源', '缺岗')).toContain('应配的岗位都有人')
  })

  it('S0-03: a 网格长 who is no 书记 works on, with a remark where the roster is checked', async () => {
    const street = await open()
    await setTitles(street, '陈桂芳', ['村民小组长'])
    expect(await ask(street, '曹源', '名册检查')).toContain('网格长陈桂芳：原文为经合社党支部书记，请核对职务（S0-03）')
    expect(await ask(street, '陈桂芳', '打卡')).toContain('打卡')
    await setTitles(street, '陈桂芳', ['经合社党支部书记'])
    expect(await ask(street, '曹源', '名册检查')).not.toContain('陈桂芳')
  })

  it('S0-03: is not told to those who do not keep the roster', async () => {
    expect(await ask(await open(), '李敏', '名册检查')).toContain('管理员')
  })

  it('S2-02, S2-03: 配备率 with numerator and target, half being enough in the other communities', async () => {
    const street = await open({ pack: 'county-grid' })
    await setGrid(street, 4, { area_class: 'other' })
    const text = await ask(street, '曹源', '配备率')
    expect(text).toContain('网格党小组长：25%（1÷4），目标100%，未达到（S2-02）')
    expect(text).toContain('社情复杂社区（村）专职网格员：100%（3÷3），目标100%，达到（S2-03）')
    expect(text).toContain('其他社区（村）专职网格员：100%（1÷1），目标50%，达到（S2-03）')
    expect(text).toContain('3个网格没写社区类别')
  })

  it('S2-01: 覆盖率 and 整合率 fall with what is registered as outside, and rise when it is settled', async () => {
    const street = await open({ pack: 'county-grid' })
    expect(await ask(street, '曹源', '覆盖率')).toContain('网格覆盖率100%（4÷4）')
    expect(await ask(street, '沈国华', '登记未入格 金桂苑')).toContain('未入格1号：金桂苑')
    expect(await ask(street, '沈国华', '登记未整合 党建网格')).toContain('未整合2号：党建网格')
    expect(await ask(street, '沈国华', '登记未入格 金桂苑')).toContain('已登记过（1号）')
    const text = await ask(street, '曹源', '整合率')
    expect(text).toContain('网格覆盖率80%（4÷5）')
    expect(text).toContain('网格整合率80%（4÷5）')
    expect(text).toContain('目标100%')
    expect(await ask(street, '沈国华', '已入格 2')).toContain('没有待办的未入格2号')
    expect(await ask(street, '沈国华', '已入格1')).toContain('金桂苑已入格')
    expect(await ask(street, '曹源', '覆盖率')).toContain('网格覆盖率100%')
  })

  it('S2-01: a place that lies in a grid already is not registered, and a registration can be taken back', async () => {
    const street = await open({ pack: 'county-grid' })
    await street.change(db => insertPlaces(db, street.now(), [[2, '翠苑', 'building', ['翠苑小区']]]))
    expect(await ask(street, '沈国华', '登记未入格 翠苑小区')).toContain('已在桃源社区第2网格')
    await street.say('沈国华', '登记未入格 金桂苑')
    expect(await ask(street, '沈国华', '撤销')).toContain('登记未入格 金桂苑')
    expect(await ask(street, '曹源', '覆盖率')).toContain('网格覆盖率100%')
    expect(await ask(street, '李敏', '登记未入格 金桂苑')).not.toContain('已登记')
  })
})

describe('the tree', () => {
  it('S0-17: each community has its 工作组, a missing 副组长 is said', async () => {
    const street = await open()
    expect(await ask(street, '曹源', '组织')).toContain(
      '├ 桃源社区　网格工作组：组长沈国华（社区书记），副组长空缺；驻社区组长吴建国',
    )
    await setTitles(street, '陈桂芳', ['工作组副组长'])
    const text = await ask(street, '曹源', '组织架构')
    expect(text).toContain('副组长陈桂芳')
    expect(text).toContain('第2网格　网格指导员徐伟；网格长何大勇；专职网格员张丽；兼职网格员空缺')
    expect(text).toContain('社区书记任组长')
  })

  it.each<[rule: string, pack: BuiltInPack, line: string]>([
    ['S3B-01', 'five-tier', '五级：乡领导（3人）→乡干部（1人）→村干部（6人）→村党员（5人）→老百姓（1200户，3600人）'],
    ['S4D-19', 'county-center', '三级：社会治理主网格（10人）→主次街巷（1人）→住户（1200户，3600人）'],
    ['S4E-02', 'village-grid', '四级：一级（1人）→二级（2人）→三级（4人）→四级（7人）'],
  ])('%s: %s has its own levels', async (_, pack, line) => {
    expect(await ask(await open({ pack }), '曹源', '组织')).toContain(line)
  })

  it('S4D-19: the 街巷长 stands under the grid', async () => {
    expect(await ask(await open({ pack: 'county-center' }), '曹源', '组织')).toContain('街巷长胡泉')
  })

  it('shows a worker the own grid alone', async () => {
    const text = await ask(await open(), '李敏', '组织')
    expect(text).toContain('第1网格')
    expect(text).not.toContain('第2网格')
  })
})

describe('whose work is appraised', () => {
  it('S1-07: all who work in grids, 网格长 and 片区负责人 above all', async () => {
    const text = await ask(await open({ pack: 'street-appraisal' }), '曹源', '考核对象')
    expect(text).toContain('重点考核 网格长：陈桂芳、何大勇、周明、郑涛')
    expect(text).toContain('重点考核 片区负责人：丁山')
    expect(text).toContain('重点考核网格长、片区负责人的履职尽责情况')
  })

  it('S1-42: somebody with two posts is marked', async () => {
    const street = await open({
      pack: 'street-appraisal',
      prepare: async db => {
        const [role] = await db.sql.selectFrom('member_role').selectAll().where('role', '=', 'areaLead').execute()
        const leader = await db.sql
          .selectFrom('member')
          .select('id')
          .where('name', '=', '陈桂芳')
          .executeTakeFirstOrThrow()
        await db.sql
          .insertInto('member_role')
          .values({ ...role!, id: 'second', member_id: leader.id })
          .execute()
      },
    })
    await touch(street)
    const text = await ask(street, '曹源', '考核对象')
    expect(text).toMatch(/双岗双责：陈桂芳（(网格长、片区负责人|片区负责人、网格长)）/)
    expect(text).toContain('片区负责人：陈桂芳、丁山')
  })

  it('S3C-01: the 网格管理人员 of the communities, beside what the document counts', async () => {
    const text = await ask(await open({ pack: 'grid-supervision' }), '曹源', '考核对象')
    expect(text).toContain('文件所列：11个社区、3个村；名册现有2个：桃源社区、锦江社区')
    expect(text).toContain('网格管理人员：')
  })

  it('says so where the document names none', async () => {
    expect(await ask(await open(), '曹源', '考核对象')).toContain('原文未载')
  })
})

describe('what the document counts of its own place', () => {
  it('S4D-35: lists the 驿站 of the roster beside the 27 of the document', async () => {
    const street = await open({ pack: 'county-center' })
    expect(await ask(street, '曹源', '驿站')).toContain('还没有登记网格驿站（文件所列27个）')
    await street.change(db =>
      insertPlaces(db, street.now(), [
        [2, '南苑驿站', 'station'],
        [4, '锦江驿站', 'station'],
      ]),
    )
    const text = await ask(street, '曹源', '网格驿站')
    expect(text).toContain('网格驿站2个（文件所列27个）：')
    expect(text).toContain('桃源社区第2网格：南苑驿站')
  })
})

describe('the light roles', () => {
  it('S0-06, S4D-06: 包联人员 and 网格协管员 report, and owe no 打卡', async () => {
    for (const pack of ['street-team', 'county-center'] as const) {
      const street = await open({ pack })
      expect(await ask(street, '赵志远', '打卡')).toContain('您无需打卡')
      expect(await ask(street, '赵志远', '3号楼路灯坏了')).toContain('#1')
    }
  })

  it('S0-05: while the 指导员 is on leave the 代理人 hears of an urgent case too', async () => {
    const street = await open({
      prepare: async db => {
        await db.sql.updateTable('member_role').set({ stand_in: '钱进' }).where('role', '=', 'instructor').execute()
      },
    })
    await touch(street)
    await street.say('徐伟', '今天请假，家里有事')
    expect(await ask(street, '沈国华', '同意')).toContain('徐伟')
    const said = await street.say('李敏', '着火了！3号楼2单元有浓烟', { group: 'G01' })
    const told = said.replies.flatMap(({ target, at }) => [target, ...at])
    expect(told).toContain('钱进')
  })

  it('S4E-08: whether somebody is of a 建档立卡户 is sealed, and read by the own and who keeps the roster alone', async () => {
    const street = await open({ pack: 'village-grid' })
    expect(await ask(street, '曹源', '记档案 李敏 建档立卡户 是')).toContain('已记李敏的建档立卡户：是')
    expect(await ask(street, '李敏', '档案 李敏')).toContain('建档立卡户：是')
    expect(await ask(street, '陈桂芳', '档案 李敏')).not.toContain('建档立卡户')
    const rows = await street.db.sql.selectFrom('member_detail').select('value').execute()
    expect(rows.map(({ value }) => value)).not.toContain('是')
  })

  it('S4E-14: the day on which the document came into force is open, and said so', async () => {
    expect(await ask(await open({ pack: 'village-grid' }), '曹源', '依据 S4E-14')).toContain('原文未载，待街道填写')
  })
})
