import { afterEach, describe, expect, it } from 'vitest'
import { jobs } from '../../jobs/index.ts'
import { oldAgeAllowance } from '../../jobs/old-age-allowance.ts'
import { visitDue } from '../../jobs/visit-due.ts'
import { visitNudge } from '../../jobs/visit-nudge.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street?.dispose())

describe('who still has people to visit', () => {
  it('S1-16, S2-24: reads it once a week, in private and by code; whoever owes nothing reads nothing', async () => {
    street = await openTestStreet({ now: '2026-11-02T10:00', pack: 'street-appraisal' })
    await street.say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    await street.say('张丽', '登记走访对象 困难户 李建国 5幢101')
    await street.say('孙燕', '登记走访对象 低保户 赵强 9幢1')
    await street.say('孙燕', '走访低保-02，都好')
    const said = await runJob(street, visitDue, { due: '2026-11-09T09:10' })
    expect(said.map(({ to, text }) => [to, text])).toEqual([
      ['@张丽', '还要走访2人：低保-01 王**（到11/30）、困难-01 李**（到11/30）。'],
    ])
  })

  it('names those missed last month first and says how many they are', async () => {
    street = await openTestStreet({ now: '2026-10-09T10:00', pack: 'street-appraisal' })
    await street.say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    street.setTime('2026-11-02T10:00')
    const [said] = await runJob(street, visitDue, { due: '2026-11-09T09:10' })
    expect(said?.text).toBe('还要走访1人，其中1人上期也没走访：低保-01 王**（到11/30）。')
  })

  it('is not asked on leave', async () => {
    street = await openTestStreet({ now: '2026-11-06T10:00', pack: 'street-appraisal' })
    await street.say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    await street.say('张丽', '11月9日请假一天 带娃看病')
    await street.say('何大勇', '同意')
    await street.say('沈国华', '同意')
    expect(await runJob(street, visitDue, { due: '2026-11-09T09:10' })).toEqual([])
  })

  it('does not read it twice: the morning line of the same day told it', async () => {
    street = await openTestStreet({ now: '2026-11-06T10:00', pack: 'street-appraisal' })
    await street.say('张丽', '登记走访对象 低保户 王秀英 3幢201')
    const morning = jobs.find(({ name }) => name === 'morning-line')!
    const [line] = await runJob(street, morning, { due: '2026-11-09T08:30' })
    expect(line?.text).toContain('低保-01')
    expect(await runJob(street, visitDue, { due: '2026-11-09T09:10' })).toEqual([])
  })
})

describe('S4C-03: the allowance of the very old', () => {
  it('is told on the first working day of the month in which somebody turns eighty, to who answers for them', async () => {
    street = await openTestStreet({ now: '2026-10-20T10:00', pack: 'village-grid' })
    await street.say('张丽', '登记走访对象 高龄老人 王秀英 3幢201 1946-11-23生')
    await street.say('张丽', '登记走访对象 高龄老人 李建国 5幢101 1946-12-01生')
    expect(await runJob(street, oldAgeAllowance, { due: '2026-10-30T09:15' })).toEqual([])
    const [said, ...more] = await runJob(street, oldAgeAllowance, { due: '2026-11-02T09:15' })
    expect([said?.to, more]).toEqual(['@张丽', []])
    expect(said?.text).toMatch(/^本月满80周岁：高龄-01 王\*\*（11\/23），可以登记高龄补贴（依据：.*八十岁/)
    expect(said?.text).toContain('农历')
    expect(await runJob(street, oldAgeAllowance, { due: '2026-11-03T09:15' })).toEqual([])
    const late = await runJob(street, oldAgeAllowance, { due: '2026-12-01T09:15', now: '2026-12-02T11:00' })
    expect(late[0]?.text).toContain('高龄-02')
  })

  it('is not told where the document has none', async () => {
    street = await openTestStreet({ now: '2026-10-20T10:00', pack: 'street-appraisal' })
    await street.say('张丽', '登记走访对象 低保户 王秀英 3幢201 1946-11-23生')
    expect(await runJob(street, oldAgeAllowance, { due: '2026-11-02T09:15' })).toEqual([])
  })
})

it('S0-24: an attempt and a visit of many households are a day in the grid', async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00' })
  await street.say('张丽', '走访王奶奶 不在家')
  await street.say('孙燕', '走访3幢2单元5户')
  const nudged = (await runJob(street, visitNudge, { due: '2026-11-18T15:30' })).map(({ to }) => to)
  expect(nudged).not.toContain('@张丽')
  expect(nudged).not.toContain('@孙燕')
  expect(nudged).toContain('@李敏')
})
