import { expect, it } from 'vitest'
import { renderDay } from '../../handlers/query/attendance-words.ts'
import {
  type CheckIn,
  type CheckInKind,
  judgeAttendanceDay,
  judgeCheckIn,
  judgeShiftDay,
  type LeaveOfDay,
} from '../../policy/attendance.ts'
import { createCalendar } from '../../policy/calendar.ts'
import { addDays, instantAt } from '../../policy/time.ts'
import { readBuiltIn } from '../support/street-data.ts'

const rules = readBuiltIn('street-team').pack.attendance
const calendar = createCalendar()

interface Case {
  /** `打卡 08:17`, `下班 +00:40` (the next day), `补上班 08:20`, `钉钉下班 17:02 按时`. */
  said?: string[]
  leave?: LeaveOfDay
  away?: LeaveOfDay
  /** A role that owes no check-ins. */
  free?: true
  /** Local; default: the next noon. */
  seen?: string
}

const WED = '2026-11-18'
const form = /^(打卡|上班|下班|补上班|补下班|钉钉上班|钉钉下班) (\+?)(\d\d:\d\d(?::\d\d)?)(?: (按时|迟到|早退))?$/u
const official = { 按时: 'onTime', 迟到: 'late', 早退: 'early' } as const

/** The day as it is printed, after its check-ins were judged one by one. */
function tell(day: string, { said = [], leave, away, free, seen }: Case): string {
  const due = !free && calendar.isWorkday(day)
  const byDay = new Map<string, CheckIn[]>()
  const of = (key: string) => byDay.get(key) ?? []
  for (const words of said) {
    const [, what = '', next, time = '', judged] = form.exec(words)!
    const local = next ? addDays(day, 1) : day
    const at = instantAt(local, time)
    const kind: CheckInKind | undefined = what.endsWith('上班') ? 'on' : what.endsWith('下班') ? 'off' : undefined
    const dayBefore = of(addDays(local, -1))
    const counts = judgeShiftDay({ at, kind, existing: of(local), dayBefore, rules })
    const makeup = what.startsWith('补')
    const facts = {
      at,
      startsAt: instantAt(counts, '00:00'),
      existing: of(counts),
      kind,
      makeup,
      due,
      leave,
      away,
      rules,
    }
    const verdict = judgeCheckIn(facts)
    if (verdict.repeats !== undefined && verdict.kind === 'on') continue
    const own = {
      kind: verdict.kind,
      at,
      makeup,
      official: judged ? official[judged as keyof typeof official] : undefined,
    }
    byDay.set(counts, [...of(counts), own])
  }
  const checkIns = of(day)
  const times = (kind: CheckInKind) => checkIns.filter(checkIn => checkIn.kind === kind).map(({ at }) => at)
  const now = instantAt(seen?.slice(0, 10) ?? addDays(day, 1), seen?.slice(11) ?? '12:00')
  const provisional = !calendar.isKnown(day)
  return renderDay({
    day,
    due,
    ...judgeAttendanceDay({ due, checkIns, leave, away, startsAt: instantAt(day, '00:00'), now, provisional, rules }),
    onAt: times('on').length > 0 ? Math.min(...times('on')) : undefined,
    offAt: times('off').length > 0 ? Math.max(...times('off')) : undefined,
    away: away ? [{ part: away, why: 'outing' }] : [],
    provisional,
  })
}

