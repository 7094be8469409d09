import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPopulation, renderPopulation } from '../../handlers/information/population-words.ts'
import { monthEnd } from '../../jobs/month-end.ts'
import { toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ pack: 'street-appraisal', now: '2026-11-18T09:00' })
})
afterEach(() => street.dispose())

const told = async (who: string, text: string, group?: string) =>
  toldTo(await street.say(who, text, { group }), group ?? who)
const changes = () => street.db.sql.selectFrom('population_change').selectAll().execute()

it.each([
  ['新迁入2户', '迁入2户'],
  ['新迁入2户5人，迁出1人', '迁入2户5人，迁出1人'],
  ['迁入两户，五人；出生1人', '迁入2户5人，出生1人'],
  ['3户迁入，1人迁出', '迁入3户，迁出1人'],
  ['迁入1户迁出2户', '迁入1户，迁出2户'],
  ['5幢新搬来一家三口', '迁入1户3人'],
  ['出生，死亡', '出生1人，死亡1人'],
  ['流入流动人口6人', '流动人口流入6人'],
  ['流动人口减少3人', '流动人口流出3人'],
  ['病故1人', '死亡1人'],
  ['有人搬走了', '没有变动'],
  ['没有', '没有变动'],
])('S1-12: “%s” is %s', (text, read) => {
  expect(renderPopulation(readPopulation(text))).toBe(read)
})

describe('who came and went', () => {
  it('S1-12: the answer counts, the words are sealed, and the dossier’s numbers move', async () => {
    const text = await told('李敏', '人口变动 新迁入2户5人，3幢501 户主赵建华', 'G01')
    expect(text).toBe(
      '已记人口变动：迁入2户5人，第1网格。底数随之改为常住人口905，户数302。姓名、住处等请私聊发我，别发在群里。',
    )
    const [row] = await changes()
    expect(JSON.parse(row!.changes)).toEqual([{ kind: 'movedIn', households: 2, people: 5 }])
    expect(JSON.stringify(row)).not.toContain('赵建华')
  })

  it('S1-12: what is taken back moves the numbers back', async () => {
    await told('李敏', '人口变动 新迁入2户5人')
    expect(await told('李敏', '撤销')).toBe('已撤销：人口变动 迁入2户5人。')
    await told('李敏', '人口变动 迁出1人')
    const facts = await street.db.sql.selectFrom('grid_fact').select(['name', 'count']).orderBy('id').execute()
    expect(facts.at(-1)).toEqual({ name: '常住人口', count: 899 })
    expect(await told('陈桂芳', '人口变动 11月')).toContain('11月人口变动：迁出1人')
  })

  it('S1-12: more than the grid holds is no number: nothing is kept, and the total stays whole', async () => {
    expect(await told('李敏', '人口变动 迁出9999户')).toBe(
      '迁出9999户，可第1网格户数只有300，没有记。请核对；底数不对先说“底数 户数 多少”。',
    )
    expect(await changes()).toEqual([])
    await told('李敏', '人口变动 迁出300户')
    expect(await told('李敏', '人口变动 迁出1户')).toContain('户数只有0')
    expect(await told('李敏', '撤销')).toContain('已撤销')
    expect(await told('李敏', '人口变动 迁入1户')).toContain('底数随之改为户数301')
  })

  it('a month that does not exist is not taken for this one', async () => {
    expect(await told('陈桂芳', '人口变动 13月')).not.toContain('11月人口变动')
  })

  it('S1-12: without a number, or a grid, nothing is kept and the way is shown', async () => {
    expect(await told('李敏', '人口变动 有人搬走了')).toContain('没看懂变了多少，没有记')
    expect(await told('林静', '人口变动 迁入2户')).toContain('请写明是哪个网格')
    expect(await changes()).toEqual([])
    expect(await told('林静', '人口变动 2网格 迁入2户')).toContain('已记人口变动：迁入2户，第2网格')
  })

  it.each(['人口变动 3幢李某怀孕', '政策外怀孕 3幢李某', '怀孕信息上报：3幢李某', '计生登记'])(
    'S1-13, S1-13b: “%s” is not taken',
    async text => {
      expect(await told('李敏', text)).toBe(
        '该项未启用：政策已废止，且涉及个人健康信息，本系统不收集。没有作任何登记。',
      )
      expect(await changes()).toEqual([])
      expect(await street.db.sql.selectFrom('info_item').selectAll().execute()).toEqual([])
    },
  )
})

