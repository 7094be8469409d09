import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INTENTS } from '../../bot/understand/classes.ts'
import { explain, type UnderstandInput, understand, understandAs } from '../../bot/understand/understand.ts'
import { readCases, scoreCases } from './read-cases.ts'

const said = (text: string, more: Partial<UnderstandInput> = {}) =>
  understand({ text, at: '2026-11-18T10:00', role: 'worker', hasImage: false, quote: null, ...more })
const meaning = (text: string, more: Partial<UnderstandInput> = {}) => {
  const { intent, slots } = said(text, more)
  return { intent, slots }
}

describe('held-out messages', () => {
  for (const file of [
    'heldout.jsonl',
    'heldout-2.jsonl',
    'heldout-3.jsonl',
    'heldout-4.jsonl',
    'heldout-5.jsonl',
    'heldout-6.jsonl',
    'heldout-7.jsonl',
    'heldout-9.jsonl',
    'heldout-10.jsonl',
  ]) {
    test(`understands ${file} as well as the guide asks of unseen messages`, () => {
      const score = scoreCases(readCases(file))
      expect(score.intent, score.misses.join('\n')).toBeGreaterThanOrEqual(0.95)
      expect(score.slotsF1, score.misses.join('\n')).toBeGreaterThanOrEqual(0.92)
      expect(score.whole, score.misses.join('\n')).toBeGreaterThanOrEqual(0.85)
      expect(score.silent, score.misses.join('\n')).toBeGreaterThanOrEqual(0.95)
    })
  }

  test('the score can fail: a wrong label is a miss', () => {
    const [first] = readCases('heldout.jsonl')
    expect(scoreCases([{ ...first!, intent: 'draw' }])).toMatchObject({ intent: 0, whole: 0 })
  })
})

describe('any string', () => {
  test('gives an answer with a known intent and no empty slot', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.option(fc.string({ maxLength: 60 })),
        (text, quote) => {
          const { intent, slots, confidence } = said(text, { quote })
          expect(INTENTS).toContain(intent)
          expect(confidence).toBeGreaterThanOrEqual(0)
          expect(confidence).toBeLessThanOrEqual(1)
          for (const value of Object.values(slots)) expect(value ?? undefined).toBeDefined()
        },
      ),
      { numRuns: 300 },
    )
  })

  test('made of the words of the work gives an answer', () => {
    const words = fc.constantFrom(
      '打卡',
      '走访',
      '王奶奶',
      '3号',
      '提示单',
      '周五前',
      '12月',
      '三网格',
      '上报',
      '扣',
      '2分',
      '，',
      '\n',
      '请假',
      '半天',
      '第',
      '-',
      '点',
      '会',
      '#',
      '【',
      '】',
      ':',
      '同意',
    )
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 30 }),
        fc.constantFrom('2026-11-18T10:00', '2028-02-29T23:59', '', 'x'),
        (parts, at) => {
          expect(INTENTS).toContain(said(parts.join(''), { at }).intent)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('means the same with the bot named or punctuation set around it', () => {
    const texts = readCases('heldout.jsonl').map(({ text, at, quote, role }) => ({ text, at, quote, role }))
    const wraps = fc.constantFrom(
      (text: string) => `@小格 ${text}`,
      (text: string) => `${text}@小格`,
      (text: string) => `小格，${text}`,
      (text: string) => `${text} 小格`,
      (text: string) => `小格小格${text}`,
      (text: string) => `${text}。`,
      (text: string) => `${text}！！`,
      (text: string) => `，${text}～`,
      (text: string) => `…${text}……`,
      (text: string) => `${text}?`,
    )
    fc.assert(
      fc.property(fc.constantFrom(...texts), wraps, ({ text, ...context }, wrap) => {
        expect(meaning(wrap(text), context)).toEqual(meaning(text, context))
      }),
      { numRuns: 1500 },
    )
  })
})

