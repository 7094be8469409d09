import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listCheckIns } from '../../storage/check-ins.ts'
import { at } from '../support/clock.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-19T08:10' })
})
afterEach(() => street.dispose())
const answered = async (text: string) => toldTo(await street.say('李敏', text), '李敏')
const punches = async () => (await listCheckIns(street.db)).map(({ kind, at, result }) => [kind, at, result] as const)

describe('S0-25: a punch that was forgotten, told in everyday words', () => {
  it.each([
    ['我昨天8点20到岗的，忘了打卡', '补上班卡 11/18 08:20'],
    ['我昨天忘打卡了，8点20到的', '补上班卡 11/18 08:20'],
    ['前天下班忘打了，5点半走的', '补下班卡 11/17 17:30'],
    ['忘了打下班卡，昨天17:40走的，补一下', '补下班卡 11/18 17:40'],
  ])('S0-25: %s: of another day it goes to the leader and never becomes one of today', async (text, what) => {
    expect(await answered(text)).toContain(`已报陈桂芳审批：更正1号，${what}`)
    expect(await punches()).toEqual([])
  })

  it.each(['昨天忘打下班卡了', '昨天上班忘打卡了', '补一下昨天的卡'])(
    '%s: without a time it is asked for, with nothing recorded',
    async text => {
      expect(await answered(text)).toContain('请写明补几点的卡')
      expect(await punches()).toEqual([])
    },
  )

  it('of this morning counts from the told time, and the leader reads it', async () => {
    street.setTime('2026-11-19T09:20')
    expect(await answered('早上7点50就到了，忘打卡了')).toBe('已补记上班打卡 07:50，已告知陈桂芳。')
    expect(await punches()).toEqual([['on', at('2026-11-19T07:50'), 'makeup']])
  })

  it('told a minute late is a punch like any other', async () => {
    expect(await answered('8点09到的社区 忘记说了 记一下上班')).toBe('已记上班打卡 08:10。')
  })

  it.each(['明天上班打卡', '值班 明天 夜班', '补卡 明天上班 8:10'])('%s: a day to come is not recorded', async text => {
    expect(await answered(text)).toContain('到时候打一声就行')
    expect(await punches()).toEqual([])
  })

  it.each(['到岗了，明天上班晚点到', '打卡，昨天加班到9点', '补个上班卡'])('%s: is a punch of now', async text => {
    expect(await answered(text)).toContain('已记上班打卡 08:10')
  })
})
