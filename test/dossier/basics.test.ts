import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { adjustGridFact, listGridFacts } from '../../storage/grid-facts.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterEach(() => street.dispose())
const tell = async (who: string, text: string, group?: string) => {
  const said = await street.say(who, text, group ? { group } : {})
  return said.replies.map(reply => reply.text).join('\n')
}

describe('what is known of a grid', () => {
  it('S0-08: lists the eight groups of the document, what is known with its day, and what is not', async () => {
    expect(await tell('李敏', '底数 出租房 12户')).toBe('已更新第1网格底数：出租房12户。')
    await tell('李敏', '底数 历史遗留问题 2 河道边界未确权')
    expect(await tell('李敏', '底数')).toBe(
      [
        '第1网格底数',
        '常住人口900人（在册）',
        '出租房12户（11/18）',
        '历史遗留问题2项（11/18）：河道边界未确权',
        '还没有：户籍人口、外来人口、党员代表、重点人员、工矿企业、特种设备、阶段性重点工作。',
        '更新说一句就行，如“底数 出租房 12户”。',
      ].join('\n'),
    )
  })

  it('S0-08: tells a group counts alone, and nothing of 重点人员', async () => {
    await tell('李敏', '底数 重点人员 3人 王大爷每周见一次')
    await tell('李敏', '底数 出租房 12户 3幢张伟家')
    const inGroup = await tell('李敏', '底数', 'G01')
    expect(inGroup).toContain('出租房12户')
    expect(inGroup).toContain('重点人员（只能私聊查）')
    for (const hidden of ['重点人员3', '王大爷', '张伟']) expect(inGroup).not.toContain(hidden)
    expect(await tell('李敏', '底数 重点人员 4人', 'G01')).not.toMatch(/重点人员4/)
    expect(await tell('李敏', '底数')).toContain('王大爷每周见一次')
  })

  it('S3A-18: keeps a number that somebody posts in a group out of every answer there, and asks them to recall it', async () => {
    const said = await street.say('李敏', '底数 出租房 12户 房东 13812345678', { group: 'G01' })
    expect(said.replies.some(({ text }) => text.includes('13812345678'))).toBe(false)
    expect(said.replies.find(({ to }) => to === 'user')?.text).toContain('撤回')
    expect(await tell('李敏', '底数', 'G01')).not.toContain('5678')
  })

  it('S0-08: shows what was noted to those in charge alone; others read counts', async () => {
    await tell('李敏', '底数 出租房 12户 3幢张伟家')
    expect(await tell('张丽', '底数 1网格')).not.toContain('张伟')
    expect(await tell('沈国华', '底数 1网格')).toContain('张伟')
    expect(await tell('韩梅', '1网格底数')).not.toContain('张伟')
    expect(await tell('林静', '第一网格底数')).toContain('张伟')
  })

  it('S0-08: marks what nobody told anew for long', async () => {
    await tell('李敏', '底数 出租房 12户')
    street.setTime('2027-02-16T10:00')
    expect(await tell('李敏', '底数')).toContain('出租房12户（2026/11/18）')
    street.setTime('2027-02-17T10:00')
    expect(await tell('李敏', '底数')).toContain('出租房12户（2026/11/18，已超90天，请核对）')
  })

  it.each([
    ['底数 出租房 12户', '出租房12户'],
    ['底数 出租房12', '出租房12户'],
    ['底数：出租房 １２ 户', '出租房12户'],
    ['底数出租房12户', '出租房12户'],
    ['1网格常住人口 905', '常住人口905人'],
    ['1网格常住人口905人', '常住人口905人'],
    ['第一网格特种设备 6台', '特种设备6台'],
    ['底数 1网格 党员代表 18', '党员代表18人'],
    ['底数 1号网格常住人口数 910', '常住人口910人'],
    ['底数 沿街商铺 30家', '沿街商铺30家'],
  ])('takes “%s”', async (said, kept) => {
    expect(await tell('李敏', said)).toContain(kept)
  })

  it.each(['底数摸清了，3幢有5户出租', '底数不清的还有3户', '3网格常住人口大约多少', '把底数报上来', '常住人口 1024'])(
    'leaves “%s” to be understood as any sentence',
    async said => {
      await tell('李敏', said)
      expect(await listGridFacts(street.db, [(await street.roster()).grids[0]!.id])).toEqual([])
    },
  )

  it.each(['一万户', '-3户'])('shows that “%s” was noted as words, not as a number', async words => {
    await tell('李敏', '底数 出租房 12户')
    expect(await tell('李敏', `底数 出租房 ${words}`)).toContain(`说明“${words}”（没有数；有数请用数字`)
    expect(await tell('李敏', '底数 出租房 房东3幢张伟', 'G01')).not.toContain('张伟')
  })

  it('S0-08: tells one number by its name, and that it is not there', async () => {
    await tell('李敏', '底数 出租房 12户')
    expect(await tell('李敏', '底数 出租房')).toBe('第1网格：出租房12户（11/18）。')
    expect(await tell('李敏', '底数 电梯')).toContain('第1网格还没有“电梯”的底数')
  })

  it('refuses a number for somebody else’s grid, an unknown grid, and whoever serves in none without saying which', async () => {
    expect(await tell('李敏', '底数 2网格 出租房 12户')).toBe(
      '第2网格不在您负责的范围，由那里的网格人员和社区办理；没有改动。',
    )
    expect(await tell('李敏', '底数 9网格 出租房 12户')).toBe('没有第9网格。')
    expect(await tell('沈国华', '底数')).toContain('请写明第几网格')
    expect(await tell('徐伟', '底数')).toContain('请写明第几网格')
  })

  it('takes it back as any record: what was known before counts again', async () => {
    await tell('李敏', '底数 出租房 12户')
    await tell('李敏', '底数 出租房 13户')
    expect(await tell('李敏', '撤销')).toBe('已撤销：底数 出租房13户。')
    expect(await tell('李敏', '底数 出租房')).toContain('12户')
  })

  it('S3C-03: goes by the names of 应知应会 where the document has those', async () => {
    const other = await openTestStreet({ now: '2026-11-18T10:00', pack: 'grid-supervision' })
    onTestFinished(other.dispose)
    const text = toldTo(await other.say('陈桂芳', '底数'), '陈桂芳')
    for (const name of ['流动人口', '双正人员', '吸毒人员', '精神病人', '独居老人', '困难家庭'])
      expect(text).toContain(name)
    await other.say('陈桂芳', '底数 精神病人 2')
    const inGroup = (await other.say('陈桂芳', '底数', { group: 'G01' })).replies[0]!.text
    expect(inGroup).toContain('精神病人（只能私聊查）')
  })

  it.each<BuiltInPack>([
    'county-center',
    'county-grid',
    'town-visits',
    'five-tier',
    'village-grid',
    'street-appraisal',
  ])('invents no groups where the document names none (%s), and keeps what is told', async pack => {
    const other = await openTestStreet({ now: '2026-11-18T10:00', pack })
    onTestFinished(other.dispose)
    await other.say('陈桂芳', '底数 出租房 12户')
    const text = toldTo(await other.say('陈桂芳', '底数'), '陈桂芳')
    expect(text).toContain('出租房12户')
    expect(text).not.toContain('还没有')
  })
})

