import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { judgeDeadline } from '../../policy/deadline.ts'
import { type ClockFacts, judgeDeadlines } from '../../policy/incident-deadlines.ts'
import { addDays } from '../../policy/time.ts'
import { slowDeadlines, slowIsWorkday } from '../incidents/slow-deadlines.ts'
import { readBuiltIn } from '../support/street-data.ts'

const calendar = createCalendar()
const countyGrid = readBuiltIn('county-grid').pack
const townVisits = readBuiltIn('town-visits').pack
const fiveTier = readBuiltIn('five-tier').pack
const streetTeam = readBuiltIn('street-team').pack

const facts = (from: string, more: Partial<ClockFacts> = {}): ClockFacts => ({
  from,
  jurisdiction: [{ tier: 'grid', day: from }],
  pauses: [],
  extraDays: 0,
  ...more,
})

/** The golden dates of the rule book: reported, S2 2/3/5, S3B 3/5, S3A 7/15/30, and ten working days. */
const GOLDEN: [reported: string, s2: string[], s3b: string[], s3a: string[], ten: string][] = [
  ['2026-02-13', ['02-24', '02-25', '02-27'], ['02-25', '02-27'], ['02-20', '02-28', '03-15'], '03-05'],
  ['2026-04-30', ['05-07', '05-08', '05-11'], ['05-08', '05-11'], ['05-07', '05-15', '05-30'], '05-18'],
  ['2026-09-30', ['10-09', '10-10', '10-13'], ['10-10', '10-13'], ['10-07', '10-15', '10-30'], '10-20'],
  ['2026-09-25', ['09-29', '09-30', '10-09'], ['09-30', '10-09'], ['10-02', '10-10', '10-25'], '10-15'],
  ['2026-03-06', ['03-10', '03-11', '03-13'], ['03-11', '03-13'], ['03-13', '03-21', '04-05'], '03-20'],
]

describe.each(GOLDEN)('a case reported on %s', (reported, s2, s3b, s3a, ten) => {
  const short = (day: string | undefined) => day?.slice(5)

  it(`S2-28: is accepted, dispatched and resolved by ${s2.join(', ')}`, () => {
    const { accept, dispatch, resolve } = judgeDeadlines(countyGrid.sla, facts(reported), calendar)
    expect([accept, dispatch, resolve].map(one => short(one?.day))).toEqual(s2)
  })

  it(`S3B-05, S3B-06: is resolved by ${s3b.join(' in the village, ')} in the township`, () => {
    const within = (tier: 'community' | 'subdistrict') =>
      judgeDeadlines(fiveTier.sla, facts(reported, { jurisdiction: [{ tier, day: reported }] }), calendar).resolve?.day
    expect([within('community'), within('subdistrict')].map(short)).toEqual(s3b)
  })

  it(`S3A-29, S3A-30, S3A-31: is resolved by ${s3a.join(', ')} as its level asks`, () => {
    const levels = (['ordinary', 'complex', 'major'] as const).map(
      level => judgeDeadlines(townVisits.sla, facts(reported, { level }), calendar).resolve?.day,
    )
    expect(levels.map(short)).toEqual(s3a)
  })

  it(`S2-28 read stage by stage: ten working days end on ${ten}`, () => {
    const limit = { unit: 'workday', count: 10, clause: 'x' } as const
    expect(short(judgeDeadline({ reportedOn: reported, limit, calendar }).day)).toBe(ten)
  })
})

