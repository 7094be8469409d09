import { statusNames } from '../../policy/pack.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'

/** Scores and ranks: how the document divides the points, with what it leaves out shown openly. Source: S0-35, S0-36 */
export async function scheme({ pack }: Ctx): Promise<Answer> {
  const { total, items, gaps } = pack.score
  const known = items.map(({ value }) => `${value.name} ${value.points} 分`)
  const missing = gaps.map(({ what, points }) => `${what}：${statusNames.missing}（${points} 分）`)
  const lines = [
    `考核总分 ${total.value} 分：${known.join('，')}。`,
    ...missing,
    '评分和排名还没有启用，目前只如实记录；不在群里排名。',
  ]
  return answer(lines.join('\n'), { private: true })
}
