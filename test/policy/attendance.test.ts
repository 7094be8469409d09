import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AttendanceDayFacts,
  type CheckIn,
  type CheckInFacts,
  judgeAttendanceDay,
  judgeCheckIn,
  judgeShiftDay,
} from '../../policy/attendance.ts'
import { judgeDutyHours, spanOfShift } from '../../policy/shift.ts'
import { endOfDay, instantAt } from '../../policy/time.ts'
import { streetTeam } from './street-team.ts'

const day = '2026-11-18'
const rules = streetTeam.attendance
const at = (time: string) => instantAt(day, time)
const on = (time: string): CheckIn => ({ kind: 'on', at: at(time) })
const off = (time: string): CheckIn => ({ kind: 'off', at: at(time) })

function checkIn(time: string, facts: Partial<CheckInFacts> = {}) {
  return judgeCheckIn({ at: at(time), startsAt: at('00:00'), existing: [], due: true, rules, ...facts })
}

describe('a check-in (S0-25 上午上班、下午下班)', () => {
  it.each<[string, string, Partial<CheckInFacts>, string, string]>([
    ['a bare 打卡 in the morning', '08:17', {}, 'on', 'onTime'],
    ['the last second in time', '08:30:59', {}, 'on', 'onTime'],
    ['the first second too late', '08:31', {}, 'on', 'late'],
    ['a bare 打卡 just before noon', '11:59:59', {}, 'on', 'late'],
    ['a bare 打卡 at noon without an on', '12:00', {}, 'off', 'early'],
    ['a bare 打卡 before noon after an on', '11:00', { existing: [on('08:17')] }, 'off', 'early'],
    ['a bare 打卡 in the evening', '17:31', { existing: [on('08:17')] }, 'off', 'onTime'],
    ['the first second not early', '17:30', { existing: [on('08:17')] }, 'off', 'onTime'],
    ['the last second early', '17:29:59', { existing: [on('08:17')] }, 'off', 'early'],
    ['到岗 said in the afternoon', '13:10', { kind: 'on' }, 'on', 'late'],
    ['下班 said in the morning', '09:00', { kind: 'off' }, 'off', 'early'],
    ['到岗 after a morning of leave', '13:10', { kind: 'on', leave: 'am' }, 'on', 'onTime'],
    ['下班 before an afternoon of leave', '12:05', { kind: 'off', leave: 'pm' }, 'off', 'onTime'],
    ['a late morning before an afternoon of leave', '08:45', { leave: 'pm' }, 'on', 'late'],
    ['whoever owes none is never late', '10:00', { due: false }, 'on', 'onTime'],
    ['whoever owes none is never early', '15:00', { due: false }, 'off', 'onTime'],
    ['补卡', '10:00', { kind: 'on', makeup: true }, 'on', 'makeup'],
  ])('%s at %s', (_, time, facts, kind, result) => {
    expect(checkIn(time, facts)).toMatchObject({ kind, result })
  })

  it('keeps the last millisecond of 08:30:59 in time', () => {
    expect(judgeCheckIn({ at: at('08:31') - 1, startsAt: at('00:00'), existing: [], due: true, rules }).result).toBe(
      'onTime',
    )
  })

  it('gives the grace that a pack grants, on both sides', () => {
    const kind = { ...rules, graceMinutes: { ...rules.graceMinutes, value: 5 } }
    expect(checkIn('08:35:59', { rules: kind }).result).toBe('onTime')
    expect(checkIn('08:36', { rules: kind }).result).toBe('late')
    expect(checkIn('17:25', { rules: kind, existing: [on('08:17')] }).result).toBe('onTime')
  })

  it('names the clause of the document', () => {
    expect(checkIn('08:17').clause).toContain('上午上班、下午下班进行钉钉打卡')
  })
})