describe('the rules around the count', () => {
  it('S3A-30: a new level keeps the start', () => {
    const from = '2026-03-06'
    expect(judgeDeadlines(townVisits.sla, facts(from, { level: 'ordinary' }), calendar).resolve?.day).toBe('2026-03-13')
    expect(judgeDeadlines(townVisits.sla, facts(from, { level: 'complex' }), calendar).resolve?.day).toBe('2026-03-21')
  })

  it('S3B-06: a new jurisdiction restarts nothing, the later of the days holds, also on the way back', () => {
    const judge = (...tiers: ('community' | 'subdistrict')[]) =>
      judgeDeadlines(
        fiveTier.sla,
        facts('2026-03-06', { jurisdiction: tiers.map(tier => ({ tier, day: '2026-03-10' })) }),
        calendar,
      ).resolve?.day
    expect(judge('community')).toBe('2026-03-11')
    expect(judge('community', 'subdistrict')).toBe('2026-03-13')
    expect(judge('community', 'subdistrict', 'community')).toBe('2026-03-13')
  })

  it('S3B-08: what exceeds the township goes to the county within two working days of being found so', () => {
    const jurisdiction = [
      { tier: 'community', day: '2026-03-06' },
      { tier: 'county', day: '2026-03-12' },
    ] as const
    const { dispatch, resolve } = judgeDeadlines(fiveTier.sla, facts('2026-03-06', { jurisdiction }), calendar)
    expect(dispatch?.day).toBe('2026-03-16')
    expect(resolve?.day).toBe('2026-03-11')
  })

  it('S0-11: what cannot be solved here goes on the same working day; on a free day, by the end of the next one', () => {
    const judge = (unsolvedOn?: string) => judgeDeadlines(streetTeam.sla, facts('2026-11-16', { unsolvedOn }), calendar)
    expect(judge().dispatch).toBeNull()
    expect(judge('2026-11-18').dispatch).toMatchObject({ day: '2026-11-18', arithmetic: '当日：11/18' })
    expect(judge('2026-11-21').dispatch).toMatchObject({ day: '2026-11-23', arithmetic: '非工作日，顺延至11/23' })
  })

  it('leaves out the working days of a pause where the limit counts working days, and says so', () => {
    const pauses = [{ kind: 'paused', from: '2026-03-10', to: '2026-03-11' }] as const
    const { resolve } = judgeDeadlines(countyGrid.sla, facts('2026-03-06', { pauses }), calendar)
    expect(resolve).toMatchObject({
      day: '2026-03-17',
      arithmetic: '5个工作日：3/7–8 周末，3/9，3/10–11 暂停，3/12–13，3/14–15 周末，3/16–17',
    })
  })

  it('leaves out all days of a pause where the limit counts days, and says so', () => {
    const pauses = [{ kind: 'hungUp', from: '2026-03-12', to: '2026-03-14' }] as const
    const { resolve } = judgeDeadlines(townVisits.sla, facts('2026-03-06', { level: 'ordinary', pauses }), calendar)
    expect(resolve).toMatchObject({ day: '2026-03-16', arithmetic: '7天，暂停3天不计：3/16' })
  })

  it('S3B-07: an extension adds to the last stage alone', () => {
    const { accept, resolve } = judgeDeadlines(countyGrid.sla, facts('2026-03-06', { extraDays: 3 }), calendar)
    expect(accept?.day).toBe('2026-03-10')
    expect(resolve?.day).toBe('2026-03-18')
    expect(resolve?.arithmetic).toContain('含延期3个工作日')
  })

  it('is provisional where it runs into a year whose holidays are not known', () => {
    const { resolve } = judgeDeadlines(countyGrid.sla, facts('2026-12-30'), calendar)
    expect(resolve).toMatchObject({ provisional: true })
    expect(resolve!.arithmetic).toContain('2027年放假安排未导入，暂按周一至周五')
  })
})

describe('the engine and the slow count', () => {
  const dayOf2026 = fc.integer({ min: 0, max: 300 }).map(offset => addDays('2026-01-01', offset))
  const pause = fc
    .tuple(dayOf2026, fc.integer({ min: 0, max: 12 }))
    .map(([from, days]) => ({ kind: 'paused' as const, from, to: addDays(from, days) }))
  const tiers = fc.array(fc.constantFrom('community' as const, 'subdistrict' as const, 'county' as const), {
    minLength: 1,
    maxLength: 3,
  })

  it('know the same working days of 2026', () => {
    for (let day = '2026-01-01'; day <= '2026-12-31'; day = addDays(day, 1))
      expect([day, calendar.isWorkday(day)]).toEqual([day, slowIsWorkday(day)])
  })

  it.each([
    ['S2-28', countyGrid],
    ['S3A-29, S3A-30, S3A-31', townVisits],
    ['S3B-05, S3B-06, S3B-08', fiveTier],
  ])('%s: agree on a thousand random cases', (_ids, pack) => {
    const random = fc.record({
      from: dayOf2026,
      level: fc.constantFrom('ordinary' as const, 'complex' as const, 'major' as const),
      tiers,
      later: fc.integer({ min: 0, max: 6 }),
      pauses: fc.array(pause, { maxLength: 3 }),
      extraDays: fc.integer({ min: 0, max: 6 }),
    })
    fc.assert(
      fc.property(random, ({ from, level, tiers: walked, later, pauses, extraDays }) => {
        const jurisdiction = walked.map((tier, index) => ({ tier, day: addDays(from, index * later) }))
        const judged = judgeDeadlines(pack.sla, { from, level, jurisdiction, pauses, extraDays }, calendar)
        const slow = slowDeadlines(pack.sla, { reportedOn: from, level, tiers: jurisdiction, pauses, extraDays })
        for (const stage of ['accept', 'dispatch', 'resolve'] as const)
          if (!judged[stage]?.provisional) expect(judged[stage]?.day ?? null).toBe(slow[stage])
      }),
      { numRuns: 1_000, seed: 20260213 },
    )
  })
})
