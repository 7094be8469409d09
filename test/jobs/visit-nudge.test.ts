import { afterEach, beforeEach, expect, it } from 'vitest'
import { visitNudge } from '../../jobs/visit-nudge.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T09:00' })
})
afterEach(() => street.dispose())

const nudged = async (due = '2026-11-18T15:30') => (await runJob(street, visitNudge, { due })).map(({ to }) => to)

it('S0-24: reminds in private at 15:30 who has not been out yet', async () => {
  const said = await runJob(street, visitNudge, { due: '2026-11-18T15:30' })
  expect(said.map(({ to }) => to)).toEqual(['@李敏', '@王强', '@张丽', '@孙燕', '@冯洁'])
  expect(new Set(said.map(({ text }) => text)).size).toBe(1)
  expect(said[0]!.text).toContain('今天去不了，不用回')
})

it('S0-24: leaves in peace who has been out, is on leave, half of it, or elsewhere', async () => {
  await street.say('李敏', '走访了3幢王奶奶，20分钟')
  await street.say('王强', '巡查了沿江路一圈，没发现问题')
  await street.say('张丽', '今天上午请半天假，看病')
  await street.say('沈国华', '1号请假同意')
  await street.say('孙燕', '公出 去区里开会')
  expect(await nudged()).toEqual(['@冯洁'])
})

it('S0-24: leaves in peace who began a round, whether or not it has ended', async () => {
  await street.say('李敏', '开始走访')
  await street.say('王强', '开始走访')
  street.setTime('2026-11-18T09:40')
  await street.say('王强', '结束走访')
  expect(await nudged()).toEqual(['@张丽', '@孙燕', '@冯洁'])
})

it('S0-24: yesterday’s visit is not today’s', async () => {
  await street.say('冯洁', '昨天下午走访了3幢王奶奶，20分钟')
  expect(await nudged()).toContain('@冯洁')
})

it('S1-36: says nothing under a document that names no hour', async () => {
  const other = await openTestStreet({ now: '2026-11-18T09:00', pack: 'street-appraisal' })
  try {
    expect(await runJob(other, visitNudge, { due: '2026-11-18T15:30' })).toEqual([])
  } finally {
    await other.dispose()
  }
})

it('S0-24: runs on working days alone, and not long after its hour', () => {
  expect([visitNudge.days, visitNudge.catchUp]).toEqual(['workdays', 'drop'])
})