describe('bad input', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t　 '],
    ['emoji alone', '👍👍🌹[微笑]'],
    ['control characters', '\u0000\u0001\u0002\uFFFF'],
    ['half a surrogate pair', '\uD83D'],
  ])('%s is none', (_, text) => {
    expect(meaning(text)).toEqual({ intent: 'none', slots: {} })
  })

  test('ten thousand characters are read by their beginning', () => {
    expect(said(`走访王奶奶20分钟，${'情况都正常，'.repeat(2000)}`).intent).toBe('visit')
    expect(said('第'.repeat(10_000)).intent).toBeDefined()
    expect(said('1'.repeat(10_000)).intent).toBeDefined()
    expect(said('一二三四五'.repeat(2000)).intent).toBeDefined()
  })
})

describe('several records', () => {
  test('a problem wins over clocking in, which is kept beside it', () => {
    expect(said('到岗了,顺便说下3号楼路灯坏了')).toMatchObject({
      intent: 'reportIncident',
      slots: { category: 'facility', place: '3号楼' },
      also: [{ intent: 'checkIn', slots: { kind: 'on' } }],
    })
  })

  test('two visits are two records, each with its own figures', () => {
    expect(said('走访王奶奶20分钟。走访李大爷30分钟。')).toMatchObject({
      slots: { person: '王奶奶', minutes: 20 },
      also: [{ intent: 'visit', slots: { person: '李大爷', minutes: 30 } }],
    })
  })

  test('one visit told in two sentences stays one', () => {
    expect(said('走访陈阿婆。聊了20分钟，一切都好。').also).toBeUndefined()
  })
})

describe('corrections', () => {
  test.each([
    ['不是走访，是隐患', 'reportIncident'],
    ['刚才那条改成巡查', 'patrol'],
    ['不是巡查，是走访', 'visit'],
    ['上一条应该是信息', 'submitInfo'],
  ])('%s corrects the last record', (text, intent) => {
    expect(said(text).correctTo).toBe(intent)
  })

  test('不是我干的，是他 corrects nothing', () => {
    expect(said('不是我干的，是他').correctTo).toBeUndefined()
  })
})

test('a numbered notice in the quote gives its number, never its target', () => {
  expect(meaning('签发', { quote: '【待签发】工作提示单 24号：节前安全检查' })).toEqual({
    intent: 'decide',
    slots: { no: 24, decision: 'sign' },
  })
})

test.each([
  ['下周五（11月27日）15:30召开社区月会', '2026-11-27T15:30'],
  ['本周六（11月21日）月会照常，9点半，老年活动室', '2026-11-21T09:30'],
])('%s starts on the day in the brackets', (text, start) => {
  expect(meaning(text)).toMatchObject({ intent: 'scheduleMeeting', slots: { start } })
})

test.each([
  ['今晚七点开个碰头会，网格驿站', '网格驿站'],
  ['后天上午9点系统操作培训 街道机房 带好账号', '街道机房'],
])('%s names its room without a verb', (text, place) => {
  expect(meaning(text).slots).toMatchObject({ place })
})

test.each([
  ['拟提示单，各网格周五前清楼道，不清的一处扣0.1', '不清的一处扣0.1'],
  ['写提示单各网格周五前把油烟机清洗记录查一遍没查的一家扣零点二分', '没查的一家扣零点二分'],
  ['拟提示单，各网格周五前清楼道，逾期未报的予以通报', '逾期未报的予以通报'],
  ['发提示单，内容是走访老人，12月1日前完成，考核按街道考核办法，漏一户扣1分', '按街道考核办法，漏一户扣1分'],
])('the sanction of %s is its appraisal', (text, appraisal) => {
  expect(meaning(text)).toMatchObject({ intent: 'draftNotice', slots: { appraisal } })
})

test.each(['我妈早上出去到现在没回来', '弟弟离家出走两天了，联系不上', '我家老太太昨晚出去到现在找不到人'])(
  '%s is an urgent matter of security',
  text => {
    expect(meaning(text, { role: 'resident' })).toMatchObject({
      intent: 'reportIncident',
      slots: { category: 'security', urgent: true },
    })
  },
)

