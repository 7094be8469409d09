import { type Pack, statusNames } from '../../policy/pack.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'

const periods = {
  day: '每天',
  workday: '每个工作日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  half: '每半年',
  year: '每年',
} as const

/** How the document appraises: points, cycles and indicators, with what it leaves out shown openly. Source: S0-35, S0-36, S1-44 */
export async function scheme({ pack }: Ctx): Promise<Answer> {
  const lines = [...tellPoints(pack), ...tellCycles(pack), ...tellIndicators(pack)]
  lines.push('评分和排名还没有启用，目前只如实记录；不在群里排名。')
  return answer(lines.join('\n'), { private: true })
}

function tellPoints({ score, title }: Pack): string[] {
  if (!score) return [`《${title}》没有写评分办法。`]
  const known = score.items.map(({ value }) => `${value.name} ${value.points} 分`)
  const missing = score.gaps.map(({ what, points }) => `${what}：${statusNames.missing}（${points} 分）`)
  return [`考核总分 ${score.total.value} 分：${known.join('，')}。`, ...missing]
}

function tellCycles({ cycles }: Pack): string[] {
  if (cycles.length === 0) return []
  return [`考核周期：${cycles.map(({ value }) => `${periods[value.per]}${value.name}`).join('，')}。`]
}

function tellIndicators({ indicators, formulas }: Pack): string[] {
  return indicators.map(({ value: { name, target, unit } }) => {
    const goal = target === undefined ? '' : `，目标${target}${unit}`
    const formula = formulas.find(({ value }) => value.of === name)
    return `${name}${goal}${formula ? `：${formula.value.is}（${statusNames[formula.status]}）` : ''}`
  })
}
