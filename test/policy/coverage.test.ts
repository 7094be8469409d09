import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import {
  type CountedHousehold,
  type CountedVisit,
  type CoverageRules,
  countCoverage,
  countWithoutRegister,
  listReportDues,
  planCoverage,
} from '../../policy/coverage.ts'
import { addDays, monthRange } from '../../policy/time.ts'
import { readBuiltIn } from '../support/street-data.ts'

const calendar = createCalendar()
const rules: CoverageRules = readBuiltIn('town-visits').pack.coverage!
const facts = { rules, calendar }

describe('S3A-09: all households within days 1–15, spread over its working days', () => {
  it.each([
    ['2026-01', 10, '2026-01-15', '2026-01-20'],
    ['2026-02', 11, '2026-02-14', '2026-02-14'],
    ['2026-03', 10, '2026-03-13', '2026-03-20'],
    ['2026-04', 10, '2026-04-15', '2026-04-20'],
    ['2026-05', 9, '2026-05-15', '2026-05-20'],
    ['2026-06', 11, '2026-06-15', '2026-06-18'],
    ['2026-07', 11, '2026-07-15', '2026-07-20'],
    ['2026-08', 10, '2026-08-14', '2026-08-20'],
    ['2026-09', 11, '2026-09-15', '2026-09-20'],
    ['2026-10', 7, '2026-10-15', '2026-10-20'],
    ['2026-11', 10, '2026-11-13', '2026-11-20'],
    ['2026-12', 11, '2026-12-15', '2026-12-18'],
  ])('%s has %i working days in the window; S3A-10: its reports are due on %s and %s', (month, days, first, final) => {
    const plan = planCoverage(month, 180, `${month}-01`, facts)
    expect(plan.days).toHaveLength(days)
    expect(plan.perDay).toBe(Math.ceil(180 / days))
    const dues = listReportDues(month, rules, calendar)
    expect([dues[0]!.on, dues.at(-1)!.on]).toEqual([first, final])
  })

  it('S3A-10: two reports that a holiday moves to one day are one, the final one', () => {
    expect(listReportDues('2026-02', rules, calendar)).toEqual([
      { round: 'final', named: '2026-02-20', on: '2026-02-14' },
    ])
  })

  it('S3A-09: owes nothing on the first working day, all of it after the last, and never falls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 800 }), (number, total) => {
        const month = `2026-${String(number).padStart(2, '0')}`
        const { from, to } = monthRange(month)
        let before = 0
        for (let day = from; day <= to; day = addDays(day, 1)) {
          const { owed, daysLeft, days, window } = planCoverage(month, total, day, facts)
          expect(owed).toBeGreaterThanOrEqual(before)
          expect(owed).toBeLessThanOrEqual(total)
          if (day <= days[0]!) expect(owed).toBe(0)
          if (day > window.to) expect([owed, daysLeft]).toEqual([total, 0])
          before = owed
        }
      }),
    )
  })

  it('S3A-09: a free day asks for nothing more than the working day before it', () => {
    const owedOn = (day: string) => planCoverage('2026-10', 180, day, facts).owed
    expect(owedOn('2026-10-07')).toBe(0)
    expect(owedOn('2026-10-11')).toBe(owedOn('2026-10-12'))
  })

  it('is provisional where the holidays of the year are not known', () => {
    expect(planCoverage('2028-05', 180, '2028-05-10', facts).provisional).toBe(true)
    expect(planCoverage('2026-05', 180, '2026-05-10', facts).provisional).toBe(false)
  })
})

const range = { from: '2026-10-01', to: '2026-10-31' }
const options = { range, attempts: 2 }
const household = (id: string, building = '3', more: Partial<CountedHousehold> = {}): CountedHousehold => ({
  id,
  building,
  ...more,
})
const visit = (day: number, more: Partial<CountedVisit> = {}): CountedVisit => ({
  day: `2026-10-${String(day).padStart(2, '0')}`,
  key: more.householdId ?? 'somebody',
  isAttempt: false,
  ...more,
})