describe('a repeated check-in', () => {
  it('is no repeat the first time', () => {
    expect(checkIn('08:17').repeats).toBeUndefined()
    expect(checkIn('17:31', { existing: [on('08:17')] }).repeats).toBeUndefined()
  })

  it('tells the first on, which counts', () => {
    expect(checkIn('08:25', { kind: 'on', existing: [on('08:10'), on('08:17')] })).toMatchObject({
      kind: 'on',
      repeats: at('08:10'),
    })
  })

  it('takes a bare 打卡 soon after an on as that one again, not as going home', () => {
    expect(checkIn('08:20', { existing: [on('08:17')] })).toMatchObject({ kind: 'on', repeats: at('08:17') })
    expect(checkIn('08:47', { existing: [on('08:17')] })).toMatchObject({ kind: 'off' })
  })

  it('takes a bare 打卡 soon after on and off as another off', () => {
    expect(checkIn('08:25', { existing: [on('08:17'), off('08:20')] })).toMatchObject({
      kind: 'off',
      repeats: at('08:20'),
    })
  })

  it('takes a bare 打卡 before noon as on where only an off stands', () => {
    expect(checkIn('08:20', { existing: [off('00:30')] }).kind).toBe('on')
  })

  it('takes a bare 打卡 from noon on as off, however soon', () => {
    expect(checkIn('12:00', { existing: [on('11:55')] })).toMatchObject({ kind: 'off', result: 'early' })
  })

  it('tells the last off and judges the new one, which counts from now on', () => {
    expect(checkIn('17:45', { existing: [on('08:17'), off('17:00'), off('17:05')] })).toMatchObject({
      kind: 'off',
      result: 'onTime',
      repeats: at('17:05'),
    })
  })
})

function judgeDay(facts: Partial<AttendanceDayFacts>) {
  const { on, off } = judgeAttendanceDay({
    due: true,
    checkIns: [],
    startsAt: at('00:00'),
    now: endOfDay(day),
    rules,
    ...facts,
  })
  return [on, off]
}

describe('a day of attendance (S0-25)', () => {
  const whole = [on('08:17'), off('17:31')]
  const makeups: CheckIn[] = [
    { ...on('09:00'), makeup: true },
    { ...off('16:00'), makeup: true },
  ]

  it.each<[string, Partial<AttendanceDayFacts>, [string, string]]>([
    ['both in time', { checkIns: whole }, ['onTime', 'ok']],
    ['late and early', { checkIns: [on('08:31'), off('17:29')] }, ['late', 'early']],
    ['the first on counts', { checkIns: [on('08:40'), on('08:20'), off('17:31')] }, ['onTime', 'ok']],
    ['the last off counts', { checkIns: [on('08:20'), off('17:31'), off('12:00')] }, ['onTime', 'ok']],
    ['handed in afterwards', { checkIns: makeups }, ['makeup', 'makeup']],
    ['nothing, day over', {}, ['missing', 'missing']],
    ['nothing, before the time', { now: at('08:30:59') }, ['pending', 'pending']],
    ['nothing, time up', { now: at('08:31') }, ['missing', 'pending']],
    ['nothing, last millisecond of the day', { now: endOfDay(day) - 1 }, ['missing', 'pending']],
    ['nothing, a day to come', { now: at('00:00') - 1 }, ['pending', 'pending']],
    ['on only, afternoon', { checkIns: [on('08:17')], now: at('15:00') }, ['onTime', 'pending']],
    ['on only, day over', { checkIns: [on('08:17')] }, ['onTime', 'missing']],
    ['off only, day over', { checkIns: [off('17:31')] }, ['missing', 'ok']],
    ['leave all day', { leave: 'day' }, ['leave', 'leave']],
    ['leave in the morning, nothing else', { leave: 'am' }, ['leave', 'missing']],
    ['leave in the morning, off in time', { leave: 'am', checkIns: [on('13:00'), off('17:31')] }, ['leave', 'ok']],
    ['leave in the afternoon, on in time', { leave: 'pm', checkIns: [on('08:17')] }, ['onTime', 'leave']],
    ['leave in the afternoon, on late', { leave: 'pm', checkIns: [on('08:45'), off('12:00')] }, ['late', 'leave']],
    ['leave wins over check-ins', { leave: 'day', checkIns: whole }, ['leave', 'leave']],
    ['nothing owed, nothing done', { due: false }, ['off', 'off']],
    ['nothing owed, done all the same', { due: false, checkIns: [on('10:00'), off('15:00')] }, ['onTime', 'ok']],
    ['nothing owed, leave', { due: false, leave: 'day' }, ['off', 'off']],
    ['a provisional day, nothing', { provisional: true }, ['pending', 'pending']],
    ['a provisional day, both in time', { provisional: true, checkIns: whole }, ['onTime', 'ok']],
    ['a provisional day, leave', { provisional: true, leave: 'am' }, ['leave', 'pending']],
  ])('%s', (_, facts, states) => {
    expect(judgeDay(facts)).toEqual(states)
  })

  it('does not change the check-ins it is given', () => {
    const checkIns = Object.freeze([on('08:40'), on('08:20')])
    expect(judgeDay({ checkIns })).toEqual(['onTime', 'missing'])
  })

  it('never turns a state back into pending as time goes on', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), fc.nat(86_400_000), (a, b) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)].map(ms => judgeDay({ now: at('00:00') + ms }))
        for (const half of [0, 1]) if (earlier?.[half] === 'missing') expect(later?.[half]).toBe('missing')
      }),
    )
  })
})

