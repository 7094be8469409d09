import { expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { judgeQuiet } from '../../policy/quiet.ts'
import { formatInstant, instantAt } from '../../policy/time.ts'
import { streetTeam } from './street-team.ts'

const calendar = createCalendar()

function endOfQuiet(day: string, time: string): string | undefined {
  const { quiet, endsAt } = judgeQuiet(instantAt(day, time), streetTeam.quietHours, calendar)
  return quiet ? formatInstant(endsAt).slice(0, 16) : undefined
}

it.each([
  ['2026-11-18', '08:00', undefined],
  ['2026-11-18', '12:00', undefined],
  ['2026-11-18', '19:59:59', undefined],
  ['2026-11-18', '20:00', '2026-11-19T08:00'],
  ['2026-11-18', '23:59', '2026-11-19T08:00'],
  ['2026-11-18', '00:00', '2026-11-18T08:00'],
  ['2026-11-18', '07:59:59', '2026-11-18T08:00'],
  ['2026-11-20', '20:00', '2026-11-23T08:00'], // Friday evening waits for Monday
  ['2026-11-21', '12:00', '2026-11-23T08:00'],
  ['2026-11-23', '06:00', '2026-11-23T08:00'],
  ['2026-02-14', '12:00', undefined], // a Saturday that is worked
  ['2026-02-14', '20:00', '2026-02-24T08:00'], // through Spring Festival
  ['2026-12-31', '20:00', '2027-01-01T08:00'], // 2027 is not known: Monday to Friday
])('on %s at %s quiet ends: %s', (day, time, end) => {
  expect(endOfQuiet(day, time)).toBe(end)
})

it('ends at the next morning where non-working days are not quiet', () => {
  const rules = { ...streetTeam.quietHours, value: { from: '22:00', to: '07:00', nonWorkdays: false } }
  expect(judgeQuiet(instantAt('2026-11-21', '12:00'), rules, calendar).quiet).toBe(false)
  expect(judgeQuiet(instantAt('2026-11-20', '22:30'), rules, calendar)).toEqual({
    quiet: true,
    endsAt: instantAt('2026-11-21', '07:00'),
  })
})
