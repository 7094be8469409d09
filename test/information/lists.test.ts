import { afterEach, describe, expect, it } from 'vitest'
import { infoItemLedger } from '../../handlers/ledgers/info-items.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())

async function open(pack: StreetOptions['pack'], now = '2026-11-18T17:00') {
  street = await openTestStreet({ pack, now })
}
const told = async (who: string, text: string, group?: string) =>
  toldTo(await street.say(who, text, { group }), group ?? who)

describe('信息质量', () => {
  it('S2-26: who has much that says nothing new stands behind who has little that does', async () => {
    await open('county-grid')
    for (const text of ['新开网吧一家', '沿河步道修好通行', '新开网吧一家', '新开网吧一家']) {
      await told('李敏', `信息：${text}`)
    }
    await told('张丽', '信息：东门装了两个充电桩')
    const { replies } = await street.say('林静', '信息质量', { group: 'S01' })
    expect(replies.map(({ to }) => to)).toEqual(['user'])
    const lines = replies[0]!.text.split('\n')
    expect(lines[1]).toBe('第2网格：有效1（100%），重复0，转事件0')
    expect(lines[2]).toBe('第1网格：有效2（50%），重复2，转事件0')
    expect(lines[3]).toBe('第3网格：没有信息')
  })

  it('S2-26: a leader reads the own grid alone', async () => {
    await open('county-grid')
    expect(await told('陈桂芳', '信息质量')).not.toContain('第2网格')
    expect(await told('陈桂芳', '信息质量 10月')).toContain('第1网格10月信息质量')
  })
})

describe('数据质量', () => {
  it('S1-38: lag, contradictions, blanks and cover, with the clause', async () => {
    await open('street-appraisal')
    await told('李敏', '昨天下午3点走访了3幢王奶奶，40分钟')
    await told('李敏', '昨天下午3点10分走访了5幢李大爷，30分钟')
    await told('张丽', '信息：5幢新搬来一家三口，外地户籍')
    const text = await told('沈国华', '数据质量')
    expect(text).toContain('七.3：主要看信息采集是否及时、准确、真实、全面')
    expect(text).toContain('及时：共3条，隔天才报的2条，最长1天')
    expect(text).toContain('同一人同一时间在两处的1处')
    expect(text).toContain('全覆盖：3个网格，有记录的2个；还没有的：第3网格')
  })

  it('S1-38: goes to the asker alone, about the own grids alone', async () => {
    await open('street-appraisal')
    const { replies } = await street.say('陈桂芳', '数据质量', { group: 'G01' })
    expect(replies.map(({ to }) => to)).toEqual(['user'])
    expect(replies[0]!.text).toContain('1个网格')
  })
})

describe('四员', () => {
  it('S1-41: what one did oneself in each of the four roles', async () => {
    await open('street-appraisal')
    await told('李敏', '信息：5幢新搬来一家三口，外地户籍')
    await told('李敏', '民意：3幢希望加路灯')
    await told('李敏', '走访了3幢王奶奶，20分钟')
    await told('李敏', '3号楼路灯坏了')
    await told('李敏', '人口变动 迁入2户')
    const { replies } = await street.say('李敏', '四员', { group: 'G01' })
    expect(replies.map(({ to }) => to)).toEqual(['user'])
    expect(replies[0]!.text).toBe(
      [
        '您11月的四员：',
        '信息采集员：信息2条，走访1次',
        '现场受理员：还没有记录',
        '信息报告员：上报事件1件，社情民意1条',
        '数据统计员：人口变动1次',
      ].join('\n'),
    )
    await told('陈桂芳', '受理1号事件')
    expect(await told('陈桂芳', '四员')).toContain('现场受理员：受理处置1件')
  })
})

describe('the ledger', () => {
  const rows = async () =>
    infoItemLedger.rows({ db: street.db, roster: await street.roster() }, { from: '2026-11-01', to: '2026-11-30' })

  it('S2-14, S0-09, S2-25: shows kind, number, opinion number and what does not count', async () => {
    await open('county-grid')
    await told('李敏', '信息 新开网吧一家')
    await told('李敏', '信息 新开网吧一家')
    await told('李敏', '民意：3幢希望加路灯')
    expect(await rows()).toMatchObject([
      { no: 1, kind: '组织', counted: '计' },
      { no: 2, kind: '组织', counted: '与#1重复，不计' },
      { no: 3, kind: '社情民意', opinionNo: 1 },
    ])
  })

  it('S1-30, S1-31: shows what was decided of a figure, and no word of what is nobody’s business', async () => {
    await open('street-appraisal')
    await told('李敏', '新增投资项目 冷链仓库 500万')
    await told('李敏', '信息：6幢新增宗教活动点一处')
    const [growth, faith] = await rows()
    expect(growth!.growth).toBe('计入：投资额500万元，达到500万元，以上含本数')
    expect(faith!.text).toBe('（不公开）')
  })
})

it('S2-14: the kinds are shown on request', async () => {
  await open('county-grid')
  expect(await told('李敏', '信息类型')).toContain('信息类型：人、地、物、事、组织、社情民意')
})
