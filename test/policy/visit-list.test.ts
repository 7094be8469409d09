import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../policy/calendar.ts'
import { addDays, type Day } from '../../policy/time.ts'
import { birthdayAt, findVisitList, judgeVisits, listVisitLists, type VisitFacts } from '../../policy/visit-list.ts'
import { readBuiltIn } from '../support/street-data.ts'

const calendar = createCalendar()
const monthly = { atLeast: 1, per: 'month' } as const
const judge = (facts: Partial<VisitFacts>, day: Day) =>
  judgeVisits({ frequency: monthly, from: '2026-01-01', visits: [], attempts: 2, calendar, ...facts }, day)
const tried = (...days: Day[]) => days.map(day => ({ day, seen: false }))
const seen = (...days: Day[]) => days.map(day => ({ day, seen: true }))

describe('what is owed to one on a list', () => {
  it.each([
    ['nobody came yet', {}, 'owed', true],
    ['seen this month', { visits: seen('2026-11-02') }, 'done', false],
    ['seen last month only', { visits: seen('2026-10-30') }, 'owed', false],
    ['S2-24: two attempts on different days', { visits: tried('2026-11-03', '2026-11-10') }, 'attempted', false],
    ['S2-24: two attempts on one day', { visits: tried('2026-11-03', '2026-11-03') }, 'owed', true],
    ['S2-24: one attempt in each of two months', { visits: tried('2026-10-30', '2026-11-03') }, 'owed', true],
    ['an attempt, then seen', { visits: [...tried('2026-11-03'), ...seen('2026-11-04')] }, 'done', false],
    ['S1-16: in hospital', { pausedUntil: '2026-11-30' }, 'paused', false],
    ['back from hospital yesterday', { pausedUntil: '2026-11-17' }, 'owed', false],
    ['S1-16: off the list', { closedOn: '2026-11-10' }, 'free', false],
    ['on the list since this month', { from: '2026-11-02' }, 'owed', false],
    ['a list without a rhythm', { frequency: undefined }, 'free', false],
  ] as const)('%s', (_name, facts, state, overdue) => {
    expect(judge(facts, '2026-11-18')).toMatchObject({ state, overdue })
  })

  it('is nothing in a month whose end is near when somebody comes onto the list', () => {
    expect(judge({ from: '2026-11-26' }, '2026-11-27').state).toBe('free')
    expect(judge({ from: '2026-11-26' }, '2026-12-01')).toMatchObject({ state: 'owed', overdue: false })
  })

  it('is nothing in a week without working days, and the week after is not overdue for it', () => {
    const weekly = { atLeast: 1, per: 'week' } as const
    expect(judge({ frequency: weekly }, '2026-02-18').state).toBe('free')
    expect(judge({ frequency: weekly }, '2026-02-24')).toMatchObject({ state: 'owed', overdue: false })
  })

  it('counts twice a quarter over the whole quarter', () => {
    const frequency = { atLeast: 2, per: 'quarter' } as const
    const verdict = judge({ frequency, visits: seen('2026-10-09') }, '2026-11-18')
    expect(verdict).toMatchObject({ state: 'owed', left: 1, period: { from: '2026-10-01', to: '2026-12-31' } })
  })

  it('without a number of attempts in the pack none of them counts', () => {
    expect(judge({ attempts: undefined, visits: tried('2026-11-03', '2026-11-10') }, '2026-11-18').state).toBe('owed')
  })

  it('is done by any visit in the span, whatever else happened in it', () => {
    const dayOf = (offset: number) => addDays('2026-11-01', offset)
    const visit = fc.record({ day: fc.integer({ min: -60, max: 29 }).map(dayOf), seen: fc.boolean() })
    fc.assert(
      fc.property(fc.array(visit), fc.integer({ min: 0, max: 29 }), (visits, offset) => {
        const verdict = judge({ visits: [...visits, { day: '2026-11-12', seen: true }] }, dayOf(offset))
        expect([verdict.state, verdict.overdue, verdict.left]).toEqual(['done', false, 0])
      }),
    )
  })
})

describe('lists', () => {
  const of = (id: Parameters<typeof readBuiltIn>[0]) => readBuiltIn(id).pack

  it('S1-16, S1-20: six lists are visited monthly, the document gives no number', () => {
    const lists = listVisitLists(of('street-appraisal')).filter(({ frequency }) => frequency)
    expect(lists.map(({ short }) => short)).toEqual(['低保', '困难', '大病', '优抚', '残疾', '军烈属'])
    expect(lists.map(({ frequency }) => frequency)).toEqual(lists.map(() => monthly))
  })

  it.each([
    ['street-appraisal', '低保', '低保户'],
    ['street-appraisal', '低保家庭', '低保户'],
    ['street-appraisal', '残疾人', '重点残疾人'],
    ['street-appraisal', '烈属', '军、烈属'],
    ['street-appraisal', '军属', '军、烈属'],
    ['street-appraisal', '应征青年', '适龄应征青年'],
    ['county-grid', '重点场所', '重点场所'],
    ['village-grid', '党员', '社区支部党员'],
    ['street-team', '独居老人', '独居老人'],
    ['street-team', '党员', '党员'],
    ['street-team', '王秀英', undefined],
    ['street-team', '3幢201', undefined],
    ['county-grid', '重点', '重点人员'],
  ] as const)('%s: %s means %s', (id, told, name) => {
    expect(findVisitList(of(id), told)?.name).toBe(name)
  })

  it.each([
    ['S1-19', 'street-appraisal', '适龄应征青年'],
    ['S1-24', 'street-appraisal', '信访重点人'],
    ['S1-25', 'street-appraisal', '社区矫正和安置帮教人员'],
    ['S2-24', 'county-grid', '重点人员'],
    ['S4A-05', 'county-center', '拟适用社区矫正人员'],
    ['S4D-36', 'county-center', '易肇事肇祸精神障碍患者'],
    ['S4D-36', 'county-center', '邪教人员'],
    ['S0-08', 'street-team', '刑满释放人员'],
  ] as const)('%s: in %s the list of %s is closed', (_rule, id, name) => {
    expect(findVisitList(of(id), name)?.isClosed).toBe(true)
  })

  it('those of the needy are open', () => {
    expect(findVisitList(of('street-appraisal'), '低保户')?.isClosed).toBe(false)
  })
})

it.each([
  ['1946-11-23', '2026-11-23'],
  ['1948-02-29', '2028-02-29'],
  ['1944-02-29', '2024-02-29'],
  ['2020-02-29', '2100-03-01'],
])('S4C-03: who was born on %s is eighty on %s', (born, day) => {
  expect(birthdayAt(born, 80)).toBe(day)
})
