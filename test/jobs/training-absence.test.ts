import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { trainingAbsence } from '../../jobs/training-absence.ts'
import { trainingPlan } from '../../jobs/training-plan.ts'
import { listAbsences } from '../../storage/training-absences.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-16T09:00' })
})
afterEach(() => street.dispose())
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''

/** A class of grid 1 on 18 November at 14:00, called two days before; only 李敏 comes. */
async function holdClass(): Promise<void> {
  await street.say('陈桂芳', '周三下午2点消防培训，经合社三楼会议室', { group: 'G01' })
  street.setTime('2026-11-18T14:05')
  await street.say('李敏', '会议签到', { group: 'G01' })
}
const propose = () => runJob(street, trainingAbsence, { due: '2026-11-19T10:00' })
const statuses = async () => (await listAbsences(street.db)).map(({ status }) => status)

describe('S0-28: absence from a class', () => {
  it('is a proposal, told in private to the person alone, with the way to appeal', async () => {
    await holdClass()
    const said = await propose()
    expect(said.map(({ to }) => to).sort()).toEqual(['@王强', '@陈桂芳'].sort())
    const text = said.find(({ to }) => to === '@王强')!.text
    expect(text).toContain('【拟记旷工')
    expect(text).toContain('这还没有定')
    expect(text).toMatch(/11月24日（周二）前回“申诉旷工\d 原因”/)
    expect(text).toContain('未按时参加培训的，视为旷工')
    expect(await statuses()).toEqual(['proposed', 'proposed'])
    expect(await propose()).toEqual([])
  })

  it('with approved leave is none, from the day or from the class', async () => {
    await street.say('陈桂芳', '周三下午2点消防培训，经合社三楼会议室', { group: 'G01' })
    await street.say('王强', '来不了1号会 带孩子看病')
    await street.say('沈国华', '1号请假同意')
    await street.say('陈桂芳', '11月18日下午请假，看病')
    await street.say('沈国华', '2号请假同意')
    street.setTime('2026-11-18T14:05')
    await street.say('李敏', '会议签到', { group: 'G01' })
    expect(await propose()).toEqual([])
  })

  it('called to an emergency is none', async () => {
    await street.say('陈桂芳', '周三下午2点消防培训，经合社三楼会议室', { group: 'G01' })
    street.setTime('2026-11-18T13:40')
    await street.say('王强', '3幢402着火了，快来人', { group: 'G01' })
    street.setTime('2026-11-18T14:05')
    await street.say('李敏', '会议签到', { group: 'G01' })
    expect((await propose()).map(({ to }) => to)).not.toContain('@王强')
  })

  it('moved with less than a day’s notice is none', async () => {
    await street.say('陈桂芳', '周三下午2点消防培训，经合社三楼会议室', { group: 'G01' })
    street.setTime('2026-11-18T09:00')
    await street.say('陈桂芳', '培训改到今天下午3点', { group: 'G01' })
    street.setTime('2026-11-18T15:05')
    await street.say('李敏', '会议签到', { group: 'G01' })
    expect(await propose()).toEqual([])
  })

  it('late by minutes is being there, and a class where nobody signed in proves nothing', async () => {
    await holdClass()
    street.setTime('2026-11-18T14:40')
    await street.say('王强', '会议签到', { group: 'G01' })
    await street.say('陈桂芳', '会议签到', { group: 'G01' })
    expect(await propose()).toEqual([])
  })

  it('is not signed before the person could appeal, and only by who decides their leave', async () => {
    await holdClass()
    await propose()
    const no = (await listAbsences(street.db)).find(({ memberId }) => memberId !== undefined)!.no
    street.setTime('2026-11-20T09:00')
    const early = await street.say('沈国华', `签认旷工${no}`)
    expect(early.status).toBe('refused')
    expect(last(early)).toContain('还可以申诉')
    expect((await street.say('韩梅', `签认旷工${no}`)).status).toBe('refused')
    expect((await street.say('徐伟', `签认旷工${no}`)).status).toBe('refused')
    expect(await statuses()).toEqual(['proposed', 'proposed'])
  })

  it('after the days for an appeal asks for a signature; the outcome names who signed and no days or money', async () => {
    await holdClass()
    await propose()
    const asked = await runJob(street, trainingAbsence, { due: '2026-11-25T10:00' })
    expect(asked.filter(({ to }) => to === '@沈国华')).toHaveLength(2)
    expect(asked[0]!.text).toContain('本人没有申诉')
    street.setTime('2026-11-25T10:30')
    const [first] = await listAbsences(street.db)
    const signed = await street.say('沈国华', `签认旷工${first!.no}`)
    const outcome = signed.replies[0]!.text
    expect(outcome).toContain('已由沈国华签认')
    expect(outcome).toContain('折合几天文件没有写，不折算')
    expect(outcome).not.toMatch(/元|扣发|辞退|解聘/)
    expect((await street.say('沈国华', `不记旷工${first!.no}`)).status).toBe('refused')
  })

  it('appealed goes to who decides at once, and dropped is told', async () => {
    await holdClass()
    const said = await propose()
    const no = /申诉旷工(\d+)/.exec(said.find(({ to }) => to === '@王强')!.text)![1]
    street.setTime('2026-11-19T11:00')
    expect((await street.say('李敏', `申诉旷工${no} 忘签了`)).status).toBe('refused')
    expect((await street.say('王强', `申诉旷工${no}`)).status).toBe('refused')
    const appealed = await street.say('王强', `申诉旷工${no} 人到了，忘了签`)
    expect(appealed.replies.find(({ target }) => target === '沈国华')!.text).toContain('申诉：人到了，忘了签')
    const dropped = await street.say('沈国华', `不记旷工${no} 情况属实`)
    expect(dropped.replies.find(({ target }) => target === '王强')!.text).toContain('定为不记（情况属实）')
    expect(last(await street.say('王强', '旷工清单'))).toContain('不记')
  })
})

it('S0-28: under a document that says nothing of it, nothing is proposed', async () => {
  await street.dispose()
  street = await openTestStreet({ pack: 'county-grid', now: '2026-11-16T09:00' })
  await holdClass()
  expect(await propose()).toEqual([])
})

it('S2-35: in January 党政办 is asked for the plan of the year, once, and not where it stands', async () => {
  await street.dispose()
  street = await openTestStreet({ pack: 'county-grid', now: '2026-01-04T09:00' })
  const said = await runJob(street, trainingPlan, { due: '2026-01-04T09:30' })
  expect(said.map(({ to }) => to)).toEqual(['@林静'])
  expect(said[0]!.text).toContain('2026年的培训计划还没有列')
  expect(await runJob(street, trainingPlan, { due: '2026-01-05T09:30' })).toEqual([])
  await street.say('林静', '培训计划 2026年3月 业务培训')
  expect(await runJob(street, trainingPlan, { due: '2026-01-04T09:30' })).toEqual([])
})
