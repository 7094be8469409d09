import { communitiesOf, type Grid } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'

export type Targets =
  /** null: every grid. */
  | { gridIds: string[] | null }
  /** What is unclear about the numbers told, as a question. */
  | { question: string }

/**
 * The target grids of the numbers a notice names; none named means every grid. A number that several communities use is
 * settled by a community in the text, else by the drafter's own, else asked.
 */
export function chooseTargets(ctx: Ctx, nos: readonly number[] | undefined, text: string = ctx.text): Targets {
  if (!nos || nos.length === 0) return { gridIds: null }
  const chosen: Grid[] = []
  for (const no of nos) {
    const all = ctx.roster.gridsNumbered(no)
    if (all.length === 0) return { question: `没有${no}号网格，${EXAMPLE}` }
    const named = all.filter(({ community }) => text.includes(community.replace(/社区$/, '')))
    const own = all.filter(({ community }) => communitiesOf(ctx.roster, ctx.actor, ctx.today).includes(community))
    const fitting = all.length === 1 ? all : named.length > 0 ? named : own
    if (fitting.length === 0) {
      const communities = all.map(({ community }) => community).join('、')
      return {
        question: `${no}号网格有${all.length}个（${communities}），请说清是哪个社区的，如“${all[0]!.community}${no}网格”。`,
      }
    }
    chosen.push(...fitting)
  }
  return { gridIds: [...new Set(chosen.map(({ id }) => id))] }
}

const EXAMPLE = '请说清发给哪些网格，如“1-3网格”；全部就回“全部网格”。'

/** The answer to that question; where it names communities alone it is about the numbers `asked` for. */
export function readTargets(
  ctx: Ctx,
  words: string,
  understood: readonly number[] | undefined,
  asked: readonly number[] = [],
): Targets {
  if (/全部|所有|各网格|全街道/.test(words)) return { gridIds: null }
  const told = understood ?? numbersIn(words)
  const nos = told.length > 0 ? told : asked
  return nos.length === 0 ? { question: EXAMPLE } : chooseTargets(ctx, nos, words)
}

function numbersIn(words: string): number[] {
  const nos: number[] = []
  for (const [, from, to] of words.normalize('NFKC').matchAll(/(\d{1,3})(?:\s*[-~—–至到]\s*(\d{1,3}))?/g)) {
    for (let no = Number(from); no <= Number(to ?? from); no++) nos.push(no)
  }
  return nos
}
