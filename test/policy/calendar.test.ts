import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CalendarDay, createCalendar } from '../../policy/calendar.ts'
import { addDays, listDays, periodRange, weekdayOf } from '../../policy/time.ts'
import { describeInZones } from './zones.ts'

const calendar = createCalendar()
const daysOf2026 = listDays(periodRange('2026'))

/** The State Council's schedule for 2026, written out: free days and weekend days worked. */
const freeDays2026 = [
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
].flatMap(([from = '', to = '']) => listDays({ from, to }))
const makeUpDays2026 = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']

function isWorkdaySlowly(day: string): boolean {
  if (freeDays2026.includes(day)) return false
  return makeUpDays2026.includes(day) || weekdayOf(day) <= 5
}

describeInZones('working days of 2026', () => {
  it('agrees with the published schedule on each of the 365 days', () => {
    expect(daysOf2026.filter(day => calendar.isWorkday(day) !== isWorkdaySlowly(day))).toEqual([])
  })

  it('has the working days of each month, 248 in the year', () => {
    const perMonth = Array.from({ length: 12 }, (_, index) => {
      const month = `2026-${String(index + 1).padStart(2, '0')}`
      return calendar.workdaysBetween(`${month}-01`, periodRange(month).to).length
    })
    expect(perMonth).toEqual([21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23])
    expect(calendar.workdaysBetween('2026-01-01', '2026-12-31')).toHaveLength(248)
  })

  it('has the working days of each half month', () => {
    const firstHalves = Array.from({ length: 12 }, (_, index) => {
      const month = `2026-${String(index + 1).padStart(2, '0')}`
      return calendar.workdaysBetween(`${month}-01`, `${month}-15`).length
    })
    expect(firstHalves).toEqual([10, 11, 10, 10, 9, 11, 11, 10, 11, 7, 10, 11])
  })

  it.each([
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-02-13', 10, '2026-03-05'],
    ['2026-04-30', 2, '2026-05-07'],
    ['2026-04-30', 3, '2026-05-08'],
    ['2026-04-30', 5, '2026-05-11'],
    ['2026-04-30', 10, '2026-05-18'],
    ['2026-09-30', 2, '2026-10-09'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-09-30', 10, '2026-10-20'],
    ['2026-09-25', 2, '2026-09-29'],
    ['2026-09-25', 3, '2026-09-30'],
    ['2026-09-25', 5, '2026-10-09'],
    ['2026-09-25', 10, '2026-10-15'],
    ['2026-03-06', 2, '2026-03-10'],
    ['2026-03-06', 3, '2026-03-11'],
    ['2026-03-06', 5, '2026-03-13'],
    ['2026-03-06', 10, '2026-03-20'],
  ])('counts from %s %i working days to %s', (day, count, due) => {
    expect(calendar.addWorkdays(day, count)).toMatchObject({ day: due, provisional: false })
  })
})

describe('the sum in words', () => {
  it.each([
    ['2026-02-13', 2, '2个工作日：2/14 上班，2/15–23 春节，2/24'],
    ['2026-03-06', 5, '5个工作日：3/7–8 周末，3/9–13'],
    ['2026-11-18', 1, '1个工作日：11/19'],
    ['2026-09-25', 2, '2个工作日：9/26–27 中秋，9/28–29'],
    ['2026-03-06', 0, '0个工作日：当天'],
    ['2025-12-31', 2, '2个工作日：2026/1/1–3 元旦，2026/1/4 上班，2026/1/5'],
  ])('of %s and %i reads %s', (day, count, words) => {
    expect(calendar.addWorkdays(day, count).arithmetic).toBe(words)
  })

  it('says that the year is not known yet', () => {
    expect(calendar.addWorkdays('2026-12-30', 3)).toEqual({
      day: '2027-01-04',
      arithmetic: '3个工作日：12/31–2027/1/1，2027/1/2–3 周末，2027/1/4（2027年放假安排未导入，暂按周一至周五）',
      provisional: true,
    })
  })

  it('refuses a count that is no whole number of days', () => {
    for (const count of [-1, 1.5, Number.NaN])
      expect(() => calendar.addWorkdays('2026-03-06', count)).toThrow(RangeError)
  })
})

describe('weeks', () => {
  it.each([
    ['2026-02-18', undefined], // the whole week is Spring Festival
    ['2026-02-24', '2026-02-24'],
    ['2026-02-11', '2026-02-09'],
    ['2026-10-05', '2026-10-08'],
    ['2026-11-22', '2026-11-16'],
  ])('the week of %s starts work on %s', (day, first) => {
    expect(calendar.firstWorkdayOfWeek(day)).toBe(first)
  })

  it.each([
    ['2026-02-16', 0],
    ['2026-02-09', 6],
    ['2026-09-14', 6],
    ['2026-09-28', 3],
    ['2026-10-05', 3],
  ])('the week from %s has %i working days', (monday, count) => {
    expect(calendar.workdaysBetween(monday, addDays(monday, 6))).toHaveLength(count)
  })
})

describe('moving a day off a holiday (S3A: 遇节假日提前)', () => {
  it.each([
    ['2026-01-03', 'prev', '2025-12-31'],
    ['2026-05-03', 'prev', '2026-04-30'],
    ['2026-10-03', 'prev', '2026-09-30'],
    ['2026-11-03', 'prev', '2026-11-03'],
    ['2026-10-03', 'next', '2026-10-08'],
    ['2026-10-03', 'none', '2026-10-03'],
  ] as const)('%s moved %s is %s', (day, shift, moved) => {
    expect(calendar.shiftHoliday(day, shift)).toBe(moved)
  })
})

describe('holiday names', () => {
  it('names the holiday on its free days only', () => {
    expect(calendar.holidayName('2026-02-16')).toBe('春节')
    expect(calendar.holidayName('2026-02-14')).toBeUndefined()
    expect(calendar.holidayName('2026-11-21')).toBeUndefined()
  })
})

describe('a year that is not published', () => {
  it('runs Monday to Friday, is provisional and says so', () => {
    expect(calendar.lastKnownYear).toBe(2026)
    expect(calendar.isKnown('2026-12-31')).toBe(true)
    expect(calendar.isKnown('2027-01-01')).toBe(false)
    expect(calendar.isWorkday('2027-10-01')).toBe(true)
    expect(calendar.caveatOf('2027-10-01')).toBe('2027年放假安排未导入，暂按周一至周五')
    expect(calendar.caveatOf('2026-10-01')).toBeUndefined()
  })

  it('becomes known when an administrator enters it', () => {
    const newYear: CalendarDay = { day: '2027-01-01', workday: false, name: '元旦' }
    const entered = createCalendar({ days: [newYear], years: [2027] })
    expect(entered.lastKnownYear).toBe(2027)
    expect(entered.addWorkdays('2026-12-30', 3)).toEqual({
      day: '2027-01-05',
      arithmetic: '3个工作日：12/31，2027/1/1 元旦，2027/1/2–3 周末，2027/1/4–5',
      provisional: false,
    })
    expect(entered.caveatOf('2027-05-01')).toBeUndefined()
  })

  it('stays unknown but for the single days entered', () => {
    const entered = createCalendar({ days: [{ day: '2027-01-01', workday: false, name: '元旦' }] })
    expect([entered.isKnown('2027-01-01'), entered.isKnown('2027-01-02')]).toEqual([true, false])
    expect(entered.lastKnownYear).toBe(2026)
  })
})

describe('an exception entered by an administrator', () => {
  it('wins over the published schedule and over the weekday', () => {
    const entered = createCalendar({
      days: [
        { day: '2026-07-15', workday: false, name: '台风停工' },
        { day: '2026-02-16', workday: true },
      ],
    })
    expect(entered.isWorkday('2026-02-16')).toBe(true)
    expect(entered.holidayName('2026-07-15')).toBe('台风停工')
    expect(entered.addWorkdays('2026-07-14', 1).arithmetic).toBe('1个工作日：7/15 台风停工，7/16')
    expect(calendar.isWorkday('2026-07-15')).toBe(true)
  })
})

describe('counting working days', () => {
  const anyDay = fc.constantFrom(...daysOf2026)

  it('agrees with walking day by day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 40 }), (day, count) => {
        let walked = day
        for (let seen = 0; seen < count; ) {
          walked = addDays(walked, 1)
          if (walked > '2026-12-31' ? weekdayOf(walked) <= 5 : isWorkdaySlowly(walked)) seen++
        }
        const sum = calendar.addWorkdays(day, count)
        expect(sum.day).toBe(walked)
        expect(sum.provisional).toBe(count > 0 && walked > '2026-12-31')
      }),
    )
  })

  it('finds neighbours with only free days between', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const next = calendar.nextWorkday(day)
        const previous = calendar.previousWorkday(day)
        expect(previous < day && day < next).toBe(true)
        expect(calendar.workdaysBetween(addDays(day, 1), next)).toEqual([next])
        expect(calendar.workdaysBetween(previous, addDays(day, -1))).toEqual([previous])
      }),
    )
  })
})
