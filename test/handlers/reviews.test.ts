import { afterEach, describe, expect, it } from 'vitest'
import { reviewReminder } from '../../jobs/review-reminder.ts'
import { toldTo } from '../support/replies.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street?.dispose())

async function open(now: string, pack: 'county-center' | 'street-team' = 'county-center'): Promise<void> {
  street = await openTestStreet({ pack, now })
}
async function hear(time: string, who: string, text: string): Promise<string> {
  street.setTime(time)
  return toldTo(await street.say(who, text), who)
}
const remind = (due: string) => runJob(street, reviewReminder, { due })

describe('S4D-10: the week looked back upon', () => {
  it('S4D-10: 梳理 shows the week’s figures, and one line records it', async () => {
    await open('2026-11-17T09:00')
    await hear('2026-11-17T09:00', '李敏', '走访了3幢王奶奶')
    await hear('2026-11-18T09:00', '李敏', '巡查了沿江路')
    expect(await hear('2026-11-20T15:00', '李敏', '梳理')).toMatch(/本周：走访1次、巡查1次.*\n.*“梳理 ……”/u)
    expect(await hear('2026-11-20T15:01', '李敏', '梳理 3处飞线充电，已处理2处')).toContain(
      '已记本周全面梳理和分析排查',
    )
    expect(await hear('2026-11-20T15:02', '李敏', '梳理 还有1处下周办')).toContain('已补记')
    expect(await hear('2026-11-20T15:03', '李敏', '撤销')).toContain('已撤销：本周梳理')
  })

  it('on the last working day whoever has not reads the figures, in private, once; a leader reads the state on asking', async () => {
    await open('2026-11-20T15:00')
    await hear('2026-11-20T15:00', '李敏', '梳理 都正常')
    const said = await remind('2026-11-20T16:00')
    expect(said.map(({ to }) => to).sort()).toEqual(['@冯洁', '@孙燕', '@张丽', '@王强'])
    expect(said[0]!.text).toContain('本周：还没有记录。看一遍，回“梳理 ……”一句就行。')
    const state = await hear('2026-11-20T16:05', '陈桂芳', '梳理情况')
    expect(state).toContain('李敏：都正常')
    expect(state).toContain('还没记的：王强')
    expect(state).not.toContain('冯洁')
  })

  it('says nothing before the last working day, nor to who is on leave', async () => {
    await open('2026-11-19T09:00')
    expect(await remind('2026-11-19T16:00')).toEqual([])
    await hear('2026-11-19T09:00', '李敏', '明天请假一天，带娃看病')
    await hear('2026-11-19T09:05', '沈国华', '同意')
    street.setTime('2026-11-20T16:00')
    expect((await remind('2026-11-20T16:00')).map(({ to }) => to)).not.toContain('@李敏')
  })

  it.each([
    ['2026-02-14', '2026-02-20', 'the week of Spring Festival has no working day, the Saturday before ends its week'],
    ['2026-10-10', '2026-10-09', 'a make-up Saturday is the last working day'],
    ['2026-09-30', '2026-10-02', 'the week of National Day ends before it'],
  ])('asks on %s, not on %s: %s', async (asked, free) => {
    await open(`${asked}T15:00`)
    expect((await remind(`${asked}T16:00`)).length).toBeGreaterThan(0)
    expect(await remind(`${free}T16:00`)).toEqual([])
  })

  it('S4D-11: a month that ends with the week makes one text of both', async () => {
    await open('2026-07-31T15:00')
    const said = await remind('2026-07-31T16:00')
    expect(said.filter(({ to }) => to === '@李敏')).toHaveLength(1)
    expect(said[0]!.text).toMatch(/本周：.*“梳理 ……”.*\n本月：.*“月度分析 ……”/u)
  })

  it('S4D-11: 月度分析 records the month', async () => {
    await open('2026-11-30T15:00')
    expect(await hear('2026-11-30T15:00', '李敏', '月度分析 邻里纠纷多在装修')).toContain(
      '已记本月隐患和矛盾的总结分析',
    )
    expect((await remind('2026-11-30T16:00')).map(({ to }) => to)).not.toContain('@李敏')
    expect(await hear('2026-11-30T16:05', '陈桂芳', '月度分析情况')).toContain('李敏：邻里纠纷多在装修')
  })

  it('asks nothing in a year that is not published', async () => {
    await open('2027-01-08T15:00')
    expect(await remind('2027-01-08T16:00')).toEqual([])
  })

  it('tells a leader that a week without working days owes none', async () => {
    await open('2026-02-18T10:00')
    expect(await hear('2026-02-18T10:00', '陈桂芳', '梳理情况')).toBe('本周没有工作日，不用梳理。')
  })

  it.each(['梳理 都正常', '月度分析 都正常'])('refuses %s where the document asks for none', async text => {
    await open('2026-11-20T15:00', 'street-team')
    const said = await street.say('李敏', text)
    expect(said.status).toBe('refused')
    expect(toldTo(said, '李敏')).toContain('原文未载')
    expect(await remind('2026-11-20T16:00')).toEqual([])
  })
})

describe('S1-36: 我的一天', () => {
  it('S1-36: tells whether somebody was out in the grid, from the records', async () => {
    street = await openTestStreet({ pack: 'street-appraisal', now: '2026-11-20T08:20' })
    expect(await hear('2026-11-20T08:00', '李敏', '我的一天')).toBe('今天：还没有记录。')
    await hear('2026-11-20T08:20', '李敏', '到岗')
    await hear('2026-11-20T09:20', '李敏', '走访了3幢王奶奶，20分钟')
    const today = await hear('2026-11-20T17:40', '李敏', '我的一天')
    expect(today).toContain('今天：上班 08:20，下了网格，走访1次，走访时长20分钟（自己报的）')
    expect(await hear('2026-11-21T09:00', '李敏', '我的昨天')).toContain('11月20日（周五）：上班 08:20')
  })
})
