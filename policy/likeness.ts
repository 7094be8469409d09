/** How much two reports speak of the same trouble: a small measure over their words, without the words that say where. */

/** Troubles by the word people know them by; each pattern holds the ways of saying it. */
const TROUBLES: readonly [name: string, words: RegExp][] = [
  ['漏水', /漏水|渗水|滴水|水管.{0,4}[漏爆破裂]|爆管|[漏冒喷]着?水|漏了|又漏|在漏|往下漏|管道.{0,4}[漏爆破裂]/],
  ['下水堵塞', /下水.{0,4}堵|堵[了塞住]|返水|污水.{0,4}(?:溢|冒|流|满)|粪水|化粪池/],
  ['路灯', /路灯|灯.{0,4}(?:坏|不亮|灭)|不亮/],
  ['井盖', /井盖|窨井/],
  ['电梯', /电梯/],
  ['垃圾', /垃圾|脏乱|恶臭/],
  ['堆物', /堆物|杂物|堆放|堆满|乱堆/],
  ['飞线充电', /飞线|拉线充电|私拉|充电/],
  ['消防设施', /消防栓|灭火器|消防通道|消防车道/],
  ['噪音', /噪[音声]|扰民|吵闹|太吵|吵得/],
  ['停车', /乱停|停车|占道停|堵车|僵尸车/],
  ['违建', /违建|搭建|违章建/],
  ['占道', /占道|出店经营|摆摊/],
  ['小广告', /小广告|牛皮癣|乱贴/],
  ['墙体脱落', /墙皮|瓷砖|外墙|脱落|掉砖/],
  ['树木', /树[枝倒木]|大树|枯枝|枯树/],
  ['停电', /停电|没电|跳闸|断电/],
  ['停水', /停水|没水/],
  ['燃气', /燃气|煤气|天然气|液化气|漏气/],
  ['犬只', /野狗|流浪狗|恶犬|[养遛]狗|狗/],
  ['纠纷', /纠纷|矛盾|吵架|争吵|闹矛盾|打架/],
  ['路面', /路面|坑洼|塌陷|破损|积水/],
  ['欠薪', /欠薪|工资|讨薪/],
  ['起火', /着火|起火|火情|冒烟|烧起来/],
]

/** Words of reporting that say nothing of what is wrong. */
const EMPTY =
  /上报|报告|反映|发现|居民|群众|有人|看到|你好|您好|请问|麻烦|尽快|赶紧|处理|一下|现在|今天|昨天|刚才|又|还是|还在|这里|那里|我们|[的了是在有着过和也都很太啊吧呢]/g

/** The troubles a text names, by their common word. */
export function listTroubles(text: string): string[] {
  return TROUBLES.filter(([, words]) => words.test(text)).map(([name]) => name)
}

/**
 * The share of two-character pieces that two texts have in common (Dice), from 0 to 1, of what remains when everything is left out
 * that tells nothing of the matter.
 */
export function measureLikeness(one: string, other: string): number {
  const [a, b] = [listPieces(one), listPieces(other)]
  if (a.size === 0 || b.size === 0) return 0
  const shared = [...a].filter(piece => b.has(piece)).length
  return (2 * shared) / (a.size + b.size)
}

/** Longer texts are compared by their beginning: what is wrong stands there. */
const COMPARED_CHARACTERS = 300

function listPieces(text: string): Set<string> {
  const words = text
    .slice(0, COMPARED_CHARACTERS)
    .normalize('NFKC')
    .replace(EMPTY, '')
    .replace(/[\s\p{P}\p{S}\d]/gu, '')
  return new Set(Array.from({ length: Math.max(0, words.length - 1) }, (_, index) => words.slice(index, index + 2)))
}

export interface Report {
  text: string
  category: string
}

/** Texts this much alike are taken for the same matter where they share no named trouble. */
const ALIKE = 0.5

/**
 * Whether two reports of one place speak of the same matter, and by which words.
 *
 * @returns `都说漏水` or `说法相近`; undefined where they do not
 */
export function judgeSameMatter(one: Report, other: Report): { why: string; likeness: number } | undefined {
  const likeness = measureLikeness(one.text, other.text)
  const troubles = listTroubles(other.text)
  const shared = listTroubles(one.text).filter(name => troubles.includes(name))
  if (shared.length > 0) return { why: `都说${shared[0]}`, likeness: 1 + likeness }
  return likeness >= ALIKE ? { why: '说法相近', likeness } : undefined
}
