import { describe, expect, it } from 'vitest'
import { actions } from '../../policy/pack/permissions.ts'
import { roleCodes } from '../../policy/pack/role-codes.ts'
import type { Pack } from '../../policy/pack.ts'
import { describeKeyPath } from '../../policy/pack-words.ts'
import { builtInPackIds, packOfRule } from '../../policy/packs/built-in.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'
import { advisory, missing, original, ours } from './pack-values.ts'

interface Row {
  value?: unknown
  what?: string
  rule: string
  clause: string
  status: string
  enabled?: boolean
  against?: string
}

const packs = Object.fromEntries(builtInPackIds.map(id => [id, readBuiltIn(id).pack])) as Record<BuiltInPack, Pack>
const rowsOf = (pack: Pack): Row[] => listRows(pack)

function listRows(node: unknown): Row[] {
  if (typeof node !== 'object' || node === null) return []
  if ('clause' in node) return [node as Row]
  return Object.values(node).flatMap(listRows)
}

describe.each(builtInPackIds)('%s', id => {
  const pack = packs[id]
  const rows = rowsOf(pack)
  const find = (rule: string, value: unknown, status: string) =>
    rows.filter(row => row.rule === rule && row.status === status && isLike(row.value, value))

  it.each(original[id])('%s: the document says %o', (rule, value, words) => {
    expect(find(rule, value, 'original').some(({ clause }) => clause.includes(words))).toBe(true)
  })

  it.each(ours[id])('%s: where the document is silent it says %o, as ours', (rule, value) => {
    expect(find(rule, value, 'default').length).toBeGreaterThan(0)
  })

  it(`leaves open what the document leaves out: ${missing[id].join(', ')}`, () => {
    const open = rows.filter(({ status }) => status === 'missing')
    expect([...new Set(open.map(({ rule }) => rule))].sort()).toEqual(missing[id])
    for (const { what, value } of open) expect([typeof what, value]).toEqual(['string', undefined])
  })

  it.each(advisory[id] ?? [])('%s: %o is advice alone, off, and names %s', (rule, value, against) => {
    const found = find(rule, value, 'original').filter(row => row.against?.startsWith(against))
    expect(found.map(({ enabled }) => enabled)).toEqual([false])
  })

  it('has nothing else that today’s rules on formalism forbid', () => {
    expect(pack.advisory.map(({ rule }) => rule)).toEqual((advisory[id] ?? []).map(([rule]) => rule))
  })

  it('cites its own document alone', () => {
    const strangers = [...rows, ...pack.disabled].map(({ rule }) => rule).filter(rule => packOfRule(rule) !== id)
    expect(strangers).toEqual([])
  })

  it('scores to the sum of the document, with its gaps', () => {
    if (!pack.score) return expect(['street-team', 'street-appraisal']).not.toContain(id)
    const points = [...pack.score.items.map(({ value }) => value.points), ...pack.score.gaps.map(gap => gap.points)]
    expect([points.reduce((a, b) => a + b, 0), pack.score.gaps.map(gap => gap.points)]).toEqual([100, [20]])
  })

  it('names every action', () => {
    expect(Object.keys(pack.actions).sort()).toEqual([...actions].sort())
  })

  it('names only roles that its roster can hold', () => {
    const known = new Set<string>(Object.values(pack.roles.value).map(({ code }) => code))
    const named = textsOf(rows.map(({ value }) => value)).filter(text => roleCodes.some(code => code === text))
    expect(named.filter(code => !known.has(code))).toEqual([])
  })

  it('spares the check-in whom it tells so', () => {
    const { value } = pack.actions.checkIn
    expect(pack.attendance.exempt.value.filter(role => value === 'anyMember' || value.includes(role))).toEqual([])
  })

  it('needs a signature for what hurts people', () => {
    expect(pack.penalties.needsSignature.value).toBe(true)
  })

  it('has Chinese words for every key', () => {
    expect(listUnnamedKeys(pack)).toEqual([])
  })
})

it('S1-13, S1-13b: what is obsolete and touches health is off, with the reason', () => {
  const { disabled } = packs['street-appraisal']
  expect(disabled.map(({ rule }) => rule)).toEqual(['S1-13', 'S1-13b'])
  for (const { why } of disabled) expect(why).toContain('健康信息')
  expect(rowsOf(packs['street-appraisal']).filter(({ rule }) => rule.startsWith('S1-13'))).toEqual([])
})

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** Whether everything that is expected is there; lists are compared whole. */
function isLike(value: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return value === expected
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(expected)) return JSON.stringify(value) === JSON.stringify(expected)
  return Object.entries(expected).every(([key, member]) => isLike((value as Record<string, unknown>)[key], member))
}

function listUnnamedKeys(pack: Pack): string[] {
  const free = new Set(['roles.value', 'actions', 'leave.approverOf.value'])
  const unnamed: string[] = []
  walk(pack, [])
  return unnamed

  function walk(value: unknown, path: string[]): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      const isKey = !Array.isArray(value) && !free.has(path.join('.'))
      if (isKey && describeKeyPath([key]).startsWith(key)) unnamed.push([...path, key].join('.'))
      walk(member, [...path, key])
    }
  }
}
