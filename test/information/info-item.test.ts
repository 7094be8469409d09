import { afterEach, describe, expect, it } from 'vitest'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())

async function open(pack: StreetOptions['pack'], now = '2026-11-16T09:00') {
  street = await openTestStreet({ pack, now })
}
const told = async (who: string, text: string, group?: string) =>
  toldTo(await street.say(who, text, { group }), group ?? who)
const items = () => street.db.sql.selectFrom('info_item').selectAll().orderBy('no').execute()

describe('kinds of information', () => {
  it.each([
    ['信息 新开网吧一家', '组织'],
    ['信息：5幢新搬来一家三口，外地户籍', '人'],
    ['信息：3幢电梯维保已完成', '物'],
    ['信息：沿河空地围起来了', '地'],
    ['信息：社区今天做了防诈宣传', '事'],
    ['信息：东门新装了两个充电桩', '物'],
    ['社情民意 3幢希望加路灯', '社情民意'],
  ])('S2-14: %s is of the kind %s, in the answer and in the ledger', async (said, kind) => {
    await open('county-grid')
    expect(await told('李敏', said)).toContain(kind)
    expect((await items()).map(item => item.kind)).toEqual([kind])
  })

  it('S2-14: a document that names no kinds tells what it is about', async () => {
    await open('street-team')
    expect(await told('李敏', '信息：5幢新搬来一家三口，外地户籍')).toBe('已记信息：人口，第1网格。')
    expect((await items())[0]).toMatchObject({ kind: null, no: 1 })
  })

  it('S2-13: four of the five duties are written out, the fifth is said to be missing', async () => {
    await open('county-grid')
    expect(await told('李敏', '依据 S2-13')).toMatch(/原文说5项，写出4项[\s\S]*第五项职责[\s\S]*原文未载/)
  })

  it('S2-23: the annex with the list of items is missing and not made up', async () => {
    await open('county-grid')
    expect(await told('李敏', '依据 S2-23')).toMatch(/采集清单.*原文未载/)
  })

  it('S4D-22: of the seventeen kinds no name is invented', async () => {
    await open('county-center')
    expect(await told('李敏', '信息类型')).toMatch(/17类信息，各类名称原文未载[\s\S]*17类信息/)
    expect(await told('李敏', '信息：5幢新搬来一家三口，外地户籍')).toContain('已记信息：人口')
  })

  it('S3A-12, S3A-07: whoever answers for the grid gathers it, people from elsewhere among it', async () => {
    await open('town-visits')
    expect(await told('李敏', '信息：5幢新搬来两名外来务工人员')).toContain('已记信息：人口，第1网格')
    const [item] = await items()
    const member = (await street.roster()).memberByKey('李敏')!
    expect(item!.member_id).toBe(member.id)
  })

  it('S2-33: the group chat is an approved way, and its message is the source', async () => {
    await open('county-grid')
    const { messageId } = await street.say('李敏', '信息 新开网吧一家', { group: 'G01' })
    expect((await items())[0]!.message_id).toBe(messageId)
  })
})

describe('opinions of residents', () => {
  it('S0-09: an opinion without place or name gets a number of its own', async () => {
    await open('street-team')
    await told('李敏', '信息：5幢新搬来一家三口，外地户籍')
    expect(await told('李敏', '民意：3幢希望加路灯', 'G01')).toBe('已记社情民意 1号，第1网格，每周汇总给网格指导员。')
    expect(await told('王强', '社情民意：希望多几个停车位')).toContain('已记社情民意 2号')
    expect((await items()).map(({ no, opinion_no }) => [no, opinion_no])).toEqual([
      [1, null],
      [2, 1],
      [3, 2],
    ])
  })

  it('S0-09: an opinion without words is asked for', async () => {
    await open('street-team')
    expect(await told('李敏', '民意')).toContain('群众有什么意见建议')
    expect(await told('李敏', '希望公园多装几张椅子')).toContain('已记社情民意 1号')
  })
})

