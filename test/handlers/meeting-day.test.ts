import { afterEach, describe, expect, it } from 'vitest'
import { listMeetings } from '../../storage/meetings.ts'
import { listTasks } from '../../storage/tasks.ts'
import { openTestStreet, type Said, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
const open = async (options: StreetOptions = {}) => {
  street = await openTestStreet({ now: '2026-11-18T09:30', ...options })
}
afterEach(() => street.dispose())
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
const meeting = async () => (await listMeetings(street.db)).at(-1)!

describe('10月例会', () => {
  it.each([
    ['2026-09-20T08:20', '10月例会', '10月工作例会：9月30日（周三）上午', '10/3逢国庆节，提前'],
    ['2026-04-20T08:20', '5月例会', '5月工作例会：4月30日（周四）上午', '5/3逢劳动节，提前'],
    ['2026-01-05T08:20', '1月例会', '1月工作例会：2025年12月31日（周三）上午', '2026/1/3逢元旦，提前'],
    ['2026-05-20T08:20', '六月例会是哪天', '6月工作例会：6月3日（周三）上午', '依据：'],
  ])('S3A-13: at %s “%s” is told with its reason', async (now, words, day, reason) => {
    await open({ pack: 'town-visits', now })
    const text = last(await street.say('李敏', words))
    expect(text).toContain(day)
    expect(text).toContain(reason)
  })

  it('S3A-13: has no day where the document names none', async () => {
    await open()
    expect((await street.say('李敏', '10月例会')).status).toBe('refused')
  })
})

describe('a meeting called in one line', () => {
  it('S3A-14: 开会 今晚7点 防汛 tells what it is about and offers two buttons', async () => {
    await open({ pack: 'town-visits' })
    const said = await street.say('陈桂芳', '开会 今晚7点 防汛', { group: 'G01' })
    expect(last(said)).toContain('【会议通知】会议（防汛）：今天19:00')
    expect(said.replies[0]!.card!.buttons.map(({ says }) => says)).toEqual(['参加1号会', '来不了1号会'])
  })

  it('S3A-14: at night breaks the quiet of a group that is elsewhere; by day it does not', async () => {
    await open({ pack: 'town-visits', now: '2026-11-18T21:00' })
    const night = await street.say('陈桂芳', '开会 今晚10点 防汛')
    expect(night.replies.find(({ target }) => target === 'G01')!.urgency).toBe('urgent')
    street.setTime('2026-11-19T10:00')
    const day = await street.say('陈桂芳', '开会 今晚7点 防汛')
    expect(day.replies.find(({ target }) => target === 'G01')!.urgency).toBe('normal')
  })

  it('S3A-39: 座谈会 is called by its own name', async () => {
    await open({ pack: 'town-visits' })
    const said = await street.say('沈国华', '下周三下午3点在党群中心开居民座谈会', { group: 'C01' })
    expect(last(said)).toContain('【会议通知】居民座谈会：11月25日（周三）15:00，党群中心')
  })

  it('S3A-14: in the past is refused, and nothing is kept', async () => {
    await open({ pack: 'town-visits' })
    expect((await street.say('陈桂芳', '开会 今天早上7点 防汛', { group: 'G01' })).status).toBe('refused')
    expect(await listMeetings(street.db)).toEqual([])
  })
})

describe('answering beforehand', () => {
  it('S3A-35: who comes, who does not, and the guest stand on the roll; leave goes to its approver', async () => {
    await open({ pack: 'town-visits' })
    await street.say('陈桂芳', '周五下午3点开研判会', { group: 'G01' })
    const coming = await street.say('李敏', '参加1号会', { group: 'G01' })
    expect(coming.replies.map(({ to }) => to)).toEqual(['user'])
    expect(last(await street.say('王强', '来不了1号会 带孩子看病'))).toContain('等沈国华审批')
    const invited = await street.say('陈桂芳', '邀请高峰到会指导1号会')
    expect(invited.replies.map(({ target }) => target)).toEqual(['高峰', '陈桂芳'])
    const before = last(await street.say('陈桂芳', '点名 1号会'))
    expect(before).toContain('能来：李敏')
    expect(before).toContain('来不了：王强')
    street.setTime('2026-11-20T15:05')
    expect(last(await street.say('陈桂芳', '点名 1号会 李敏、高峰'))).toContain('记到李敏、高峰')
    const after = last(await street.say('陈桂芳', '点名 1号会'))
    expect(after).toContain('列席1人：高峰')
    expect(after).toContain('到会1人：李敏')
    expect((await street.say('李敏', '参加1号会')).status).toBe('refused')
  })

  it('S3A-35: the roll is called by whoever runs the meeting, not before it, and of people of the roster', async () => {
    await open()
    await street.say('陈桂芳', '周五下午3点开周例会', { group: 'G01' })
    expect((await street.say('郑涛', '点名 1号会 李敏')).status).toBe('refused')
    expect(last(await street.say('陈桂芳', '点名 1号会 李敏'))).toContain('提前一小时起')
    street.setTime('2026-11-20T15:05')
    expect((await street.say('陈桂芳', '点名 1号会 李四光')).status).toBe('refused')
    expect((await meeting()).status).toBe('planned')
  })
})

describe('minutes', () => {
  const hold = async (call: string, group: string, who: string) => {
    await street.say(who, call, { group })
    street.setTime('2026-11-20T16:30')
  }

  it('S0-29: decisions with a name and a day become tasks, once, and the others are named', async () => {
    await open()
    await hold('周五下午3点开周例会', 'G01', '陈桂芳')
    const text =
      '会议纪要：总结上周走访，部署本周防汛\n决定：\n1. 李敏 11月27日前清点灭火器\n2. 王强下周三前报出租房数\n3. 楼道堆物要清理'
    const said = await street.say('徐伟', text, { group: 'G01' })
    expect(last(said)).toContain('已派任务：李敏1号、王强2号。没派出去：《楼道堆物要清理》缺姓名。')
    expect((await listTasks(street.db)).map(({ content, due }) => [content.reveal(), due])).toEqual([
      ['清点灭火器', '2026-11-27'],
      ['报出租房数', '2026-11-25'],
    ])
    await street.say('徐伟', text, { group: 'G01' })
    expect(await listTasks(street.db)).toHaveLength(2)
  })

  it('S0-29: written by a worker, the decisions wait for whoever called the meeting', async () => {
    await open()
    await hold('周五下午3点开周例会', 'G01', '陈桂芳')
    const said = await street.say('李敏', '会议纪要：总结上周走访，部署防汛\n决定：\n1. 王强 11月27日前清点灭火器', {
      group: 'G01',
    })
    expect(last(said)).toContain('1项决定已请陈桂芳派出')
    expect(await listTasks(street.db)).toEqual([])
    expect(last(await street.say('陈桂芳', '落实1号会决定'))).toContain('已派任务：王强1号')
  })

  it('S3A-22: the parts that the document asks for are a form, and a missing one is told', async () => {
    await open({ pack: 'town-visits' })
    const form = last(await street.say('沈国华', '纪要模板'))
    for (const part of ['回顾总结前期工作', '提出热点难点问题', '商讨解决办法', '安排下一阶段工作']) {
      expect(form).toContain(part)
    }
    await hold('周五下午3点开11月例会', 'C01', '沈国华')
    const said = await street.say('沈国华', '会议纪要：总结前期走访；热点是停车难，解决办法是错峰', { group: 'C01' })
    expect(last(said)).toContain('还没写到：安排下一阶段工作')
  })

  it('S3A-22: longer than one message, they go on in the next', async () => {
    await open({ pack: 'town-visits' })
    await hold('周五下午3点开11月例会', 'C01', '沈国华')
    await street.say('沈国华', `会议纪要：总结前期走访；${'热点是停车难，解决办法是错峰。'.repeat(60)}`, {
      group: 'C01',
    })
    const more = await street.say('沈国华', '续纪要：安排下月防火', { group: 'C01' })
    expect(last(more)).not.toContain('还没写到')
    const stored = (await meeting()).minutes!.reveal()
    expect(stored).toContain('会议纪要：总结前期走访')
    expect(stored.endsWith('安排下月防火')).toBe(true)
  })

  it('S3A-34: one meeting ticks both rules where the document lets it', async () => {
    await open({ pack: 'town-visits' })
    await hold('周五下午3点开11月例会', 'C01', '沈国华')
    const said = await street.say(
      '沈国华',
      '会议纪要：总结前期工作，与民情分析会结合召开，研判热点，安排下月工作，商讨办法',
      { group: 'C01' },
    )
    expect(last(said)).toContain('同时计入：村（社区）分析研判会议。')
    expect((await meeting()).countsFor).toEqual(['analysis'])
    const listed = last(await street.say('林静', '例会情况'))
    expect(listed).toContain('本月工作例会：没有记录（1个）：锦江社区')
    expect(listed).toContain('本月村（社区）分析研判会议：没有记录（1个）：锦江社区')
  })

  it('S3A-28: every level owes its own 研判会', async () => {
    await open({ pack: 'town-visits' })
    await hold('周五下午3点开研判会', 'G01', '陈桂芳')
    await street.say('陈桂芳', '会议纪要：研判停车难，商讨办法', { group: 'G01' })
    const listed = last(await street.say('林静', '例会情况'))
    expect(listed).toContain('本月网格分析研判会议：没有记录（3个）：2号网格、3号网格、4号网格')
    expect(listed).toContain('本月村（社区）分析研判会议：没有记录（2个）')
  })

  it('S0-29: kinds that the document does not let be held together count once', async () => {
    await open()
    await hold('周五下午3点开周例会', 'G01', '陈桂芳')
    await street.say('徐伟', '会议纪要：总结上周，顺带开了月会，部署本周', { group: 'G01' })
    expect((await meeting()).countsFor).toEqual([])
  })
})

describe('ratings at a 座谈会', () => {
  it('S1-43: are shown from five on, and nobody’s name is kept with them', async () => {
    await open({ pack: 'street-appraisal' })
    await street.say('林静', '明天上午9点开居民座谈会', { group: 'S01' })
    street.setTime('2026-11-19T10:00')
    expect(last(await street.say('林静', '评议 1号会 陈桂芳 90 85 88'))).toContain('已记3份')
    expect(last(await street.say('林静', '评议结果 1号会'))).toContain('陈桂芳：不足5份，不显示')
    await street.say('林静', '评议 1号会 陈桂芳 92 95')
    expect(last(await street.say('林静', '评议结果 1号会'))).toContain('陈桂芳：5份，平均90.0')
    const columns = Object.keys(await street.db.sql.selectFrom('meeting_rating').selectAll().executeTakeFirstOrThrow())
    expect(columns.sort()).toEqual(['id', 'meeting_id', 'member_id', 'points', 'subdistrict_id'])
  })

  it('S1-43: refuse a stranger, points out of range, and one’s own name', async () => {
    await open({ pack: 'street-appraisal' })
    await street.say('林静', '明天上午9点开居民座谈会', { group: 'S01' })
    for (const words of ['评议 1号会 张三丰 90', '评议 1号会 陈桂芳 900', '评议 1号会 林静 90']) {
      expect((await street.say('林静', words)).status).toBe('refused')
    }
  })
})

it('S0-27: what is sent with 资料 is kept with the class and sent to who asks', async () => {
  await open()
  await street.say('王科', '后天上午10点消防培训，街道党校201', { group: 'S01' })
  expect(last(await street.say('王科', '资料 1号培训', { images: 1 }))).toContain('已收进1号消防培训的资料：1份')
  const asked = await street.say('李敏', '资料 1号培训')
  expect(asked.replies.map(({ kind, to }) => [kind, to])).toContainEqual(['meeting-material', 'user'])
})