describe('S4B-01: the hours of a duty roster stand in place of the pack’s', () => {
  const next = '2026-11-19'
  const hoursOf = (from: string, until: string) => judgeDutyHours(day, [spanOfShift({ name: '班', from, until }, day)])
  const night = hoursOf('20:00', '08:00')
  const morning = hoursOf('06:00', '14:00')
  const onNext = (time: string): CheckIn => ({ kind: 'off', at: instantAt(next, time) })

  it.each<[string, Partial<AttendanceDayFacts>, string, string, string]>([
    ['a night kept', { checkIns: [on('19:58'), onNext('08:01')] }, '24:00', 'onTime', 'ok'],
    ['the minute in which it begins', { checkIns: [on('20:00:59'), onNext('08:01')] }, '24:00', 'onTime', 'ok'],
    ['a minute late', { checkIns: [on('20:01'), onNext('08:01')] }, '24:00', 'late', 'ok'],
    ['gone before its end', { checkIns: [on('19:58'), onNext('07:59')] }, '24:00', 'onTime', 'early'],
    ['not come yet', {}, '19:59', 'pending', 'pending'],
    ['not come', {}, '20:01', 'missing', 'pending'],
    ['midnight does not end it', { checkIns: [on('19:58')] }, '24:00', 'onTime', 'pending'],
    ['a day of leave', { leave: 'day' }, '24:00', 'leave', 'leave'],
    ['an afternoon of leave frees from its beginning', { leave: 'pm' }, '24:00', 'leave', 'pending'],
    ['a morning of leave frees from nothing', { leave: 'am' }, '20:01', 'missing', 'pending'],
    ['away in the afternoon', { away: 'pm' }, '24:00', 'onTime', 'pending'],
    ['by nobody’s roster, nothing', { hours: undefined, due: false }, '24:00', 'off', 'off'],
  ])('a night: %s', (_, facts, now, onState, offState) => {
    const common = { due: true, checkIns: [], startsAt: at('00:00'), now: at(now), rules, hours: night }
    expect(judgeAttendanceDay({ ...common, ...facts })).toEqual({ on: onState, off: offState })
  })

  it('its end is missing four hours after it, not before', () => {
    const facts = { due: true, checkIns: [on('19:58')], startsAt: at('00:00'), rules, hours: night }
    expect(judgeAttendanceDay({ ...facts, now: instantAt(next, '11:59') }).off).toBe('pending')
    expect(judgeAttendanceDay({ ...facts, now: instantAt(next, '12:00') }).off).toBe('missing')
  })

  it.each<[string, Partial<CheckInFacts>, string, string]>([
    ['06:00', {}, 'on', 'onTime'],
    ['06:01', {}, 'on', 'late'],
    ['09:59', {}, 'on', 'late'],
    ['10:01', {}, 'off', 'early'],
    ['14:00', { existing: [on('05:50')] }, 'off', 'onTime'],
    ['13:59', { existing: [on('05:50')] }, 'off', 'early'],
  ])('a bare 打卡 at %s in an early turn %o is %s, %s', (time, facts, kind, result) => {
    expect(checkIn(time, { hours: morning, ...facts })).toMatchObject({ kind, result })
  })

  it('a going at eight belongs to the night before, a coming does not', () => {
    const facts = { existing: [], dayBefore: [on('19:58')], hoursBefore: night, rules }
    expect(judgeShiftDay({ at: instantAt(next, '08:05'), ...facts })).toBe(day)
    expect(judgeShiftDay({ at: instantAt(next, '08:05'), kind: 'on', ...facts })).toBe(next)
    expect(judgeShiftDay({ at: instantAt(next, '12:00'), ...facts })).toBe(next)
    expect(judgeShiftDay({ at: instantAt(next, '08:05'), ...facts, hoursBefore: undefined })).toBe(next)
  })
})
