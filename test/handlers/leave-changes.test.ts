import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listApprovedLeaves, listLeaves } from '../../storage/leaves.ts'
import { listMeetingAttendance } from '../../storage/meetings.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:00' })
})
afterEach(() => street.dispose())

const last = ({ replies }: Said) => replies.at(-1)!.text
const approved = () => listApprovedLeaves(street.db, { from: '2026-11-01', to: '2026-12-31' })
async function onLeave(who: string, text: string): Promise<void> {
  const before = (await listLeaves(street.db)).length
  await street.say(who, text)
  await street.say('沈国华', `${before + 1}号请假同意`)
}

describe('销假', () => {
  it('takes approved leave back before it begins, and tells who approved it', async () => {
    await onLeave('李敏', '12月7号到9号请三天假，回老家')
    const said = await street.say('李敏', '销假')
    expect(last(said)).toContain('整个取消，已告知沈国华')
    expect(said.replies.find(({ target }) => target === '沈国华')!.text).toContain('李敏销假：1号请假')
    expect(await approved()).toEqual([])
  })

  it.each([
    ['2026-11-20T08:10', '2026-11-19'],
    ['2026-11-20T14:00', '2026-11-20'],
  ])('at %s leaves the days until %s', async (time, toDay) => {
    await onLeave('李敏', '11月19号到23号请假，回老家')
    street.setTime(time)
    expect(last(await street.say('李敏', '取消请假'))).toContain('只算到')
    expect(await approved()).toMatchObject([{ fromDay: '2026-11-19', toDay }])
  })

  it.each([
    ['what is used up', ['今天下午请半天假，看病'], '2026-11-18T18:00', '李敏', '销假', '已经用完'],
    ['somebody else’s', ['明天请一天假，看病'], '2026-11-18T10:00', '王强', '取消1号请假', '不是您的'],
    ['what is not known', [], '2026-11-18T10:00', '李敏', '取消9号请假', '没有9号请假'],
  ])('is refused for %s', async (_, asked, time, who, words, why) => {
    for (const text of asked) await onLeave('李敏', text)
    street.setTime(time)
    const said = await street.say(who, words)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain(why)
    expect(await approved()).toHaveLength(asked.length)
  })

  it('puts whoever comes to the meeting after all on its roll again', async () => {
    await street.say('陈桂芳', '周五下午2点半在服务站开网格周例会', { group: 'G01' })
    await onLeave('李敏', '周五的周例会请个假，孩子发烧')
    const [leave] = await approved()
    expect(await listMeetingAttendance(street.db, [leave!.meetingId!])).toHaveLength(1)
    await street.say('李敏', '销假')
    expect(await listMeetingAttendance(street.db, [leave!.meetingId!])).toEqual([])
  })
})

describe('续假', () => {
  it.each([
    ['续假两天 孩子还没退烧', '2026-11-21'],
    ['续假到11月23日', '2026-11-23'],
    ['续假1号 3天', '2026-11-22'],
  ])('%s asks for the days after, decided like any other', async (words, toDay) => {
    await onLeave('李敏', '明天请一天假，看病')
    const said = await street.say('李敏', words)
    expect(last(said)).toContain('等沈国华审批')
    expect(said.replies.find(({ kind }) => kind === 'leave-request')!.text).toContain('续1号')
    expect(await listLeaves(street.db, { statuses: ['pending'] })).toMatchObject([{ fromDay: '2026-11-20', toDay }])
  })

  it.each([
    ['without a day', '续假', '请写续到哪天'],
    ['to a day that it covers already', '续假到11月19日', '本来就到'],
  ])('is refused %s', async (_, words, why) => {
    await onLeave('李敏', '明天请一天假，看病')
    const said = await street.say('李敏', words)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain(why)
  })

  it('refuses days that are asked for already', async () => {
    await onLeave('李敏', '明天请一天假，看病')
    await onLeave('李敏', '11月20日请一天假，搬家')
    expect(last(await street.say('李敏', '续假1号 一天'))).toContain('重了')
  })
})

describe('late leave', () => {
  it('S3A-36: leave from a meeting goes to who decides it, late once the meeting has begun', async () => {
    const town = await openTestStreet({ now: '2026-11-18T09:00', pack: 'town-visits' })
    try {
      await town.say('陈桂芳', '今天下午2点半在服务站开例会', { group: 'G01' })
      town.setTime('2026-11-18T14:40')
      const said = await town.say('李敏', '请假 例会 孩子发烧')
      const card = said.replies.find(({ kind }) => kind === 'leave-request')!
      expect(card.target).toBe('沈国华')
      expect(card.card!.buttons.map(({ text }) => text)).toEqual(['准假', '不准'])
      expect(card.text).toContain('开始后才报，算补假')
    } finally {
      await town.dispose()
    }
  })

  it('of a day is marked once duty has begun, and counts like any other', async () => {
    street.setTime('2026-11-18T08:10')
    expect(last(await street.say('王强', '今天请一天假，发烧'))).not.toContain('补假')
    street.setTime('2026-11-18T10:00')
    expect(last(await street.say('李敏', '今天请一天假，发烧'))).toContain('开始后才报，算补假')
    await street.say('沈国华', '2号请假同意')
    expect(last(await street.say('李敏', '我今天的考勤'))).toContain('上班 请假，下班 请假')
  })
})

describe('请假名单', () => {
  beforeEach(async () => {
    await onLeave('李敏', '今天请一天假，看病')
    await street.say('王强', '明天上午请半天假，搬家')
    await street.say('冯洁', '今天请一天假，看牙')
  })

  it('S3A-19: tells the leader who is away, and never why', async () => {
    const today = last(await street.say('沈国华', '请假名单'))
    expect(today).toContain('桃源社区今天请假1条：\n1号 李敏 11月18日（周三）全天，已准（补假）')
    expect(today).not.toContain('看病')
    const week = last(await street.say('沈国华', '本周请假名单'))
    expect(week).toContain('2号 王强 11月19日（周四）上午，待审批')
    expect(last(await street.say('林静', '请假名单 今天'))).toContain('冯洁')
    expect(last(await street.say('沈国华', '明天请假名单'))).toContain('请假1条')
  })

  it('is not for those who lead nobody', async () => {
    expect((await street.say('张丽', '请假名单')).status).toBe('refused')
  })
})
