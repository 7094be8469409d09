import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { listReminders } from '../../policy/reminder.ts'
import { endOfDay, formatInstant, instantAt, parseInstant } from '../../policy/time.ts'

const calendar = createCalendar()
const remind = (given: string, due: string) =>
  listReminders({
    givenAt: parseInstant(given)!,
    dueAt: due.includes('T') ? parseInstant(due)! : endOfDay(due),
    morning: '09:00',
    calendar,
  }).map(({ kind, at }) => `${kind} ${formatInstant(at).slice(5, 16)}`)

describe('who has not finished is reminded', () => {
  it('at half-time, the working day before, and on the day', () => {
    expect(remind('2026-11-18T15:45', '2026-12-04')).toEqual([
      'half 11-26T19:52',
      'dayBefore 12-03T09:00',
      'dueDay 12-04T09:00',
      'overdue 12-05T00:00',
    ])
  })

  it('of a short task on its day alone', () => {
    expect(remind('2026-11-18T15:45', '2026-11-19T17:00')).toEqual(['dueDay 11-19T09:00', 'overdue 11-19T17:00'])
    expect(remind('2026-11-18T15:45', '2026-11-18T18:00')).toEqual(['overdue 11-18T18:00'])
  })

  it('before a weekend or a holiday in which the time runs out', () => {
    expect(remind('2026-09-21T15:45', '2026-10-05')).toEqual([
      'half 09-28T19:52',
      'dayBefore 09-29T09:00',
      'dueDay 09-30T09:00',
      'overdue 10-06T00:00',
    ])
  })

  it('never before it was given and never after it is due', () => {
    for (let hour = 0; hour < 400; hour += 7) {
      const givenAt = instantAt('2026-11-18', '15:45')
      const dueAt = givenAt + (hour + 1) * 3_600_000
      const reminders = listReminders({ givenAt, dueAt, morning: '09:00', calendar })
      for (const { kind, at } of reminders) {
        expect(at).toBeGreaterThan(givenAt)
        expect(kind === 'overdue' ? at === dueAt : at < dueAt).toBe(true)
      }
    }
  })
})