test.each([
  ['elsewhere', '隔壁街道昨晚电瓶车起火了'],
  ['a paper in a colleague’s hands', '撤销联席机制的那个文件谁有电子版'],
  ['an office counter', '请问办老年卡要带什么材料，周末有人吗'],
  ['what befell the sender', '怎么又抽到我们网格'],
])('talk about %s is not for the bot', (_, text) => {
  expect(meaning(text)).toEqual({ intent: 'none', slots: {} })
})

describe('words as written', () => {
  test('keeps the punctuation and the width of the message in what will be published', () => {
    const { slots } = said('拟提示单：各网格11月24日前完成取暖器排查，要求逐楼、逐户，有照片（３张），少一户扣０.３分')
    expect(slots).toMatchObject({
      content: '完成取暖器排查',
      requirement: '逐楼、逐户，有照片（３张）',
      appraisal: '少一户扣０.３分',
      due: '2026-11-24',
    })
    expect(slots).not.toHaveProperty('gridNos')
  })

  test('keeps them in every further record too', () => {
    const { slots, also } = said('走访东街１２号王奶奶２０分钟。走访西街３号李大爷３０分钟。')
    expect([slots, ...(also ?? []).map(record => record.slots)]).toMatchObject([
      { place: '东街１２号' },
      { place: '西街３号' },
    ])
  })

  test('any words that were read stand in the message, up to what was left out between them', () => {
    const texts = readCases('heldout.jsonl').map(({ text, at, quote, role }) => ({ text, at, quote, role }))
    const widen = (text: string): string =>
      text.replace(/[!-~]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    for (const { text, ...context } of texts) {
      const { place, person } = said(widen(text), context).slots as { place?: string; person?: string }
      for (const words of [place, person]) if (words !== undefined) expect(widen(text)).toContain(words)
    }
  })
})

test('the roster finds a name by its sound', () => {
  expect(meaning('走访了李见国，20分钟', { names: ['李建国'] }).slots).toMatchObject({ person: '李见国', minutes: 20 })
})

test('a known place needs no word of places in it', () => {
  expect(meaning('巡查大草坪一圈40分钟', { places: ['大草坪'] }).slots).toMatchObject({ place: '大草坪' })
})

test('an unsure answer names its alternative', () => {
  const unsure = readCases('heldout.jsonl')
    .map(understand)
    .filter(({ confidence }) => confidence < 0.8)
  for (const { alternative, intent } of unsure) {
    expect(alternative).toBeDefined()
    expect(alternative).not.toBe(intent)
  }
})

test('what was found is kept beside who, where and how long', () => {
  expect(meaning('走访3幢王奶奶20分钟，血压有点高，药按时吃').slots).toMatchObject({ findings: '血压有点高，药按时吃' })
  expect(meaning('走访王奶奶20分钟').slots).not.toHaveProperty('findings')
})

test('a record told later carries the day it claims', () => {
  expect(meaning('补记昨天下午走访王奶奶，20分钟').slots).toMatchObject({ claimedAt: '2026-11-17' })
})

test('a late clock-in carries the time it claims', () => {
  expect(meaning('8点23到岗的，忘了打卡，补一下').slots).toEqual({ kind: 'on', claimedAt: '2026-11-18T08:23' })
})

test('reads the slots of the intent that the sender chose', () => {
  expect(
    understandAs('patrol', {
      text: '锦绣苑 40分钟',
      at: '2026-11-18T10:00',
      role: 'worker',
      hasImage: false,
      quote: null,
    }),
  ).toEqual({
    intent: 'patrol',
    slots: { place: '锦绣苑', minutes: 40 },
  })
})

test('explains which cues decided', () => {
  const { cues, scores, understood } = explain({
    text: '撤销上一条',
    at: '2026-11-18T10:00',
    role: 'worker',
    hasImage: false,
    quote: null,
  })
  expect(understood.intent).toBe('undo')
  expect(scores[0]?.intent).toBe('undo')
  expect(cues).toContainEqual({ intent: 'undo', weight: 7, name: 'takes back' })
})
