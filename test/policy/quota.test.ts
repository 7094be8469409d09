import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { judgeWeekQuota } from '../../policy/quota.ts'
import { addDays, mondayOf } from '../../policy/time.ts'
import { readBuiltIn } from '../support/street-data.ts'

const calendar = createCalendar()
const { pack } = readBuiltIn('county-grid')
const judge = (day: string, own = calendar) => judgeWeekQuota(pack, own, day)!

/** Mondays of 2026 whose week has not five working days, as the State Council published them: [working days, owed]. */
const OTHER_WEEKS: Record<string, [workdays: number, owed: number]> = {
  '2025-12-29': [4, 4],
  '2026-02-09': [6, 5],
  '2026-02-16': [0, 0],
  '2026-02-23': [5, 5],
  '2026-04-06': [4, 4],
  '2026-04-27': [4, 4],
  '2026-05-04': [4, 4],
  '2026-06-15': [4, 4],
  '2026-09-14': [6, 5],
  '2026-09-21': [4, 4],
  '2026-09-28': [3, 3],
  '2026-10-05': [3, 3],
}
const MONDAYS = Array.from({ length: 52 }, (_, week) => addDays('2025-12-29', 7 * week))

describe('what a grid owes in a week', () => {
  it.each(MONDAYS)('S2-25: the week of %s', monday => {
    const { week, workdays, owed, provisional } = judge(monday)
    const [days, items] = OTHER_WEEKS[monday] ?? [5, 5]
    expect({ week, workdays, owed, provisional }).toEqual({
      week: { from: monday, to: addDays(monday, 6) },
      workdays: days,
      owed: items,
      provisional: false,
    })
  })

  it('S2-25: spells the sum, and asks nothing of a week without working days', () => {
    expect(judge('2026-10-01').arithmetic).toBe('本周3个工作日，应报3条')
    expect(judge('2026-02-18').arithmetic).toBe('本周没有工作日，不用报')
  })

  it('S2-25: nothing is owed in a year whose holidays are not known, nor in a week that reaches into it', () => {
    const last = calendar.lastKnownYear
    for (const day of [`${last + 1}-03-03`, `${last}-12-31`]) {
      const { owed, provisional, arithmetic } = judge(day)
      if (mondayOf(day) < `${last + 1}-01-01` && addDays(mondayOf(day), 6) <= `${last}-12-31`) continue
      expect([owed, provisional, arithmetic]).toEqual([0, true, '放假安排未导入，本周不计'])
    }
  })

  it('S2-25: a day that the administrator frees makes the week shorter', () => {
    const own = createCalendar({ days: [{ day: '2026-11-18', workday: false, name: '台风停工' }] })
    expect([judge('2026-11-18', own).workdays, judge('2026-11-18', own).owed]).toEqual([4, 4])
  })

  it('S2-25: a document without a number asks for none', () => {
    expect(judgeWeekQuota(readBuiltIn('street-team').pack, calendar, '2026-11-18')).toBeUndefined()
  })
})
