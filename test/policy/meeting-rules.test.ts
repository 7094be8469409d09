import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { askDaysOf, daysOfSpan, ruledDayOf, spanOf } from '../../policy/meeting-rules.ts'
import { readBuiltIn } from '../support/street-data.ts'

const calendar = createCalendar()
const town = readBuiltIn('town-visits').pack
const monthly = town.meetings.find(({ value }) => value.onDay !== undefined)!.value
const facts = { calendar, shift: town.holidayShift.value }
const team = readBuiltIn('street-team').pack
const teamFacts = { calendar, shift: team.holidayShift.value }
const ruleOf = (kind: string) => team.meetings.find(({ value }) => value.kind === kind)!.value

describe('the day that the document names', () => {
  it.each([
    ['2026-01', '2025-12-31', '元旦'],
    ['2026-02', '2026-02-03', undefined],
    ['2026-05', '2026-04-30', '劳动节'],
    ['2026-09', '2026-09-03', undefined],
    ['2026-10', '2026-09-30', '国庆节'],
  ])('S3A-13: 例会 of %s is on %s', (month, day, movedFor) => {
    const ruled = ruledDayOf(monthly, month, facts)!
    expect(ruled.day).toBe(day)
    expect(ruled.on).toBe(`${month}-03`)
    if (movedFor) expect(ruled.movedFor).toContain(movedFor.slice(0, 2))
    else expect(ruled.movedFor).toBeUndefined()
  })

  it('S3A-13: a meeting on a day moved into September is that of October, and of no other month', () => {
    expect(spanOf(monthly, '2026-09-30', facts)).toBe('2026-10')
    expect(spanOf(monthly, '2026-09-29', facts)).toBe('2026-09')
    expect(daysOfSpan(monthly, '2026-10', facts)).toEqual({ from: '2026-09-30', to: '2026-10-31' })
    expect(daysOfSpan(monthly, '2026-09', facts)).toEqual({ from: '2026-09-01', to: '2026-09-29' })
  })

  it('S3A-13: its owner hears of it two working days before', () => {
    expect(askDaysOf(monthly, '2026-10', facts)).toContain('2026-09-28')
  })
})

describe('when somebody hears that a meeting is missing', () => {
  it.each([
    ['2026-W47', ['2026-11-20']], // an ordinary Friday
    ['2026-W08', []], // 春节: no working day in the week of 16 February
    ['2026-W40', ['2026-09-30']], // 国庆 begins on Thursday
    ['2026-W41', ['2026-10-09']], // back on Thursday the 8th
  ])('S0-29: of week %s on %j', (span, days) => {
    expect(askDaysOf(ruleOf('weekly'), span, teamFacts)).toEqual(days)
  })

  it('S0-30, S0-31: of a month and a quarter on their last working day', () => {
    expect(askDaysOf(ruleOf('monthly'), '2026-10', teamFacts)).toEqual(['2026-10-30'])
    expect(askDaysOf(ruleOf('quarterly'), '2026-Q4', teamFacts)).toEqual(['2026-12-31'])
  })
})
