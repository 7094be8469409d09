import { type Pack, statusNames } from '../../policy/pack.ts'
import { describeKeyPath } from '../../policy/pack-words.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'

/** One value of the pack with what can be asked about it. */
interface Entry {
  /** `考勤 › 上班时间` */
  name: string
  value: unknown
  rule: string
  clause: string
  status: keyof typeof statusNames
  /** What a gap lacks. */
  what?: string
}

/** Words that are in every question and say nothing about its subject. */
const FILLERS =
  /(?:请问|规定|规则|怎么|什么|多少|几点|几个|是否|需要|可以|应该|依据|条款|原文|文件|里面|一下|我们|要求|怎样|如何|查询|有没有|是|的|了|吗|呢|吧|要|几)/gu
const LEAST_SHARED = 1
/** The question asks for a time, a number or an amount. */
const FIGURE = /几|多少|多久|多长|什么时候/

/** What a rule says, by its number (S0-25) or by its subject; what the document leaves out is said, never made up. */
export async function rule(ctx: Ctx): Promise<Answer> {
  const asked = plainWords(ctx.text).normalize('NFKC')
  const entries = listEntries(ctx.pack)
  const number = /S\d[A-E]?-\d{2}/i.exec(asked)?.[0].toUpperCase()
  const found = number ? entries.find(entry => entry.rule === number) : findBest(entries, asked)
  if (found) return answer(renderEntry(found))
  return refuse(
    'unknown-rule',
    `《${ctx.pack.title}》里没有找到这一条。可以换个说法，如“上班几点打卡”“提示单几点前下发”。`,
  )
}

function renderEntry({ name, value, rule, clause, status, what }: Entry): string {
  if (what !== undefined) return `${what}：${statusNames.missing}。\n${rule}：${clause}`
  const plain = typeof value === 'string' || typeof value === 'number' ? `：${value}` : ''
  const source = status === 'default' && plain ? `（${statusNames.default}，原文没有写明）` : ''
  return `${plain ? `${name.split(' › ').slice(0, 2).join('')}${plain}${source}\n` : ''}${rule}：${clause}`
}

/** The entry that shares the most pairs of characters with the question; a value before a clause that merely mentions it. */
function findBest(entries: readonly Entry[], asked: string): Entry | undefined {
  const wanted = pairsOf(asked.replace(FILLERS, ' '))
  const wantsFigure = FIGURE.test(asked)
  let best: { entry: Entry; score: number } | undefined
  for (const entry of entries) {
    const own = pairsOf(`${entry.name} ${entry.what ?? ''}`)
    const clause = pairsOf(entry.clause)
    const hasFigure = entry.what !== undefined || typeof entry.value === 'string' || typeof entry.value === 'number'
    const shared = [...wanted].reduce((sum, pair) => sum + (own.has(pair) ? 2 : clause.has(pair) ? 1 : 0), 0)
    const score = shared > 0 && wantsFigure && hasFigure ? shared + 1 : shared
    if (score > (best?.score ?? LEAST_SHARED)) best = { entry, score }
  }
  return best?.entry
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>()
  for (const run of text.match(/[\p{L}\p{N}]+/gu) ?? []) {
    for (let index = 0; index + 1 < run.length; index++) pairs.add(run.slice(index, index + 2))
  }
  return pairs
}

function listEntries(pack: Pack): Entry[] {
  const entries: Entry[] = []
  const visit = (node: unknown, path: (string | number)[]): void => {
    if (typeof node !== 'object' || node === null) return
    if ('rule' in node && 'clause' in node) {
      const { rule, clause, status, value, what } = node as Entry
      entries.push({ name: describeKeyPath(path).replace(/（[^（]*）$/, ''), rule, clause, status, value, what })
      return
    }
    for (const [key, child] of Object.entries(node)) visit(child, [...path, Array.isArray(node) ? Number(key) : key])
  }
  // The table of who may do what cites clauses for permissions, not for what people ask about.
  visit({ ...pack, actions: undefined }, [])
  return entries
}
