import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { judgeDeadline, type Limit } from '../../policy/deadline.ts'
import { endOfDay, instantAt } from '../../policy/time.ts'

const calendar = createCalendar()

function judge(reportedOn: string, limit: Limit, at?: number) {
  return judgeDeadline({ reportedOn, limit, calendar, at })
}

describe('S2-28: working days, all counted from the report', () => {
  it.each([
    ['2026-02-13', ['2026-02-24', '2026-02-25', '2026-02-27']],
    ['2026-04-30', ['2026-05-07', '2026-05-08', '2026-05-11']],
    ['2026-09-30', ['2026-10-09', '2026-10-10', '2026-10-13']],
    ['2026-09-25', ['2026-09-29', '2026-09-30', '2026-10-09']],
    ['2026-03-06', ['2026-03-10', '2026-03-11', '2026-03-13']],
  ])('reported on %s: 2, 3 and 5 working days end on %j', (reportedOn, days) => {
    const clause = '2个工作日内受理'
    expect([2, 3, 5].map(count => judge(reportedOn, { unit: 'workday', count, clause }).day)).toEqual(days)
  })

  it('ends at 24:00 of the last day and carries clause and sum', () => {
    expect(judge('2026-02-13', { unit: 'workday', count: 2, clause: '2个工作日内受理' })).toEqual({
      ok: true,
      clause: '2个工作日内受理',
      day: '2026-02-24',
      dueAt: endOfDay('2026-02-24'),
      arithmetic: '2个工作日：2/14 上班，2/15–23 春节，2/24',
      provisional: false,
    })
  })

  it('is provisional where the count runs into 2027', () => {
    const verdict = judge('2026-12-31', { unit: 'workday', count: 2, clause: '2个工作日' })
    expect(verdict).toMatchObject({ day: '2027-01-04', provisional: true })
    expect(verdict.arithmetic).toContain('2027年放假安排未导入，暂按周一至周五')
  })
})

describe('S3A: days of the calendar', () => {
  it.each([
    ['2026-02-13', ['2026-02-20', '2026-02-28', '2026-03-15']],
    ['2026-04-30', ['2026-05-07', '2026-05-15', '2026-05-30']],
    ['2026-09-30', ['2026-10-07', '2026-10-15', '2026-10-30']],
    ['2026-09-25', ['2026-10-02', '2026-10-10', '2026-10-25']],
    ['2026-03-06', ['2026-03-13', '2026-03-21', '2026-04-05']],
  ])('reported on %s: 7, 15 and 30 days end on %j', (reportedOn, days) => {
    const clause = '7天内答复'
    expect([7, 15, 30].map(count => judge(reportedOn, { unit: 'day', count, clause }).day)).toEqual(days)
  })

  it.each([
    ['prev', '2026-09-30', '7天：10/7 国庆节，提前至9/30'],
    ['next', '2026-10-08', '7天：10/7 国庆节，顺延至10/8'],
    ['none', '2026-10-07', '7天：10/7'],
  ] as const)('a last day on a holiday, shift %s, becomes %s', (shift, day, arithmetic) => {
    const verdict = judge('2026-09-30', { unit: 'day', count: 7, shift, clause: '遇节假日提前' })
    expect(verdict).toMatchObject({ day, arithmetic, provisional: false })
  })

  it('needs no holidays of an unknown year unless the day may move', () => {
    const limit = { unit: 'day', count: 7, clause: '7天' } as const
    expect(judge('2026-12-30', limit)).toMatchObject({ provisional: false, arithmetic: '7天：2027/1/6' })
    expect(judge('2026-12-30', { ...limit, shift: 'prev' })).toMatchObject({ provisional: true })
  })
})

describe('months', () => {
  it('end on the same date, or on the last day of a shorter month', () => {
    const limit = { unit: 'month', count: 1, clause: '一个月' } as const
    expect(judge('2026-01-31', limit)).toMatchObject({ day: '2026-02-28', arithmetic: '1个月：2/28' })
    expect(judge('2026-11-18', limit)).toMatchObject({ day: '2026-12-18' })
  })
})

describe('S0-21: 当日16:00前', () => {
  const limit = { unit: 'clock', count: 0, time: '16:00', clause: '当日16:00前' } as const

  it('is up at 16:00:00 of the same day', () => {
    const cutoff = instantAt('2026-11-18', '16:00')
    expect(judge('2026-11-18', limit, cutoff - 1)).toMatchObject({ ok: true, dueAt: cutoff })
    expect(judge('2026-11-18', limit, cutoff)).toMatchObject({ ok: false, reason: 'overdue', dueAt: cutoff })
    expect(judge('2026-11-18', limit).arithmetic).toBe('当日：11/18 16:00')
  })
})

describe('being overdue', () => {
  const limit = { unit: 'workday', count: 2, clause: '2个工作日' } as const

  it('starts when the last day is over', () => {
    expect(judge('2026-02-13', limit, endOfDay('2026-02-24') - 1).ok).toBe(true)
    expect(judge('2026-02-13', limit, endOfDay('2026-02-24'))).toMatchObject({ ok: false, reason: 'overdue' })
  })
})

it('refuses a limit that is no whole number', () => {
  for (const count of [-1, 0.5]) {
    for (const unit of ['workday', 'day', 'month'] as const)
      expect(() => judge('2026-02-13', { unit, count, clause: 'x' })).toThrow(RangeError)
  }
})
