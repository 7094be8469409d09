import { describe, expect, it } from 'vitest'
import { findAdmissionCode, findAppraisal, isScorable, judgeMatter } from '../../policy/admission.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { readBuiltIn } from '../support/street-data.ts'

const matter = { kind: 'temporary', from: '2026-11-01', to: '2026-11-30', status: 'admitted' } as const

describe('the gate', () => {
  it.each([
    ['S2-29: what nobody registered', undefined, '2026-11-18', 'not-admitted'],
    ['S2-31: a temporary matter before its first day', matter, '2026-10-31', 'not-yet'],
    ['S2-31: a temporary matter after its last day', matter, '2026-12-01', 'ended'],
    ['what was stopped', { ...matter, status: 'stopped' as const }, '2026-11-18', 'stopped'],
    [
      'S4D-28: the approval of an appraisal, which is none of a task',
      { ...matter, kind: 'appraisal' as const },
      '2026-11-18',
      'is-appraisal',
    ],
  ])('keeps out %s', (_what, facts, today, reason) => {
    expect(judgeMatter(facts, today)).toEqual({ ok: false, reason })
  })

  it.each(['2026-11-01', '2026-11-30'])('S2-31: lets a temporary matter in on %s, both days included', today => {
    expect(judgeMatter(matter, today)).toEqual({ ok: true })
  })

  it('S2-32: work without standard and training is not scored', () => {
    expect(isScorable({})).toBe(false)
    expect(isScorable({ standard: '每户讲一次' })).toBe(false)
    expect(isScorable({ standard: '每户讲一次', training: '11月5日' })).toBe(true)
  })
})

describe('the packs', () => {
  it.each(builtInPackIds)('%s says whether it has the gate', id => {
    const { admission } = readBuiltIn(id).pack
    const gated = { 'county-grid': 'S2-29', 'county-center': 'S4D-30' }[id as string]
    expect(admission.gate.value).toBe(gated !== undefined)
    if (gated) expect(admission.gate.rule).toBe(gated)
  })

  it('S4D-28, S4D-29: only the county centre forbids contests without approval and appraisals of departments', () => {
    for (const id of builtInPackIds) {
      const { contests, ownAppraisals } = readBuiltIn(id).pack.admission
      const isCentre = id === 'county-center'
      expect([contests.value, ownAppraisals.value]).toEqual(isCentre ? ['approval', 'forbidden'] : ['free', 'free'])
    }
    const { contests, ownAppraisals } = readBuiltIn('county-center').pack.admission
    expect([contests.rule, contests.status, ownAppraisals.rule, ownAppraisals.status]).toEqual([
      'S4D-28',
      'original',
      'S4D-29',
      'original',
    ])
  })

  it('S2-30: the county grid names whose matters are not to be shifted onto the grids', () => {
    expect(readBuiltIn('county-grid').pack.admission.departments).toMatchObject({
      rule: 'S2-30',
      value: ['office', 'countyOffice'],
    })
  })
})

describe('the words', () => {
  it.each([
    ['准入号 ZR-2026-08', 'ZR-2026-08'],
    ['准入号：ZR-2026-08，各网格宣传', 'ZR-2026-08'],
    ['备案号是LS12', 'LS12'],
    ['批准文号：政法〔2026〕8号', '政法〔2026〕8号'],
    ['排查出租房，12月4日前', undefined],
  ])('%s', (text, code) => expect(findAdmissionCode(text)).toBe(code))

  it.each([
    ['开展消防示范网格评比', '评比'],
    ['由公安局单独考核', '单独考核'],
    ['排查出租房，漏一户扣0.5分', undefined],
  ])('%s', (text, called) => expect(findAppraisal(text)).toBe(called))
})