describe('a number that contradicts', () => {
  it('S4A-03: is asked for once; told again it counts, and both stay with their days', async () => {
    street.setTime('2026-11-02T10:00')
    await tell('李敏', '底数 出租房 12户')
    street.setTime('2026-11-18T10:00')
    const said = await street.say('李敏', '底数 出租房 30户')
    expect(said.replies[0]!.text).toContain('第1网格出租房原来是12户（11/2），这次是30户，相差超过20%')
    expect(said.replies[0]!.card?.buttons.map(({ says }) => says)).toEqual([
      '确认底数 1网格 出租房 30户',
      '底数 1网格 出租房 12户',
    ])
    expect(await tell('李敏', '底数 出租房')).toContain('出租房12户（11/2），另报30户（11/18，待核实）')
    expect(await tell('李敏', '确认底数 1网格 出租房 30户')).toBe('已更新第1网格底数：出租房30户。')
    expect(await tell('李敏', '底数 出租房')).toBe('第1网格：出租房30户（11/18）。')
    const [grid] = (await street.roster()).grids
    expect((await listGridFacts(street.db, [grid!.id])).map(({ count }) => count)).toEqual([12, 30, 30])
  })

  it('S4A-03: the old number told again stands, and the doubt is gone', async () => {
    await tell('李敏', '底数 出租房 12户')
    await tell('李敏', '底数 出租房 30户')
    await tell('李敏', '底数 1网格 出租房 12户')
    expect(await tell('李敏', '底数 出租房')).toBe('第1网格：出租房12户（11/18）。')
  })

  it('S4A-03: told twice is sure enough', async () => {
    await tell('李敏', '底数 出租房 12户')
    await tell('李敏', '底数 出租房 30户')
    expect(await tell('王强', '底数 出租房 30户')).toBe('已更新第1网格底数：出租房30户。')
  })

  it.each([
    [1080, '已更新'],
    [1081, '相差超过20%'],
    [720, '已更新'],
    [719, '相差超过20%'],
  ])('S4A-03: %i residents against the 900 of the roster: %s', async (count, expected) => {
    expect(await tell('李敏', `1网格常住人口 ${count}`)).toContain(expected)
  })
})

describe('a count that records move', () => {
  it('moves from what was told, else from a base, never below zero; nothing is known of nothing', async () => {
    const said = await street.say('李敏', '底数 外来人口 20')
    const [grid] = (await street.roster()).grids
    const [fact] = await listGridFacts(street.db, [grid!.id])
    const move = (name: string, delta: number, base?: number) =>
      street.change(db =>
        adjustGridFact(
          db,
          { gridId: grid!.id, name, delta, base, at: street.now(), byId: fact!.byId, messageId: said.messageId },
          street.now(),
        ),
      )
    expect((await move('外来人口', 3))?.count).toBe(23)
    expect((await move('外来人口', -30))?.count).toBe(0)
    expect((await move('常住人口', 2, 900))?.count).toBe(902)
    expect(await move('户籍人口', 1)).toBeUndefined()
  })
})
