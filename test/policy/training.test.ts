import { describe, expect, it } from 'vitest'
import { excuseOf, percentOf } from '../../policy/training.ts'
import { at } from '../support/clock.ts'

const missed = {
  startDay: '2026-11-20',
  startAt: at('2026-11-20T14:00'),
  calledAt: at('2026-11-16T09:00'),
  isCertainWorkday: true,
  isPresent: false,
  hasMadeUp: false,
  isExcused: false,
  wasCalledAway: false,
}

describe('S0-28: a class that was missed', () => {
  it('without a reason may be proposed', () => {
    expect(excuseOf(missed)).toBeUndefined()
  })

  it.each([
    ['signed in, however late', { isPresent: true }, 'present'],
    ['made up for', { hasMadeUp: true }, 'madeUp'],
    ['on approved leave', { isExcused: true }, 'leave'],
    ['at an emergency', { wasCalledAway: true }, 'emergency'],
    ['called less than a day before', { calledAt: at('2026-11-19T14:01') }, 'shortNotice'],
    ['moved less than a day before', { movedAt: at('2026-11-19T20:00') }, 'shortNotice'],
    ['on a free day or one not known yet', { isCertainWorkday: false }, 'notWorkday'],
  ])('%s is no 旷工', (_, change, excuse) => {
    expect(excuseOf({ ...missed, ...change })).toBe(excuse)
  })

  it('called exactly a day before was called in time', () => {
    expect(excuseOf({ ...missed, calledAt: at('2026-11-19T14:00') })).toBeUndefined()
  })
})

it('S2-04: 100% means everybody', () => {
  expect(percentOf(199, 200)).toBe(99)
  expect(percentOf(200, 200)).toBe(100)
  expect(percentOf(0, 0)).toBe(100)
})
