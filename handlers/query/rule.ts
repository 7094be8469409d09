import { statusNames } from '../../policy/pack.ts'
import { packOfRule } from '../../policy/packs/built-in.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { type Entry, listEntries } from './rule-entries.ts'
import { describeEntry } from './rule-words.ts'

/** Words that are in every question and say nothing about its subject. */
const FILLERS =
  /(?:请问|规定|规则|怎么|什么|多少|几点|几个|是否|需要|可以|应该|依据|条款|原文|文件|里面|一下|我们|要求|怎样|如何|查询|有没有|是|的|了|吗|呢|吧|要|几)/gu
const LEAST_SHARED = 1
/** The question asks for a time, a number or an amount. */
const FIGURE = /几|多少|多久|多长|什么时候/
/** Of what we chose ourselves so much is told beside what the document says. */
const DEFAULTS_TOLD = 3

/** What a rule says, by its number (S0-25) or by its subject; what the document leaves out is said, never made up. */
export async function rule(ctx: Ctx): Promise<Answer> {
  const asked = plainWords(ctx.text).normalize('NFKC')
  const [, document, row] = /(S\d[A-E]?)(-\d{2}b?)/i.exec(asked) ?? []
  if (document && row) return tellRule(ctx, `${document.toUpperCase()}${row.toLowerCase()}`)
  const found = findBest(listEntries(ctx.pack).entries, asked)
  if (found) return answer(tellEntries(ctx, [found]))
  return refuse(
    'unknown-rule',
    `《${ctx.pack.title}》里没有找到这一条。可以换个说法，如“上班几点打卡”“提示单几点前下发”。`,
  )
}

/** Every value of one rule, the document's own first; of another document's rule, whose it is. */
function tellRule(ctx: Ctx, number: string): Answer {
  const { pack } = ctx
  const { entries, permissions } = listEntries(pack)
  const own = entries.filter(entry => entry.rule === number).sort((a, b) => rankOf(a) - rankOf(b))
  const off = pack.disabled.find(({ rule }) => rule === number)
  if (off) return answer(`${number} ${off.title}：该项未启用。${off.why}。`)
  if (own.length > 0) return answer(tellEntries(ctx, own))
  const permitted = permissions.find(entry => entry.rule === number)
  if (permitted) return answer(`${number}：${permitted.clause}`)
  const home = packOfRule(number)
  if (home === undefined || home === pack.id)
    return refuse('unknown-rule', `《${pack.title}》里没有 ${number} 这一条。`)
  return refuse(
    'other-document',
    `${number} 是另一份文件（规则包 ${home}）的条款，这里执行的是《${pack.title}》，不适用。`,
  )
}

/** What the document says, what it leaves out, and then what we chose: plain values before tables. */
function rankOf({ status, value }: Entry): number {
  const isTable = Array.isArray(value) && typeof value[0] === 'object'
  return ['original', 'missing', 'default'].indexOf(status) + (isTable && status === 'default' ? 1 : 0)
}

/** Values, then the clauses they follow, each once. */
function tellEntries({ pack }: Ctx, entries: readonly Entry[]): string {
  const ours = entries.filter(({ status }) => status === 'default')
  const values = entries
    .filter(entry => !ours.slice(DEFAULTS_TOLD).includes(entry))
    .map(entry => describeEntry(pack, entry))
  if (ours.length > DEFAULTS_TOLD) values.push(`另有${ours.length - DEFAULTS_TOLD}项是${statusNames.default}。`)
  const clauses = entries.map(({ rule, clause }) => `${rule}：${clause}`)
  return [...values, ...new Set(clauses)].join('\n')
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
