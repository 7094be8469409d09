import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import {
  isReachedLate,
  judgeDirectIssue,
  judgeIssuing,
  judgeMissedBroadcast,
  missingParts,
} from '../../policy/notice.ts'
import { dayOf, formatInstant, instantAt, parseInstant, timeOf } from '../../policy/time.ts'
import { streetTeam } from './street-team.ts'

const calendar = createCalendar()
const rules = streetTeam.notice
const shared = { rules, calendar }
const instant = (text: string) => parseInstant(text) ?? Number.NaN
const minute = (at: number) => formatInstant(at).slice(0, 16)

describe('when a signed notice goes out (S0-21 于当日16:00前)', () => {
  it.each([
    ['2026-11-18T09:00', 'compiled', '2026-11-18T15:45'],
    ['2026-11-18T00:00', 'compiled', '2026-11-18T15:45'],
    ['2026-11-18T15:44:59.999', 'compiled', '2026-11-18T15:45'],
    ['2026-11-18T15:45', 'atOnce', '2026-11-18T15:45'],
    ['2026-11-18T15:59:59.999', 'atOnce', '2026-11-18T15:59'],
    ['2026-11-18T16:00', 'deferred', '2026-11-19T08:30'],
    ['2026-11-18T23:59:59', 'deferred', '2026-11-19T08:30'],
    ['2026-11-20T16:05', 'deferred', '2026-11-23T08:30'], // Friday
    ['2026-11-21T10:00', 'deferred', '2026-11-23T08:30'], // Saturday
    ['2026-02-14T10:00', 'compiled', '2026-02-14T15:45'], // a Saturday that is worked
    ['2026-02-14T16:00', 'deferred', '2026-02-24T08:30'], // Spring Festival
    ['2026-02-18T10:00', 'deferred', '2026-02-24T08:30'],
    ['2026-10-01T15:50', 'deferred', '2026-10-08T08:30'],
  ])('signed %s: %s at %s', (signed, when, at) => {
    const signedAt = instant(signed)
    const verdict = judgeIssuing({ kind: 'campaign', signedAt, now: signedAt, ...shared })
    expect([verdict.when, minute(verdict.at), verdict.deferred]).toEqual([when, at, when === 'deferred'])
  })

  it('is decided by the signing instant, not by the handling', () => {
    const facts = { kind: 'campaign', signedAt: instant('2026-11-18T15:59:59'), ...shared } as const
    expect(judgeIssuing({ ...facts, now: instant('2026-11-18T16:00:02') })).toMatchObject({
      when: 'atOnce',
      at: instant('2026-11-18T16:00:02'),
      deferred: false,
    })
  })

  it('goes out at once when the principal says 加急 with a reason', () => {
    const signedAt = instant('2026-11-18T16:05')
    const facts = { kind: 'campaign', signedAt, now: instant('2026-11-18T19:00'), ...shared } as const
    expect(judgeIssuing({ ...facts, expediteReason: '台风' })).toMatchObject({ when: 'atOnce', at: facts.now })
    expect(judgeIssuing({ ...facts, expediteReason: ' ' })).toMatchObject({ when: 'deferred' })
  })

  it('sends a standing task on signature, on any day at any hour', () => {
    for (const signed of ['2026-11-18T16:30', '2026-11-21T10:00', '2026-11-18T09:00']) {
      const signedAt = instant(signed)
      expect(judgeIssuing({ kind: 'standing', signedAt, now: signedAt, ...shared })).toMatchObject({
        when: 'atOnce',
        at: signedAt,
        deferred: false,
      })
    }
  })

  it('is provisional in a year that is not known, and on the way into one', () => {
    for (const [signed, provisional] of [
      ['2026-12-31T10:00', false],
      ['2026-12-31T16:00', true],
      ['2027-01-04T10:00', true],
    ] as const) {
      const signedAt = instant(signed)
      expect(judgeIssuing({ kind: 'campaign', signedAt, now: signedAt, ...shared }).provisional).toBe(provisional)
    }
  })

  it('never goes out before it is signed, and always on a working day', () => {
    fc.assert(
      fc.property(fc.integer({ min: instant('2026-01-01'), max: instant('2027-06-30') }), signedAt => {
        const verdict = judgeIssuing({ kind: 'campaign', signedAt, now: signedAt, ...shared })
        expect(verdict.at).toBeGreaterThanOrEqual(signedAt)
        expect(calendar.isWorkday(dayOf(verdict.at))).toBe(true)
        expect(timeOf(verdict.at) < '16:00').toBe(true)
        expect(verdict.deferred).toBe(dayOf(verdict.at) !== dayOf(signedAt))
      }),
    )
  })
})

