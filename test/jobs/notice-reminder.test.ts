import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noticeReminder } from '../../jobs/notice-reminder.ts'
import { taskReminder } from '../../jobs/task-reminder.ts'
import { withApprovedLeave } from '../support/leave-steps.ts'
import { draftToSigned, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T15:50' })
})
afterEach(() => street.dispose())

/** As the scheduler runs it, also at the hours between, so that each instant is told once. */
async function run(due: string, now?: string) {
  street.setTime(now ?? due)
  return runJob(street, noticeReminder, { due, now })
}

describe('the reminder of a notice', () => {
  it('@s those alone who have not finished and are not on leave', async () => {
    await draftToSigned(street)
    for (const who of ['陈桂芳', '何大勇', '张丽', '周明', '孙燕']) await street.say(who, '1号完成')
    await withApprovedLeave(street, '王强', '2026-12-03', '2026-12-03')
    await run('2026-12-02T14:30')
    const said = await run('2026-12-03T09:00')
    expect(said.map(({ to, at }) => [to, at])).toEqual([
      ['G01', ['李敏']],
      ['G04', ['郑涛', '冯洁']],
    ])
    expect(said[0]!.text.split('\n').slice(0, 2)).toEqual([
      '【提示单提醒】',
      '1号提示单《排查出租房》12月4日（周五）24:00前，还有1人没报完成',
    ])
    expect(said[0]!.urgency).toBe('normal')
  })

  it('merges all notices of a group into one message', async () => {
    await draftToSigned(street, WHOLE.replace('逐户登记', '1网格逐户登记'))
    await draftToSigned(street, WHOLE.replace('排查出租房', '清理楼道').replace('逐户登记', '1网格逐户登记'))
    await run('2026-12-02T14:30')
    const said = await run('2026-12-03T09:00')
    expect(said).toHaveLength(1)
    expect(said[0]!.text).toContain('1号提示单')
    expect(said[0]!.text).toContain('2号提示单')
    expect(said[0]!.at).toEqual(['陈桂芳', '李敏', '王强'])
  })

  it('comes at half-time, the working day before and on the day, and at no other run', async () => {
    await draftToSigned(street)
    const runs = ['11-19', '11-20', '11-26', '11-27', '12-01', '12-02', '12-03', '12-04']
    const told: string[] = []
    for (const day of runs) {
      for (const time of ['09:00', '14:30']) {
        if ((await run(`2026-${day}T${time}`)).length > 0) told.push(`${day} ${time}`)
      }
    }
    expect(told).toEqual(['11-27 09:00', '12-03 09:00', '12-04 09:00'])
  })

  it('is told once however often it runs, and late where the program was down', async () => {
    await draftToSigned(street)
    await run('2026-12-02T14:30')
    expect(await run('2026-12-03T09:00', '2026-12-03T11:20')).toHaveLength(4)
    expect(await run('2026-12-03T14:30')).toEqual([])
  })

  it('is silent for a closed, a withdrawn and a finished notice', async () => {
    await draftToSigned(street)
    await draftToSigned(street)
    await street.say('王科', '办结提示单1')
    await street.say('王科', '撤回提示单2 重复')
    await run('2026-12-02T14:30')
    expect(await run('2026-12-03T09:00')).toEqual([])
  })

  it('follows the later day that a grid was given', async () => {
    await draftToSigned(street)
    await street.say('陈桂芳', '延期提示单1 到12月8日 租户不在家')
    await street.say('王科', '同意延期申请1号')
    await run('2026-12-02T14:30')
    expect((await run('2026-12-03T09:00')).map(({ to }) => to)).toEqual(['G02', 'G03', 'G04'])
    await run('2026-12-04T14:30')
    const grid = (await run('2026-12-07T09:00')).filter(({ to }) => to === 'G01')
    expect(grid[0]!.text).toContain('12月8日（周二）24:00前')
  })

  it('reaches people in private where the grid has no chat', async () => {
    await draftToSigned(street, WHOLE.replace('逐户登记', '4网格逐户登记'))
    await street.change(async db => {
      await db.sql.updateTable('chat').set({ platform_id: null }).where('platform_id', '=', 'G04').execute()
      await db.sql.updateTable('setting').set({ value: 'changed' }).where('name', '=', 'roster-version').execute()
    })
    await run('2026-12-02T14:30')
    expect((await run('2026-12-03T09:00')).map(({ to }) => to)).toEqual(['@郑涛', '@冯洁'])
  })
})

describe('when the time is up', () => {
  it('the issuing office reads once who has not finished, with the numbers told last, and those on leave apart', async () => {
    await draftToSigned(street, WHOLE.replace('逐户登记', '1网格逐户登记'))
    await street.say('陈桂芳', '1号完成')
    await street.say('李敏', '1号提示单查了18户，还差4户')
    await withApprovedLeave(street, '王强', '2026-12-07', '2026-12-08')
    await run('2026-12-04T14:30')
    const said = await run('2026-12-07T09:00')
    expect(said.map(({ to }) => to)).toEqual(['@王科'])
    expect(said[0]!.text.split('\n').slice(0, 3)).toEqual([
      '【提示单到期】',
      '1号提示单《排查出租房》12月4日（周五）24:00前到期：1/3人完成，请假1人不计，未完成：',
      '　第1网格：李敏（数量18，还剩4）',
    ])
    expect(await run('2026-12-07T14:30')).toEqual([])
  })
})

describe('the reminder of a task', () => {
  it('S0-15: is one private message for all tasks of a person, and the giver hears what ran out', async () => {
    await street.say('徐伟', '任务 @李敏 12月4日前报出租房数')
    await street.say('徐伟', '任务 @李敏 12月4日前补台账')
    await runJob(street, taskReminder, { due: '2026-12-03T14:30' })
    const said = await runJob(street, taskReminder, { due: '2026-12-04T09:00' })
    expect(said.map(({ to }) => to)).toEqual(['@李敏'])
    expect(said[0]!.text).toContain('1号交办《报出租房数》，徐伟交办')
    expect(said[0]!.text).toContain('2号交办《补台账》')
    const over = await runJob(street, taskReminder, { due: '2026-12-07T09:00' })
    expect(over.map(({ to, text }) => [to, text.split('\n').length])).toEqual([['@徐伟', 3]])
  })

  it('is not sent to somebody on leave', async () => {
    await street.say('徐伟', '任务 @李敏 12月4日前报出租房数')
    await withApprovedLeave(street, '李敏', '2026-12-04')
    await runJob(street, taskReminder, { due: '2026-12-03T14:30' })
    expect(await runJob(street, taskReminder, { due: '2026-12-04T09:00' })).toEqual([])
  })
})