it.each<[string, string, Case, string]>([
  ['both in time', WED, { said: ['打卡 08:17', '打卡 17:31'] }, '上班 08:17 按时，下班 17:31 按时'],
  ['the last second of the window', WED, { said: ['打卡 08:30:59', '打卡 17:30'] }, '上班 08:30 按时，下班 17:30 按时'],
  ['the first second after it', WED, { said: ['打卡 08:31', '打卡 17:29:59'] }, '上班 08:31 迟到，下班 17:29 早退'],
  [
    'said twice, the first on counts',
    WED,
    { said: ['上班 08:10', '上班 08:40', '下班 17:40'] },
    '上班 08:10 按时，下班 17:40 按时',
  ],
  [
    'a bare 打卡 twice is no going home',
    WED,
    { said: ['打卡 08:10', '打卡 08:12', '下班 17:40'] },
    '上班 08:10 按时，下班 17:40 按时',
  ],
  [
    'gone twice, the last off counts',
    WED,
    { said: ['打卡 08:10', '下班 12:00', '下班 17:40'] },
    '上班 08:10 按时，下班 17:40 按时',
  ],
  [
    'wrong button in the morning, put right',
    WED,
    { said: ['下班 08:12', '上班 08:13', '下班 17:35'] },
    '上班 08:13 按时，下班 17:35 按时',
  ],
  ['wrong button in the morning, left so', WED, { said: ['下班 08:12'] }, '上班 缺卡，下班 08:12 早退'],
  ['nothing yet, before the time', WED, { seen: `${WED}T08:20` }, '上班 还没打，下班 还没打'],
  ['nothing yet, time up', WED, { seen: `${WED}T08:31` }, '上班 缺卡，下班 还没打'],
  ['on only, afternoon', WED, { said: ['打卡 08:17'], seen: `${WED}T15:00` }, '上班 08:17 按时，下班 还没打'],
  ['off duty forgotten', WED, { said: ['打卡 08:17'] }, '上班 08:17 按时，下班 缺卡'],
  ['off duty forgotten, made up', WED, { said: ['打卡 08:17', '补下班 17:40'] }, '上班 08:17 按时，下班 17:40 补卡'],
  ['on duty forgotten', WED, { said: ['下班 17:40'] }, '上班 缺卡，下班 17:40 按时'],
  [
    'phone dead all day, both made up',
    WED,
    { said: ['补上班 08:15', '补下班 17:35'] },
    '上班 08:15 补卡，下班 17:35 补卡',
  ],
  ['phone dead all day, nothing said', WED, {}, '上班 缺卡，下班 缺卡'],
  ['leave all day', WED, { leave: 'day' }, '上班 请假，下班 请假'],
  ['leave all day, came all the same', WED, { leave: 'day', said: ['打卡 08:10'] }, '上班 08:10 请假，下班 请假'],
  ['morning off, one punch in the evening', WED, { leave: 'am', said: ['打卡 17:31'] }, '上班 请假，下班 17:31 按时'],
  [
    'morning off, bare punch on coming at one',
    WED,
    { leave: 'am', said: ['打卡 13:05', '打卡 17:31'] },
    '上班 13:05 请假，下班 17:31 按时',
  ],
  [
    'morning off, gone early',
    WED,
    { leave: 'am', said: ['打卡 13:05', '打卡 16:00'] },
    '上班 13:05 请假，下班 16:00 早退',
  ],
  ['morning off, nothing else', WED, { leave: 'am' }, '上班 请假，下班 缺卡'],
  ['afternoon off, one punch in the morning', WED, { leave: 'pm', said: ['打卡 08:17'] }, '上班 08:17 按时，下班 请假'],
  [
    'afternoon off, punched out at noon',
    WED,
    { leave: 'pm', said: ['打卡 08:17', '打卡 11:50'] },
    '上班 08:17 按时，下班 11:50 请假',
  ],
  ['afternoon off, came late', WED, { leave: 'pm', said: ['打卡 08:45'] }, '上班 08:45 迟到，下班 请假'],
  ['afternoon off, never came', WED, { leave: 'pm' }, '上班 缺卡，下班 请假'],
  ['公出 all day', WED, { away: 'day' }, '上班 公出，下班 公出'],
  ['公出 in the afternoon', WED, { away: 'pm', said: ['打卡 08:17'] }, '上班 08:17 按时，下班 公出'],
  ['公出 in the morning, off in time', WED, { away: 'am', said: ['打卡 17:31'] }, '上班 公出，下班 17:31 按时'],
  [
    '公出 in the morning, bare punch on coming',
    WED,
    { away: 'am', said: ['打卡 13:30', '打卡 17:31'] },
    '上班 13:30 公出，下班 17:31 按时',
  ],
  ['公出 in the morning, nothing in the evening', WED, { away: 'am' }, '上班 公出，下班 缺卡'],
  ['公出 in the morning, afternoon off', WED, { away: 'am', leave: 'pm' }, '上班 公出，下班 请假'],
  [
    'a shift that crosses midnight',
    WED,
    { said: ['上班 08:10', '打卡 +00:40'] },
    '上班 08:10 按时，下班 次日00:40 按时',
  ],
  [
    'back after going home, night duty until two',
    WED,
    { said: ['打卡 08:10', '下班 17:40', '下班 +02:00'] },
    '上班 08:10 按时，下班 次日02:00 按时',
  ],
  ['after five it is the next day', WED, { said: ['打卡 08:10', '下班 +05:00'] }, '上班 08:10 按时，下班 缺卡'],
  [
    'an early bare punch after a whole day is the next day',
    WED,
    { said: ['打卡 08:10', '打卡 17:40', '打卡 +04:50'] },
    '上班 08:10 按时，下班 17:40 按时',
  ],
  ['make-up Saturday 10 October, nothing', '2026-10-10', {}, '上班 缺卡，下班 缺卡'],
  [
    'make-up Saturday 28 February, in time',
    '2026-02-28',
    { said: ['打卡 08:17', '打卡 17:31'] },
    '上班 08:17 按时，下班 17:31 按时',
  ],
  ['National Day, nothing owed', '2026-10-01', {}, '上班 未打，下班 未打'],
  [
    'National Day, on duty all the same',
    '2026-10-01',
    { said: ['打卡 09:40', '打卡 15:00'] },
    '上班 09:40 按时，下班 15:00 按时',
  ],
  ['an ordinary Saturday, nothing owed', '2026-11-21', {}, '上班 未打，下班 未打'],
  ['an ordinary Saturday within a leave', '2026-11-21', { leave: 'day' }, '上班 未打，下班 未打'],
  ['a year without published holidays, nothing', '2027-03-01', {}, '上班 未打，暂不算缺卡，下班 未打，暂不算缺卡'],
  [
    'a year without published holidays, in time',
    '2027-03-01',
    { said: ['打卡 08:17', '打卡 17:31'] },
    '上班 08:17 按时，下班 17:31 按时',
  ],
  [
    'the official clock, own schedule',
    WED,
    { said: ['钉钉上班 09:00 按时', '钉钉下班 17:02 按时'] },
    '上班 09:00 按时，下班 17:02 按时',
  ],
  [
    'the official clock says late',
    WED,
    { said: ['钉钉上班 08:29 迟到', '下班 17:31'] },
    '上班 08:29 迟到，下班 17:31 按时',
  ],
  [
    'late by the official clock, 公出 in the morning',
    WED,
    { away: 'am', said: ['钉钉上班 10:00 迟到', '下班 17:31'] },
    '上班 10:00 公出，下班 17:31 按时',
  ],
  [
    'who owes none is never late',
    WED,
    { free: true, said: ['打卡 10:00', '打卡 15:00'] },
    '上班 10:00 按时，下班 15:00 按时',
  ],
  ['who owes none and came not', WED, { free: true }, '上班 未打，下班 未打'],
])('S0-25: %s (%s)', (_, day, facts, sentence) => {
  expect(tell(day, facts)).toBe(sentence)
})

it('S0-25: what cannot be true together is told: home before having come', () => {
  const at = (time: string) => instantAt(WED, time)
  const facts = { startsAt: at('00:00'), due: true, rules }
  const off = [{ kind: 'off' as const, at: at('17:31') }]
  const on = [{ kind: 'on' as const, at: at('08:20') }]
  expect(judgeCheckIn({ ...facts, at: at('17:35'), kind: 'on', existing: off }).contradicts).toBe(at('17:31'))
  expect(judgeCheckIn({ ...facts, at: at('08:00'), kind: 'off', makeup: true, existing: on }).contradicts).toBe(
    at('08:20'),
  )
  expect(judgeCheckIn({ ...facts, at: at('17:00'), kind: 'off', existing: on }).contradicts).toBeUndefined()
  expect(
    judgeCheckIn({ ...facts, at: at('08:20'), existing: [{ kind: 'off', at: at('00:30') }] }).contradicts,
  ).toBeUndefined()
})
