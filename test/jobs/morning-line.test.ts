import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { morningLine } from '../../jobs/morning-line.ts'
import { noticeReminder } from '../../jobs/notice-reminder.ts'
import { taskReminder } from '../../jobs/task-reminder.ts'
import { draftToSigned } from '../support/notice-steps.ts'
import { toldTo } from '../support/replies.ts'
import { type JobSaid, runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
})
afterEach(() => street.dispose())
const at = (due: string): Promise<JobSaid[]> => {
  street.setTime(due)
  return runJob(street, morningLine, { due })
}
const textFor = (said: readonly JobSaid[], who: string) => said.find(({ to }) => to === `@${who}`)?.text

describe('the morning line', () => {
  it('says nothing to anybody where there is nothing to do', async () => {
    expect(await at('2026-11-19T08:30')).toEqual([])
  })

  it('S3A-20: tells in at most five lines what is due, what is late, who waits, and the meetings, each to whom it concerns', async () => {
    await street.say('徐伟', '任务 @李敏 周四前报出租房数')
    await street.say('徐伟', '任务 @李敏 明天前补台账')
    await street.say('徐伟', '任务 @李敏 今天报门牌数')
    await street.say('王强', '11月20日请假 看病')
    await street.say('陈桂芳', '明天15:00在经合社三楼开网格工作例会', { group: 'G01' })
    const said = await at('2026-11-19T08:30')
    const own = textFor(said, '李敏')!
    expect(own.split('\n').length).toBeLessThanOrEqual(5)
    expect(own).toMatch(/^【早报】今天到期2件：1号交办《报出租房数》、2号交办《补台账》/)
    expect(own).toContain('已过期1件：3号交办')
    expect(own).toContain('开会：')
    expect(textFor(said, '沈国华')).toContain('等您办1件：1号请假（王强')
    expect(said.every(({ to }) => to.startsWith('@'))).toBe(true)
    expect(said.filter(({ to }) => to === '@李敏')).toHaveLength(1)
  })

  it('names three of a kind and counts the others', async () => {
    for (const what of ['甲表', '乙表', '丙表', '丁表']) await street.say('徐伟', `任务 @李敏 明天前报${what}`)
    expect(textFor(await at('2026-11-19T08:30'), '李敏')).toMatch(/今天到期4件：1号\S+、2号\S+、3号\S+等$/)
  })

  it('tells on a Friday what is due on the free days that follow', async () => {
    await street.say('徐伟', '任务 @李敏 11月22日前报出租房数')
    expect(textFor(await at('2026-11-19T08:30'), '李敏')).toBeUndefined()
    expect(textFor(await at('2026-11-20T08:30'), '李敏')).toContain('今天到期1件')
  })

  it('tells a case in hand by its deadline, and a notice that is due', async () => {
    street.setTime('2026-11-18T15:50')
    await draftToSigned(street)
    expect(textFor(await at('2026-12-04T08:30'), '李敏')).toContain('今天到期1件：1号提示单《排查出租房》')
    await street.say('李敏', '1号完成了')
    expect(textFor(await at('2026-12-04T08:30'), '李敏')).toBeUndefined()
  })

  it('leaves whoever is on leave that morning in peace', async () => {
    await street.say('徐伟', '任务 @李敏 明天前补台账')
    await street.say('李敏', '明天上午请假 带娃看病')
    await street.say('沈国华', '同意')
    expect(textFor(await at('2026-11-19T08:30'), '李敏')).toBeUndefined()
  })

  it('can be switched off and on again', async () => {
    await street.say('徐伟', '任务 @李敏 明天前补台账')
    expect(toldTo(await street.say('李敏', '早报'), '李敏')).toContain('早报已开')
    expect(toldTo(await street.say('李敏', '早报 关'), '李敏')).toContain('早报已关')
    expect(textFor(await at('2026-11-19T08:30'), '李敏')).toBeUndefined()
    await street.say('李敏', '早报 开')
    expect(textFor(await at('2026-11-19T08:30'), '李敏')).toContain('今天到期1件')
  })

  it('takes the place of the reminder of the same morning, not of one for what came later', async () => {
    await street.say('徐伟', '任务 @李敏 明天前补台账')
    await at('2026-11-19T08:30')
    street.setTime('2026-11-19T08:40')
    await street.say('徐伟', '任务 @李敏 今天报门牌数')
    const reminded = await runJob(street, taskReminder, { due: '2026-11-19T09:00' })
    expect(textFor(reminded, '李敏')).toContain('2号交办')
    expect(textFor(reminded, '李敏')).not.toContain('1号交办')
  })

  it('is followed by the reminder in the group, where those stand who have not finished', async () => {
    street.setTime('2026-11-18T15:50')
    await draftToSigned(street)
    await at('2026-12-04T08:30')
    const reminded = await runJob(street, noticeReminder, { due: '2026-12-04T09:00' })
    expect(reminded.some(({ to }) => to === 'G01')).toBe(true)
    expect(reminded.some(({ to }) => to === '@李敏')).toBe(false)
  })

  it('goes on in a year whose holidays are not known', async () => {
    street.setTime('2027-01-05T10:00')
    await street.say('徐伟', '任务 @李敏 明天前补台账')
    expect(textFor(await at('2027-01-06T08:30'), '李敏')).toContain('今天到期1件')
  })
})

describe('visits in the morning line', () => {
  it('S3A-07: are told by code on the first working day of the week, and when the span ends', async () => {
    await street.dispose()
    street = await openTestStreet({ now: '2026-11-02T10:00', pack: 'county-grid' })
    await street.say('李敏', '登记走访对象 重点人员 王秀英 3幢201')
    const monday = textFor(await at('2026-11-09T08:30'), '李敏')
    expect(monday).toMatch(/还没走访1户：\S+-01/)
    expect(monday).not.toContain('王秀英')
    expect(textFor(await at('2026-11-11T08:30'), '李敏')).toBeUndefined()
    expect(textFor(await at('2026-11-30T08:30'), '李敏')).toContain('还没走访1户')
  })
})
