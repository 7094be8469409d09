import { describe, expect, it } from 'vitest'
import {
  addPopulation,
  bodyOfInfo,
  formatYuan,
  isEmptyInfo,
  isSameInfo,
  isSensitiveInfo,
  judgeGrowth,
  nameInfoKind,
} from '../../policy/information.ts'
import type { Pack } from '../../policy/pack.ts'
import { readBuiltIn } from '../support/street-data.ts'

const { pack } = readBuiltIn('county-grid')
const appraisal = readBuiltIn('street-appraisal').pack
const withThreshold = (rule: string, value: { atLeast?: number; moreThan?: number }): Pack => ({
  ...appraisal,
  thresholds: [{ value: { of: '某项', unit: '元', ...value }, rule, clause: '必须超过上年度', status: 'default' }],
})

describe('kinds', () => {
  it.each([
    ['enterprise', '新开网吧一家', '组织'],
    ['population', '新搬来三人', '人'],
    ['population', '装了两个充电桩', '物'],
    ['keyPerson', '刘某在网吧上班', '人'],
    ['publicOpinion', '希望加路灯', '社情民意'],
    ['other', '开展了宣传', '事'],
  ])('S2-14: %s, “%s” is %s', (topic, text, kind) => {
    expect(nameInfoKind(pack, topic, text)).toBe(kind)
  })

  it('S2-14: a kind that a document does not list is not made up', () => {
    const lists = pack.lists.map(list =>
      list.value.key === 'infoTypes' ? { ...list, value: { ...list.value, names: ['人', '地'] } } : list,
    )
    expect(nameInfoKind({ ...pack, lists }, 'enterprise', '新开网吧一家')).toBeUndefined()
  })
})

describe('the quality gate', () => {
  it.each(['信息：', '信息：无', '信息 暂无', '信息：一切正常', '信息：好的', '信息：……'])(
    'S2-25: “%s” says nothing',
    text => {
      expect(isEmptyInfo(pack, text)).toBe(true)
    },
  )

  it.each(['信息：新开网吧', '社情民意 加路灯吧', '3幢换了租客'])('S2-25: “%s” says something', text => {
    expect(isEmptyInfo(pack, text)).toBe(false)
  })

  it('S2-25: takes off the word that announces it, and nothing else', () => {
    expect(bodyOfInfo('报信息：信息栏换了')).toBe('信息栏换了')
    expect(bodyOfInfo('民意：希望加灯')).toBe('希望加灯')
  })

  it.each([
    ['信息 新开网吧一家', '信息：新开了一家网吧', true],
    ['信息：3幢电梯坏了又修好', '信息：3幢电梯坏了，又修好。', true],
    ['信息：3幢新装充电桩', '信息：5幢新装充电桩', false],
    ['信息：新开网吧一家', '信息：新开网吧两家', false],
    ['信息：新开网吧一家', '信息：新开超市一家', false],
    ['信息：王奶奶家来了亲戚', '信息：沿河步道修好通行', false],
  ])('S2-25: “%s” and “%s”: the same? %s', (one, other, same) => {
    expect(isSameInfo(one, other)).toBe(same)
  })

  it('S1-31: knows what is nobody’s business', () => {
    expect(isSensitiveInfo('other', '新增宗教活动点')).toBe(true)
    expect(isSensitiveInfo('keyPerson', '刘某情绪平稳')).toBe(true)
    expect(isSensitiveInfo('other', '新开网吧一家')).toBe(false)
  })
})

describe('figures that count from a bound on', () => {
  it.each([
    [4_999_999, 'notCounted', '不到500万元'],
    [5_000_000, 'counted', '达到500万元，以上含本数'],
    [6_000_000, 'counted', '达到500万元，以上含本数'],
  ])('S1-30: an investment of %d yuan is %s', (amount, state, because) => {
    expect(judgeGrowth(appraisal, 'investment', amount)).toMatchObject({ state, because })
  })

  it.each([
    ['wages', 'S1-28', 60_000, 'notCounted', '没有超过6万元'],
    ['wages', 'S1-28', 60_001, 'counted', '超过6万元'],
    ['survey', 'S1-29', 59_000, 'notCounted', '没有超过6万元'],
    ['survey', 'S1-29', 62_000, 'counted', '超过6万元'],
  ] as const)('%s (%s): 必须超过 does not take the bound itself: %d is %s', (kind, rule, amount, state, because) => {
    expect(judgeGrowth(withThreshold(rule, { moreThan: 60_000 }), kind, amount)).toMatchObject({ state, because })
  })

  it.each(['wages', 'survey'] as const)('S1-28, S1-29: without the figure of last year %s waits', kind => {
    expect(judgeGrowth(appraisal, kind, 62_000)).toMatchObject({ ok: false, state: 'pending' })
  })

  it('S1-30: other documents have no such item', () => {
    expect(judgeGrowth(pack, 'investment', 6_000_000)).toBeUndefined()
  })

  it.each([
    [980, '980元'],
    [62_000, '6.2万元'],
    [6_000_000, '600万元'],
    [150_000_000, '1.5亿元'],
  ])('spells %d yuan', (yuan, words) => {
    expect(formatYuan(yuan)).toBe(words)
  })
})

it('S1-12: sums up kind by kind, and leaves out what did not occur', () => {
  const sum = addPopulation([
    { kind: 'born', people: 1 },
    { kind: 'movedIn', households: 2 },
    { kind: 'movedIn', households: 1, people: 3 },
  ])
  expect(sum).toEqual([
    { kind: 'movedIn', households: 3, people: 3 },
    { kind: 'born', households: undefined, people: 1 },
  ])
})