describe('the month’s end', () => {
  const run = (due: string) => runJob(street, monthEnd, { due })

  it('S1-14: each leader has one card with the own grid, 社区专干 the sum until then', async () => {
    await told('李敏', '人口变动 新迁入3户，出生1人')
    const said = await run('2026-11-30T15:00')
    expect(said.map(({ to }) => to)).toEqual(['@陈桂芳', '@何大勇', '@周明', '@郑涛', '@夏兰'])
    expect(said[0]!.text).toContain('第1网格11月人口变动：迁入3户，出生1人。没有别的变化请点一下')
    expect(said[1]!.text).toContain('第2网格11月人口变动：没有变动')
    expect(said[4]!.text).toContain('桃源社区11月人口变动，到现在是：迁入3户，出生1人')
    expect(said.some(({ text }) => /确认过|出生日期/.test(text))).toBe(false)
  })

  it.each([
    ['2026-11-27T15:00', 0],
    ['2026-11-30T15:00', 5],
    ['2026-10-30T15:00', 5],
    ['2026-02-27T15:00', 0],
    ['2026-02-28T15:00', 5],
    ['2026-09-30T15:00', 5],
  ])('S1-14: at %s %d are asked: the last working day, wherever the month ends', async (due, asked) => {
    expect(await run(due)).toHaveLength(asked)
  })

  it('S1-14: one tap confirms, the last of a community tells 社区专干, who checks the sum', async () => {
    street.setTime('2026-11-30T15:00')
    await told('李敏', '人口变动 新迁入3户')
    expect(await told('陈桂芳', '人口无变化 11月 1网格')).toBe('第1网格11月人口信息已确认：迁入3户，没有别的变化。')
    expect(await told('陈桂芳', '人口无变化')).toContain('已经确认过')
    street.setTime('2026-12-01T09:00')
    await told('何大勇', '人口无变化')
    const last = await street.say('周明', '人口无变化')
    expect(toldTo(last, '夏兰')).toContain('桃源社区11月人口变动，各网格长都已确认：迁入3户')
    const card = last.replies.find(({ target }) => target === '夏兰')!.card!
    const verified = await told('夏兰', card.buttons[0]!.says)
    expect(verified).toContain('已记核实：桃源社区11月人口变动 迁入3户')
    expect(verified).toContain('第2网格：没有变动')
    expect(await told('夏兰', '核实 人口 11月')).toContain('已由夏兰核实')
    expect((await run('2026-11-30T15:00')).map(({ to }) => to)).toEqual(['@郑涛', '@夏兰'])
  })

  it('S1-14: what was forgotten is told afterwards, for the month before and none earlier', async () => {
    street.setTime('2026-12-02T09:00')
    expect(await told('陈桂芳', '人口变动 11月')).toContain('还有的直接说，如“人口变动 11月 迁出1人”')
    expect(await told('李敏', '人口变动 11月 迁出1人')).toContain('已记11月人口变动：迁出1人')
    expect(await told('陈桂芳', '人口变动 11月')).toContain('11月人口变动：迁出1人')
    expect(await told('陈桂芳', '人口变动')).toContain('12月人口变动：没有变动')
    expect(await told('李敏', '人口变动 9月 迁出1人')).toContain('只能报本月和上月')
  })

  it('S1-14: what comes late says so', async () => {
    const [said] = await runJob(street, monthEnd, { due: '2026-11-30T15:00', now: '2026-12-01T08:00' })
    expect(said!.text).toContain('第1网格11月人口变动')
    expect(said!.text).toContain('迟发：应于11月30日（周一）15:00')
  })

  it('S1-14: what is not confirmed yet is named to whoever checks', async () => {
    expect(await told('夏兰', '核实 人口 11月')).toContain('第1网格：没有变动（网格长还没确认）')
    expect(await told('夏兰', '撤销')).toBe('已撤销：11月人口核实。')
  })

  it('S1-14: others neither confirm nor check', async () => {
    expect(await told('李敏', '人口无变化')).toContain('由网格长确认')
    expect(await told('陈桂芳', '核实 人口 11月')).toContain('由社区专干核实')
    expect(await told('陈桂芳', '人口无变化 2网格')).toContain('第2网格不是您负责的网格')
  })

  it('S1-14: a run that was missed over the month’s end is made up', () => {
    expect(monthEnd.catchUp).toBe('each')
  })
})

it('S1-14: under a document that gathers nothing at the month’s end nobody is asked', async () => {
  const other = await openTestStreet({ pack: 'street-team', now: '2026-11-30T09:00' })
  try {
    expect(await runJob(other, monthEnd, { due: '2026-11-30T15:00' })).toEqual([])
    expect(toldTo(await other.say('陈桂芳', '人口无变化'), '陈桂芳')).toContain('没有每月底收集人口信息的要求')
    expect(toldTo(await other.say('李敏', '人口变动 迁入2人'), '李敏')).toContain('已记人口变动：迁入2人')
  } finally {
    await other.dispose()
  }
})

it('S1-12: whoever serves in several grids is asked once, and nothing is typed twice', async () => {
  const other = await openTestStreet({ pack: 'street-team', now: '2026-11-18T09:00' })
  try {
    const asked = await other.say('徐伟', '人口变动 2026年10月 迁入2户，3幢赵建华')
    expect(toldTo(asked, '徐伟')).toBe('请问是哪个网格：1、2？回数字就行。')
    expect(toldTo(await other.say('徐伟', '2'), '徐伟')).toContain('已记10月人口变动：迁入2户，第2网格')
    const [row] = await other.db.sql.selectFrom('population_change').selectAll().execute()
    expect([row!.month, row!.detail.includes('赵建华')]).toEqual(['2026-10', false])
  } finally {
    await other.dispose()
  }
})