describe('what does not count', () => {
  it('S2-25: the same told again is kept, not counted, and names the first', async () => {
    await open('county-grid')
    await told('李敏', '信息 新开网吧一家')
    expect(await told('王强', '信息：新开了一家网吧')).toContain('与#1重复，不计')
    expect(await told('张丽', '信息 新开网吧一家')).not.toContain('重复')
    expect((await items()).map(({ repeat_of }) => repeat_of !== null)).toEqual([false, true, false])
  })

  it('S2-25: another house, or the same after the pack’s days, is no repeat', async () => {
    await open('county-grid', '2026-10-12T09:00')
    await told('李敏', '信息：3幢新装了充电桩两个')
    expect(await told('李敏', '信息：5幢新装了充电桩两个')).not.toContain('重复')
    street.setTime('2026-11-12T09:00')
    expect(await told('李敏', '信息：3幢新装了充电桩两个')).not.toContain('重复')
  })

  it('S2-25: a person’s word undoes a wrong guess, and somebody else’s does not', async () => {
    await open('county-grid')
    await told('李敏', '信息 新开网吧一家')
    await told('李敏', '信息 新开网吧一家')
    expect(await told('张丽', '信息 #2 不重复')).toContain('由上报人或所在网格更正')
    expect(await told('李敏', '信息2号不重复')).toBe('信息 #2 已改为计数。')
    expect(await told('李敏', '信息 #2 不重复')).toContain('本来就计数')
    expect(await told('李敏', '信息 #9 不重复')).toContain('没有信息 #9')
    expect((await items()).map(({ repeat_of }) => repeat_of)).toEqual([null, null])
  })

  it('S2-25: what repeated an item that is taken back counts in its place', async () => {
    await open('county-grid')
    await told('王强', '信息 新开网吧一家')
    await told('李敏', '信息 新开网吧一家')
    await told('李敏', '信息 新开网吧一家')
    await told('王强', '撤销')
    const [first, second, third] = await items()
    expect([first!.voided_at === null, second!.repeat_of, third!.repeat_of]).toEqual([false, null, second!.id])
  })

  it.each(['信息', '信息：无', '信息。'])('S2-25: “%s” is asked for and not counted', async said => {
    await open('county-grid')
    expect(await told('李敏', said, 'G01')).toContain('是什么情况')
    expect(await items()).toEqual([])
    expect(await told('李敏', '3幢东边新开了一家超市', 'G01')).toContain('已记信息：组织')
  })

  it('S2-25: nothing is kept where the answer is that there is nothing', async () => {
    await open('county-grid')
    await told('李敏', '信息')
    expect(await told('李敏', '算了')).toBe('好，没有记。')
    expect(await items()).toEqual([])
  })
})

describe('what is nobody’s business', () => {
  it('S1-31: faith and united front belong into a private chat, and no list shows them', async () => {
    await open('street-appraisal')
    expect(await told('李敏', '信息：6幢新增宗教活动点一处', 'G01')).toContain('民族宗教、统战情况请私聊发我')
    expect(await told('李敏', '信息：6幢新增宗教活动点一处')).not.toContain('请私聊')
    expect((await items())[0]!.text).not.toContain('宗教')
  })
})

it('several told in one message are kept whole, once, and none repeats the other', async () => {
  for (const pack of ['county-grid', 'street-team'] as const) {
    await open(pack)
    const said = await street.say('李敏', '信息 新开面馆；信息 5幢电梯修好；信息 空地围起来了')
    expect(said.replies.map(({ text }) => text).join('\n')).not.toContain('重复')
    expect(await items()).toHaveLength(1)
    if (pack === 'county-grid') await street.dispose()
  }
})

describe('information that needs somebody’s hand', () => {
  it('S2-26: becomes an incident once, by somebody of its grid, and counts as used', async () => {
    await open('county-grid')
    await told('李敏', '信息 新开网吧一家')
    expect(await told('张丽', '信息 #1 转事件')).toContain('由上报人或所在网格更正')
    const said = await street.say('李敏', '信息 #1 转事件')
    expect(toldTo(said, '李敏')).toContain('信息 #1 已转事件 #1')
    expect(toldTo(said, '陈桂芳')).toContain('新事件 #1')
    expect(await told('李敏', '信息 #1 转事件')).toContain('已经转过')
    expect(await told('陈桂芳', '信息质量')).toContain('有效1（100%），重复0，转事件1')
  })

  it('S2-26: is as before where the incident is taken back', async () => {
    await open('county-grid')
    await told('李敏', '信息 新开网吧一家')
    await told('李敏', '信息 #1 转事件')
    expect(await told('李敏', '撤销')).toContain('已撤销：事件 #1')
    expect(await told('陈桂芳', '信息质量')).toContain('转事件0')
    expect(await told('李敏', '信息 #1 转事件')).toContain('已转事件 #2')
  })
})
