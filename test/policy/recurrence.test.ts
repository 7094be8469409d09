import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import {
  listOccurrences,
  nextOccurrence,
  parseRecurrence,
  parseSpan,
  type Recurrence,
  renderRecurrence,
} from '../../policy/recurrence.ts'
import { addDays, daysBetween, listDays } from '../../policy/time.ts'

const calendar = createCalendar()
const facts = { calendar, shift: 'none' } as const

describe('the words of a recurrence', () => {
  it.each<[string, Recurrence | undefined]>([
    ['周期：每月3日', { every: 'month', on: 3 }],
    ['周期:每月三号', { every: 'month', on: 3 }],
    ['周期：每月二十五日', { every: 'month', on: 25 }],
    ['周期：每月十日', { every: 'month', on: 10 }],
    ['周期：每月', { every: 'month', on: 'last' }],
    ['频次：每月最后一个工作日', { every: 'month', on: 'last' }],
    ['周期：每月第一个工作日', { every: 'month', on: 'first' }],
    ['每月底前上报', { every: 'month', on: 'last' }],
    ['每月3日前报送报表', { every: 'month', on: 3 }],
    ['周期：每周', { every: 'week', on: 'last' }],
    ['每周五前上报', { every: 'week', on: 5 }],
    ['周期：每星期天', { every: 'week', on: 7 }],
    ['周期：每季度', { every: 'quarter', on: 'last' }],
    ['每季度完成一次排查', { every: 'quarter', on: 'last' }],
    ['周期：每半年', { every: 'halfYear', on: 'last' }],
    ['周期：每年', { every: 'year', on: 'last' }],
    ['周期：每天', { every: 'day', on: 'last' }],
    ['周期：每个工作日', { every: 'day', on: 'last' }],
    ['每周不少于一次，有记录', undefined],
    ['每周一次', undefined],
    ['每月三次走访', undefined],
    ['周期：每月32日', undefined],
    ['周期：每季度5日', undefined],
    ['每户上门，月底前完成', undefined],
  ])('reads %s', (words, recurrence) => {
    expect(parseRecurrence(words)).toEqual(recurrence)
  })

  const recurrences = fc.oneof(
    fc.record({ every: fc.constant('week' as const), on: fc.integer({ min: 1, max: 7 }) }),
    fc.record({ every: fc.constant('month' as const), on: fc.integer({ min: 1, max: 31 }) }),
    fc.record({
      every: fc.constantFrom(
        'week' as const,
        'month' as const,
        'quarter' as const,
        'halfYear' as const,
        'year' as const,
      ),
      on: fc.constantFrom('first' as const, 'last' as const),
    }),
    fc.constant({ every: 'day' as const, on: 'last' as const }),
  )
  const days = fc.integer({ min: 0, max: 700 }).map(count => addDays('2025-01-20', count))

  it('are read back as they are written', () => {
    fc.assert(
      fc.property(recurrences, recurrence => {
        expect(parseRecurrence(`周期：${renderRecurrence(recurrence)}`)).toEqual(recurrence)
      }),
    )
  })

  it('never throw', () => {
    fc.assert(fc.property(fc.string(), words => void [parseRecurrence(words), parseRecurrence(`周期：每${words}`)]))
  })

  it('make times that are handed out on working days, in order, never after they are due, each once', () => {
    fc.assert(
      fc.property(recurrences, days, fc.constantFrom('prev' as const, 'next' as const), (recurrence, from, shift) => {
        const to = addDays(from, 120)
        const found = listOccurrences(recurrence, { from, to }, { calendar, shift })
        const opens = found.map(({ opensOn }) => opensOn)
        expect(opens).toEqual([...opens].sort())
        expect(new Set(found.map(({ dueOn }) => dueOn)).size).toBe(found.length)
        for (const { opensOn, dueOn } of found) {
          expect(calendar.isWorkday(opensOn)).toBe(true)
          expect(calendar.isWorkday(dueOn)).toBe(true)
          expect(daysBetween(opensOn, dueOn)).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('make the same times whether the days are asked for at once or one by one', () => {
    fc.assert(
      fc.property(recurrences, days, (recurrence, from) => {
        const range = { from, to: addDays(from, 20) }
        const single = listDays(range).flatMap(day => listOccurrences(recurrence, { from: day, to: day }, facts))
        expect(single).toEqual(listOccurrences(recurrence, range, facts))
      }),
      { numRuns: 40 },
    )
  })
})

describe('the times of a standing task', () => {
  const year = { from: '2026-01-01', to: '2026-12-31' }
  it.each<[string, Recurrence, number]>([
    ['every working day', { every: 'day', on: 'last' }, 248],
    ['every month', { every: 'month', on: 3 }, 12],
    ['every quarter', { every: 'quarter', on: 'last' }, 4],
  ])('%s: as many as 2026 has', (_name, recurrence, count) => {
    expect(listOccurrences(recurrence, year, facts)).toHaveLength(count)
  })

  it('has none in a week without working days (16–22 February 2026)', () => {
    const weeks = listOccurrences({ every: 'week', on: 'last' }, { from: '2026-02-09', to: '2026-03-01' }, facts)
    expect(weeks.map(({ dueOn }) => dueOn)).toEqual(['2026-02-14', '2026-02-28'])
  })

  it('S3A holds the 3rd earlier where it is a free day: 3 January 2026 becomes 31 December', () => {
    const [first] = listOccurrences(
      { every: 'month', on: 3 },
      { from: '2025-12-31', to: '2025-12-31' },
      { calendar, shift: 'prev' },
    )
    expect(first).toEqual({ opensOn: '2025-12-31', dueOn: '2025-12-31' })
    const rest = listOccurrences(
      { every: 'month', on: 3 },
      { from: '2026-04-01', to: '2026-10-31' },
      { calendar, shift: 'prev' },
    )
    expect(rest.map(({ dueOn }) => dueOn)).toContain('2026-04-30')
    expect(rest.map(({ dueOn }) => dueOn)).toContain('2026-09-30')
  })

  it('takes the last day of a short month for the 31st', () => {
    const [first] = listOccurrences({ every: 'month', on: 31 }, { from: '2026-04-01', to: '2026-04-30' }, facts)
    expect(first).toEqual({ opensOn: '2026-04-01', dueOn: '2026-04-30' })
  })

  it('finds the next one', () => {
    expect(nextOccurrence({ every: 'month', on: 'last' }, '2026-11-18', facts)).toEqual({
      opensOn: '2026-12-01',
      dueOn: '2026-12-31',
    })
  })
})

describe('from when until when', () => {
  it.each([
    ['从12月1日起，到2027年6月30日止', { startsOn: '2026-12-01', endsOn: '2027-06-30' }],
    ['自2026-12-01至2027-06-30', { startsOn: '2026-12-01', endsOn: '2027-06-30' }],
    ['从1月5日起', { startsOn: '2027-01-05' }],
    ['从12月1日至3月1日', { startsOn: '2026-12-01', endsOn: '2027-03-01' }],
    ['从13月41日起', {}],
    ['每周五前上报', {}],
  ])('reads %s', (words, span) => {
    expect(parseSpan(words, '2026-11-18')).toEqual(span)
  })
})