describe('issuing by 党政办', () => {
  it.each([
    ['2026-11-18T08:00', true, undefined],
    ['2026-11-18T15:59:59.999', true, undefined],
    ['2026-11-18T16:00', false, 'after-cutoff'],
    ['2026-11-21T10:00', false, 'not-a-workday'],
    ['2026-02-14T10:00', true, undefined],
  ])('at %s is allowed: %s', (now, ok, reason) => {
    const verdict = judgeDirectIssue(instant(now), rules, calendar)
    expect(verdict).toMatchObject({ ok, dueAt: instantAt(now.slice(0, 10), '16:00') })
    expect(verdict.reason).toBe(reason)
  })
})

describe('a broadcast that the program slept through', () => {
  const signed = '2026-11-18T10:00'
  const due = '2026-11-18T15:45'

  it.each([
    // now, when, at, deferred, late, alarm
    ['2026-11-18T15:50', 'atOnce', '2026-11-18T15:50', false, false, false],
    ['2026-11-18T16:00', 'atOnce', '2026-11-18T16:00', false, true, false],
    ['2026-11-18T17:59:59', 'atOnce', '2026-11-18T17:59', false, true, false],
    ['2026-11-18T18:00', 'deferred', '2026-11-19T08:30', true, true, true],
    ['2026-11-19T08:00', 'deferred', '2026-11-19T08:30', true, true, true],
    ['2026-11-19T10:00', 'atOnce', '2026-11-19T10:00', true, true, true],
    ['2026-11-19T18:00', 'deferred', '2026-11-20T08:30', true, true, true],
    ['2026-11-20T18:30', 'deferred', '2026-11-23T08:30', true, true, true],
    ['2026-11-22T12:00', 'deferred', '2026-11-23T08:30', true, true, true],
  ] as const)('found at %s goes out %s at %s', (now, when, at, deferred, late, alarm) => {
    const verdict = judgeMissedBroadcast({
      signedAt: instant(signed),
      dueAt: instant(due),
      now: instant(now),
      ...shared,
    })
    expect([verdict.when, minute(verdict.at)]).toEqual([when, at])
    expect(verdict).toMatchObject({ deferred, late, alarm })
  })

  it('keeps a deferred run deferred without calling it late, for it was not signed in time', () => {
    const facts = { signedAt: instant('2026-11-18T16:30'), dueAt: instant('2026-11-19T08:30'), ...shared }
    expect(judgeMissedBroadcast({ ...facts, now: instant('2026-11-19T16:30') })).toMatchObject({
      when: 'atOnce',
      deferred: true,
      late: false,
      alarm: false,
    })
  })
})

describe('迟发', () => {
  it.each([
    ['2026-11-18T15:50', '2026-11-18T15:59:59.999', false],
    ['2026-11-18T15:50', '2026-11-18T16:00', true],
    ['2026-11-18T16:00', '2026-11-19T08:30', false],
    ['2026-11-21T10:00', '2026-11-23T08:30', false],
  ])('signed %s, reached %s: %s', (signed, reached, late) => {
    expect(isReachedLate(instant(signed), instant(reached), rules, calendar)).toBe(late)
  })
})

describe('the four parts (S0-22)', () => {
  const whole = { content: '排查出租房', requirement: '逐户登记', due: '2026-11-20', appraisal: '漏一户扣0.5分' }

  it('asks for nothing where all four are there', () => {
    expect(missingParts(whole, rules)).toEqual([])
    expect(missingParts({ ...whole, due: '2026-11-20T15:00' }, rules)).toEqual([])
  })

  it.each([
    ['content', '工作内容'],
    ['requirement', '任务要求'],
    ['due', '时间节点'],
    ['appraisal', '考核规定'],
  ] as const)('names the missing %s as the document does', (part, name) => {
    const { [part]: _, ...draft } = whole
    expect(missingParts(draft, rules)).toEqual([{ part, name, why: 'absent' }])
  })

  it('names all in the order of the document', () => {
    expect(missingParts({}, rules).map(({ name }) => name)).toEqual(['工作内容', '任务要求', '时间节点', '考核规定'])
  })

  it.each(['尽快', '近期', '年底前', '2026-02-30', '长期'])('asks for a date instead of %s', due => {
    expect(missingParts({ ...whole, due }, rules)).toEqual([{ part: 'due', name: '时间节点', why: 'vague' }])
  })

  it.each(['', '  ', '无', '无。', '待定', '——', '/', '略'])('takes %j for nothing', appraisal => {
    expect(missingParts({ ...whole, appraisal }, rules)).toEqual([
      { part: 'appraisal', name: '考核规定', why: 'absent' },
    ])
  })

  it('takes words that begin with 无 for words', () => {
    expect(missingParts({ ...whole, requirement: '无死角排查' }, rules)).toEqual([])
  })
})
