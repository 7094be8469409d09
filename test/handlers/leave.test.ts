import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { findApprover } from '../../handlers/leave/approver.ts'
import { listApprovedLeaves, listLeaves } from '../../storage/leaves.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:00' })
})
afterEach(() => street.dispose())
const last = ({ replies }: Said) => replies.at(-1)!.text
const approved = () => listApprovedLeaves(street.db, { from: '2026-11-01', to: '2026-12-31' })

describe('who decides', () => {
  it.each([
    ['专职网格员', '李敏', '沈国华'],
    ['兼职网格员', '王强', '沈国华'],
    ['网格长', '郑涛', '韩梅'],
    ['网格指导员', '徐伟', '沈国华'],
    ['包联人员', '赵志远', '沈国华'],
    ['驻社区组长', '吴建国', '沈国华'],
    ['社区书记', '沈国华', '高峰'],
    ['科室, its deputy', '王科', '高峰'],
    ['科室, its deputy', '罗平', '梁栋'],
    ['党政办, no deputy in charge', '林静', '方正'],
    ['分管领导', '高峰', '方正'],
    ['主要领导, nobody', '方正', undefined],
  ])('for %s %s it is %s', async (_, who, expected) => {
    const desk = await openDesk(street.db, { by: 'test', now: street.now(), at: street.now() })
    expect(findApprover(desk, desk.roster.memberByKey(who)!)?.key).toBe(expected)
  })

  it('tells the principal that nobody here can', async () => {
    expect((await street.say('方正', '明天请一天假，看病')).status).toBe('refused')
  })
})

describe('asking', () => {
  it('numbers the request and sends the approver a card in private; the group does not read the reason', async () => {
    const { replies } = await street.say('李敏', '明天请一天假，带娃打疫苗', { group: 'G01' })
    const card = replies.find(({ kind }) => kind === 'leave-request')!
    expect(card).toMatchObject({ to: 'user', target: '沈国华' })
    expect(card.text).toBe('【请假】1号，李敏，11月19日（周四）全天\n事由：带娃打疫苗')
    expect(card.card!.buttons.map(({ says }) => says)).toEqual(['1号请假同意', '1号请假不同意'])
    expect(replies.at(-1)!.text).toBe('1号请假已报（11月19日（周四）全天），等沈国华审批；准了我私下告诉您。')
  })

  it('takes several days, and half of one', async () => {
    expect(last(await street.say('李敏', '12月7号到9号请三天假，回老家'))).toContain(
      '12月7日（周一）至12月9日（周三）共3天',
    )
    expect(last(await street.say('王强', '周五下午请半天假'))).toContain('11月20日（周五）下午')
  })

  it('asks for the day where none is told', async () => {
    expect(last(await street.say('李敏', '我想请个假，看病'))).toContain('请哪天的假')
    expect(await listLeaves(street.db)).toEqual([])
    expect(last(await street.say('李敏', '明天请一天'))).toContain('11月19日（周四）全天')
  })

  it('refuses days that are asked for already, and lets the other half through', async () => {
    await street.say('李敏', '明天上午请半天假，看病')
    const again = await street.say('李敏', '明天请一天假，看病')
    expect(again.status).toBe('refused')
    expect(last(again)).toContain('和您的1号请假')
    expect((await street.say('李敏', '明天下午请半天假，看病')).status).toBe('handled')
    expect(await listLeaves(street.db)).toHaveLength(2)
  })

  it('refuses what lies more than a month back, kindly', async () => {
    const said = await street.say('李敏', '10月10号请一天假，看病')
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('一个月以前的假')
  })
})

describe('deciding', () => {
  it('counts from the approval on', async () => {
    await street.say('李敏', '明天请一天假，看病')
    expect(await approved()).toEqual([])
    const { replies } = await street.say('沈国华', '1号请假同意')
    expect(await approved()).toMatchObject([{ fromDay: '2026-11-19', toDay: '2026-11-19' }])
    const told = replies.find(({ kind }) => kind === 'leave-decided')!
    expect(told).toMatchObject({ to: 'user', target: '李敏' })
    expect(told.text).toContain('沈国华已准')
  })

  it('tells a refusal with its reason, and it does not count', async () => {
    await street.say('李敏', '明天请一天假，看病')
    const { replies } = await street.say('沈国华', '1号请假不同意，明天迎检走不开')
    expect(replies.find(({ kind }) => kind === 'leave-decided')!.text).toContain('没有批准：明天迎检走不开')
    expect(await approved()).toEqual([])
  })

  it.each([
    ['韩梅', '由沈国华审批'],
    ['李敏', '您自己的'],
    ['王强', '社区书记'],
  ])('is not for %s', async (who, why) => {
    await street.say('李敏', '明天请一天假，看病')
    const said = await street.say(who, '1号请假同意')
    expect(said.status).toBe('refused')
    expect(last(said)).toContain(why)
    expect(await approved()).toEqual([])
  })

  it('is done once', async () => {
    await street.say('李敏', '明天请一天假，看病')
    await street.say('沈国华', '1号请假不同意')
    const again = await street.say('沈国华', '1号请假同意')
    expect(again.status).toBe('refused')
    expect(last(again)).toContain('未准')
  })

  it('finds the request by the person’s name', async () => {
    await street.say('李敏', '明天请一天假，看病')
    await street.say('王强', '后天请一天假，搬家')
    expect(last(await street.say('沈国华', '小王的假准了'))).toContain('已准2号请假（王强')
  })
})

describe('taking back', () => {
  it('cancels one’s own request while nobody has decided', async () => {
    await street.say('李敏', '明天请一天假，看病')
    expect(last(await street.say('李敏', '撤销'))).toContain('已撤销：1号请假')
    expect((await street.say('沈国华', '1号请假同意')).status).toBe('refused')
  })

  it('is refused after the decision', async () => {
    await street.say('李敏', '明天请一天假，看病')
    await street.say('沈国华', '1号请假同意')
    expect((await street.say('李敏', '撤销')).status).toBe('refused')
    expect(await approved()).toHaveLength(1)
  })
})

describe('leave from a meeting', () => {
  it('excuses from that meeting and from nothing else', async () => {
    await street.say('陈桂芳', '周五下午2点半在服务站开网格周例会', { group: 'G01' })
    expect(last(await street.say('李敏', '周五的周例会请个假，孩子发烧'))).toContain(
      '网格工作例会：11月20日（周五）14:30',
    )
    await street.say('沈国华', '1号请假同意')
    const [leave] = await approved()
    expect(leave!.meetingId).toBeDefined()
    street.setTime('2026-11-20T15:00')
    const minutes = await street.say('陈桂芳', '会议纪要：总结上周走访', { group: 'G01' })
    expect(last(minutes)).toContain('签到0人，请假1人')
  })

  it('is refused where no meeting is known', async () => {
    const said = await street.say('李敏', '例会请假，要去区里送材料')
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('没查到您近期要开的会')
  })
})

describe('the days of a leave told by date', () => {
  it.each([
    ['11月27日请假一天', '2026-11-27', '2026-11-27'],
    ['请假 11月27日 去医院', '2026-11-27', '2026-11-27'],
    ['11月23日请假3天，家里有事', '2026-11-23', '2026-11-25'],
    ['11月23日起请假三日', '2026-11-23', '2026-11-25'],
    ['请假11月26日至27日', '2026-11-26', '2026-11-27'],
  ])('%s', async (words, from, to) => {
    await street.say('王强', words)
    expect(await listLeaves(street.db, {})).toMatchObject([{ fromDay: from, toDay: to }])
  })
})
