import { describe, expect, it } from 'vitest'
import { judgeDuty, judgeVisitSort } from '../../policy/visit-kind.ts'
import { readBuiltIn } from '../support/street-data.ts'

const sortOf = (words: string, findings?: string, id: Parameters<typeof readBuiltIn>[0] = 'street-team') =>
  judgeVisitSort(words, findings, readBuiltIn(id).pack)

describe('what kind of visit the words tell of', () => {
  it.each([
    ['S1-19', '走访征兵对象小李', '征兵'],
    ['S1-20', '走访军属老李', '军烈属'],
    ['S1-21', '走访民兵小王', '民兵'],
    ['S3A-01', '到幸福广场宣传反诈', '宣传'],
    ['S3A-02', '走访企业 城东机械厂 缺工', '企业'],
    ['S3A-05', '给王奶奶量血压', '健康服务'],
    ['S3A-06', '给李大爷送就业信息', '特色服务'],
    ['S4A-04', '走访矫正对象小李，按时报到', '社区矫正'],
    ['S0-12', '走访了3幢王奶奶', undefined],
    ['S0-12', '走访了老厂里的王奶奶', undefined],
  ])('%s: %s', (_rule, words, kind) => {
    expect(sortOf(words).kind).toBe(kind)
  })

  it.each([
    ['到王奶奶家串串门', '每日串串门'],
    ['跟李大爷拉拉呱', '遇事拉拉呱'],
    ['帮王奶奶买药', '困难扶一把'],
  ])('S4D-20: %s', (words, kind) => {
    expect(sortOf(words, undefined, 'county-center').kind).toBe(kind)
    expect(sortOf(words, undefined, 'town-visits').kind).not.toBe(kind)
  })
})

describe('what is offered', () => {
  it.each([
    ['1户燃气管老化', 'hazard', undefined],
    ['楼道电线裸露', 'hazard', undefined],
    ['家里缺轮椅', 'need', '服务需求'],
    ['缺工', 'need', '服务需求'],
    ['看不起病', 'need', '困难'],
    ['建议多装一盏路灯', 'need', '建议'],
    ['对物业有意见', 'need', '意见'],
    ['一切正常', undefined, undefined],
    ['没有隐患', undefined, undefined],
    ['燃气管老化，已更换', undefined, undefined],
    ['没什么困难', undefined, undefined],
    [undefined, undefined, undefined],
  ])('S1-17, S3A-02: %s', (findings, offers, topic) => {
    expect(sortOf('走访', findings)).toMatchObject({ offers, topic })
  })
})

describe('S4D-05: the six duties', () => {
  const { pack } = readBuiltIn('county-center')
  const dutyOf = (words: string, findings?: string, isClosed = false) =>
    judgeDuty(judgeVisitSort(words, findings, pack), words, isClosed, pack)

  it.each([
    ['走访了3幢王奶奶', undefined, false, '采集基础信息'],
    ['走访小李', undefined, true, '管理重点人员'],
    ['走访5户', '燃气管老化', false, '排查安全隐患'],
    ['走访王奶奶，劝和了邻里纠纷', undefined, false, '调解矛盾纠纷'],
    ['宣传反诈', undefined, false, '宣传法规政策'],
    ['走访王奶奶', '缺轮椅', false, '开展民生服务'],
  ])('%s, %s', (words, findings, isClosed, duty) => {
    expect(dutyOf(words, findings, isClosed)).toBe(duty)
  })

  it('a document without that list has none', () => {
    const { pack: other } = readBuiltIn('street-team')
    expect(judgeDuty({}, '走访王奶奶', false, other)).toBeUndefined()
  })
})
