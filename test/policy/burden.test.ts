import { describe, expect, it } from 'vitest'
import { knownFields } from '../../handlers/burden/fields.ts'
import { estimateMinutes, formKey, listQuietSpans, readForm } from '../../policy/burden.ts'
import { createCalendar } from '../../policy/calendar.ts'
import { formatInstant, listDays } from '../../policy/time.ts'
import { readBuiltIn } from '../support/street-data.ts'

describe('a form that is asked for', () => {
  it.each([
    [
      '报送出租房统计表（网格名称、网格长、户数、常住人口、出租房数）',
      ['网格名称', '网格长', '户数', '常住人口', '出租房数'],
      4,
    ],
    ['填写人员登记表，包括姓名、网格、户数、人口和血型', ['姓名', '网格', '户数', '人口', '血型'], 4],
    ['周五前报出租房数', ['出租房数'], 0],
    ['请上报本网格常住人口数量', ['常住人口数量'], 1],
    ['每周更新安全隐患台账', [], 0],
  ])('S4D-27: %s', (text, fields, known) => {
    const form = readForm(text, knownFields)
    expect(form?.fields).toEqual(fields)
    expect(form?.known).toHaveLength(known)
  })

  it.each(['逐户排查出租房', '张贴二维码门牌，一户一码', '12月4日前完成入户宣传'])(
    'none is asked for by “%s”',
    text => {
      expect(readForm(text, knownFields)).toBeUndefined()
    },
  )

  it('is the same where the same fields are named in another order', () => {
    const [a, b, c] = ['登记表（姓名、户数）', '登记表（户数、姓名）', '登记表（户数、人口）'].map(text =>
      formKey(text, readForm(text, knownFields)!),
    )
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })
})

describe('the estimate', () => {
  const { pack } = readBuiltIn('county-center')

  it('S4D-26: adds up the minutes of each kind, which are ours and say so', () => {
    const { value, rule, status } = pack.burden.minutes
    expect({ rule, status }).toEqual({ rule: 'S4D-26', status: 'default' })
    const counts = { notices: 2, forms: 1, tasks: 1, meetings: 1, afterHours: 3 }
    expect(estimateMinutes(counts, value)).toBe(2 * 20 + 30 + 30 + 60 + 3 * 5)
  })

  it('S4D-27: the window for the same form asked again is ours and says so', () => {
    expect(pack.burden.duplicateDays).toMatchObject({ value: 60, rule: 'S4D-27', status: 'default' })
  })
})

describe('the hours that belong to nobody’s work', () => {
  const { pack } = readBuiltIn('street-team')
  const calendar = createCalendar()
  const spans = (from: string, to: string) =>
    listQuietSpans({ from, to }, pack.quietHours, calendar).map(span =>
      [span.from, span.to].map(at => formatInstant(at).slice(5, 16)).join(' '),
    )

  it('are the evening and the morning of a working day', () => {
    expect(spans('2026-11-18', '2026-11-18')).toEqual(['11-18T00:00 11-18T08:00', '11-18T20:00 11-19T00:00'])
  })

  it('are a whole weekend, and no make-up Saturday', () => {
    expect(spans('2026-11-20', '2026-11-23').at(-2)).toBe('11-20T20:00 11-23T08:00')
    expect(spans('2026-10-10', '2026-10-10')).toHaveLength(2)
  })

  it('never overlap and never leave their days', () => {
    const days = { from: '2026-09-21', to: '2026-10-11' }
    const all = listQuietSpans(days, pack.quietHours, calendar)
    for (const [index, span] of all.entries()) {
      expect(span.to).toBeGreaterThan(span.from)
      if (index > 0) expect(span.from).toBeGreaterThanOrEqual(all[index - 1]!.to)
    }
    const quietMs = all.reduce((sum, { from, to }) => sum + to - from, 0)
    const workdays = listDays(days).filter(day => calendar.isWorkday(day)).length
    expect(quietMs).toBe((21 * 24 - workdays * 12) * 3_600_000)
  })
})