describe('S3A-09: households are counted, not visits', () => {
  const three = [household('a'), household('b'), household('c', '5')]

  it.each<[name: string, visits: CountedVisit[], done: number, buildings: string[]]>([
    ['nobody was visited', [], 0, ['3', '5']],
    ['one was visited twice', [visit(8, { householdId: 'a' }), visit(9, { householdId: 'a' })], 1, ['3', '5']],
    ['not at home once is still to be visited', [visit(8, { householdId: 'a', isAttempt: true })], 0, ['3', '5']],
    [
      'not at home twice on one day is one attempt',
      [visit(8, { householdId: 'c', isAttempt: true }), visit(8, { householdId: 'c', isAttempt: true })],
      0,
      ['3', '5'],
    ],
    [
      'not at home on two days counts as visited',
      [visit(8, { householdId: 'c', isAttempt: true }), visit(9, { householdId: 'c', isAttempt: true })],
      1,
      ['3'],
    ],
    ['several told at once count in their building', [visit(8, { building: '3', households: 2 })], 2, ['5']],
    ['more told than live there count no more than live there', [visit(8, { building: '3', households: 9 })], 2, ['5']],
    ['several without a building lower the number alone', [visit(8, { households: 1 })], 1, ['3', '5']],
    [
      'a visit of another month does not count',
      [{ ...visit(8, { householdId: 'a' }), day: '2026-09-30' }],
      0,
      ['3', '5'],
    ],
  ])('%s', (_name, visits, done, buildings) => {
    const counted = countCoverage(three, visits, options)
    expect([counted.total, counted.done, counted.left]).toEqual([3, done, 3 - done])
    expect(counted.buildings.map(({ building }) => building)).toEqual(buildings)
  })

  it('S3A-09: whoever moved is not owed a visit any more', () => {
    const moved = countCoverage([household('a'), household('b', '3', { closedOn: '2026-10-08' })], [], options)
    expect([moved.total, moved.waiting]).toEqual([1, ['a']])
  })

  it('never counts more than there are, and done and left are all', () => {
    const households = fc.array(fc.record({ building: fc.constantFrom('1', '2', '3'), closed: fc.boolean() }), {
      maxLength: 20,
    })
    const visits = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 28 }),
        who: fc.option(fc.integer({ min: 0, max: 19 }), { nil: undefined }),
        building: fc.constantFrom(undefined, '1', '2', '9'),
        isAttempt: fc.boolean(),
        households: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(households, visits, (all, made) => {
        const register = all.map(({ building, closed }, index) =>
          household(`h${index}`, building, closed ? { closedOn: '2026-10-05' } : {}),
        )
        const counted = made.map(({ day, who, ...rest }) =>
          visit(day, { ...rest, householdId: who !== undefined && register[who] ? `h${who}` : undefined }),
        )
        const withRegister = countCoverage(register, counted, options)
        const without = countWithoutRegister({ total: register.length, buildings: ['1', '2'] }, counted, options)
        for (const { total, done, left } of [withRegister, without]) {
          expect(done + left).toBe(total)
          expect(Math.min(done, left)).toBeGreaterThanOrEqual(0)
        }
        const inBuildings = withRegister.buildings.reduce((sum, one) => sum + (one.left ?? 0), 0)
        expect(inBuildings).toBeGreaterThanOrEqual(withRegister.left)
      }),
    )
  })
})

describe('S3A-09: without a register', () => {
  const grid = { total: 10, buildings: ['1', '2', '3'] }

  it('counts different people and doors out of the number the grid has, and leaves buildings nobody went to', () => {
    const visits = [
      visit(8, { key: '1幢101 王奶奶', building: '1' }),
      visit(9, { key: '1幢101 王奶奶', building: '1' }),
      visit(9, { key: '2幢2单元', building: '2', households: 5 }),
      visit(9, { key: '3幢301', building: '3', isAttempt: true }),
    ]
    const counted = countWithoutRegister(grid, visits, options)
    expect([counted.done, counted.left, counted.buildings]).toEqual([6, 4, [{ building: '3' }]])
  })

  it('leaves no building once the number is reached', () => {
    const all = countWithoutRegister(grid, [visit(8, { key: '1幢', building: '1', households: 12 })], options)
    expect([all.done, all.left, all.buildings]).toEqual([10, 0, []])
  })
})
