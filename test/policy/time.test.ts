import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  endOfDay,
  formatDayShort,
  formatInstant,
  formatMoment,
  halfYearOf,
  instantAt,
  isDay,
  isoWeekOf,
  listDays,
  mondayOf,
  monthRange,
  namedRange,
  type PeriodWord,
  parseInstant,
  parseTime,
  periodRange,
  quarterOf,
  timeOf,
  weekdayOf,
} from '../../policy/time.ts'
import { describeInZones } from './zones.ts'

const wednesday = '2026-11-18'

describeInZones('local time', () => {
  it('reads the instant 00:21 UTC as 08:21 in Shanghai', () => {
    const at = Date.UTC(2026, 10, 18, 0, 21)
    expect([dayOf(at), timeOf(at), formatInstant(at)]).toEqual([wednesday, '08:21', '2026-11-18T08:21:00+08:00'])
  })

  it('changes the day at 16:00 UTC', () => {
    expect(dayOf(Date.UTC(2026, 10, 18, 16) - 1)).toBe(wednesday)
    expect(dayOf(Date.UTC(2026, 10, 18, 16))).toBe('2026-11-19')
  })

  it('lets a day end at 24:00, which is 00:00 of the next', () => {
    expect(endOfDay(wednesday)).toBe(instantAt('2026-11-19', '00:00'))
    expect(endOfDay('2026-12-31')).toBe(Date.UTC(2026, 11, 31, 16))
  })

  it('keeps days of 24 hours where other zones change their clocks', () => {
    for (const day of ['2026-03-08', '2026-11-01']) expect(endOfDay(day) - instantAt(day, '00:00')).toBe(86_400_000)
  })

  it('counts days over the ends of months and years', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31')
    expect(daysBetween('2026-02-13', '2026-03-15')).toBe(30)
  })

  it('finds Monday and the weekday, Monday first', () => {
    expect(listDays({ from: '2026-11-16', to: '2026-11-22' }).map(weekdayOf)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
  })

  it('writes days and moments for people', () => {
    expect(formatDayShort(wednesday)).toBe('11月18日（周三）')
    expect(formatMoment(instantAt('2026-11-22', '09:05'))).toBe('11月22日（周日）09:05')
  })
})

describe('months', () => {
  it('stops at the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2027-12-31', 2)).toBe('2028-02-29')
    expect(addMonths('2026-12-03', 1)).toBe('2027-01-03')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  })
})

describe('periods', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-H1', '2026-01-01', '2026-06-30'],
    ['2026-H2', '2026-07-01', '2026-12-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2028-02', '2028-02-01', '2028-02-29'],
    ['2026-12', '2026-12-01', '2026-12-31'],
    ['2026-W47', '2026-11-16', '2026-11-22'],
    ['2026-W01', '2025-12-29', '2026-01-04'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
    ['2026-11-18', '2026-11-18', '2026-11-18'],
  ])('%s runs from %s to %s', (period, from, to) => {
    expect(periodRange(period)).toEqual({ from, to })
  })

  it.each(['2026-13', '2026-Q5', '2026-H3', '2025-W53', '2026-W00', '2026-02-30', '26', '', '2026-11-18x'])(
    'refuses %j',
    period => {
      expect(() => periodRange(period)).toThrow(RangeError)
    },
  )

  it.each<[PeriodWord, string, string]>([
    ['today', '2026-11-18', '2026-11-18'],
    ['yesterday', '2026-11-17', '2026-11-17'],
    ['thisWeek', '2026-11-16', '2026-11-22'],
    ['lastWeek', '2026-11-09', '2026-11-15'],
    ['thisMonth', '2026-11-01', '2026-11-30'],
    ['lastMonth', '2026-10-01', '2026-10-31'],
    ['thisQuarter', '2026-10-01', '2026-12-31'],
    ['thisYear', '2026-01-01', '2026-12-31'],
  ])('%s on 18 November 2026 runs from %s to %s', (word, from, to) => {
    expect(namedRange(word, wednesday)).toEqual({ from, to })
  })

  it('takes last month over the turn of the year', () => {
    expect(namedRange('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect(namedRange('lastWeek', '2026-01-01')).toEqual({ from: '2025-12-22', to: '2025-12-28' })
  })

  it('names quarter and half-year of a day', () => {
    expect([quarterOf('2026-03-31'), quarterOf('2026-04-01')]).toEqual(['2026-Q1', '2026-Q2'])
    expect([halfYearOf('2026-06-30'), halfYearOf('2026-07-01')]).toEqual(['2026-H1', '2026-H2'])
  })

  it('puts every day into the ISO week and the month that hold it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), offset => {
        const day = addDays('2026-01-01', offset)
        const week = periodRange(isoWeekOf(day))
        expect(week.from <= day && day <= week.to).toBe(true)
        expect(weekdayOf(week.from)).toBe(1)
        expect(daysBetween(week.from, week.to)).toBe(6)
        const month = monthRange(day.slice(0, 7))
        expect(month.from <= day && day <= month.to).toBe(true)
        expect(addDays(month.to, 1).slice(8)).toBe('01')
      }),
    )
  })
})

describe('instants in text', () => {
  it.each([
    ['2026-11-18T08:21:00+08:00', Date.UTC(2026, 10, 18, 0, 21)],
    ['2026-11-18T00:21:00Z', Date.UTC(2026, 10, 18, 0, 21)],
    ['2026-11-17T19:21:00-05:00', Date.UTC(2026, 10, 18, 0, 21)],
    ['2026-11-18T08:21', Date.UTC(2026, 10, 18, 0, 21)],
    ['2026-11-18 08:21:30', Date.UTC(2026, 10, 18, 0, 21, 30)],
    ['2026-11-18T08:21:30.5+08:00', Date.UTC(2026, 10, 18, 0, 21, 30, 500)],
    ['2026-11-18', Date.UTC(2026, 10, 17, 16)],
  ])('reads %s', (text, at) => {
    expect(parseInstant(text)).toBe(at)
  })

  it.each(['', 'now', '2026-02-30T08:00', '2026-11-18T24:00', '2026-11-18T08:61', '18.11.2026', '1795000000000'])(
    'does not read %j',
    text => {
      expect(parseInstant(text)).toBeUndefined()
    },
  )

  it('reads back what it wrote, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), seconds => {
        expect(parseInstant(formatInstant(seconds * 1000))).toBe(seconds * 1000)
      }),
    )
  })

  it('knows days that do not exist', () => {
    expect(['2026-02-28', '2026-02-29', '2026-00-10', '2026-1-1', ''].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
    expect(() => addDays('2026-02-29', 1)).toThrow(RangeError)
  })

  it('refuses a time of day that does not exist', () => {
    expect(parseTime('24:00')).toBe(86_400_000)
    for (const time of ['24:01', '8:30', '08:60', 'noon']) expect(() => parseTime(time)).toThrow(RangeError)
  })
})
