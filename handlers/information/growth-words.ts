import type { GrowthVerdict } from '../../policy/information.ts'

export const growthStates: Record<GrowthVerdict['state'], string> = {
  counted: '计入',
  notCounted: '不计入',
  pending: '待核',
}

const AMOUNT = /(\d[\d,]*(?:\.\d+)?)\s*(亿|千万|百万|万|千)?\s*元?/gu
/** A grid's number is no figure. */
const GRID = /第?\d{1,6}号?网格/gu
const UNITS: Readonly<Record<string, number>> = { 亿: 1e8, 千万: 1e7, 百万: 1e6, 万: 1e4, 千: 1e3 }
/** The word before the figure, and what is said of it: 平均工资, 人均可支配收入, 总投资. */
const WORDS = /(?:(?:月|年)?(?:人均|平均|户均|总|计划)?(?:可支配)?(?:工资|收入|投资额?)(?:为|是|约|：|:)?)\s*$/u

/** A name with the last figure of the text, in yuan; undefined where either is missing. */
export function readFigure(text: string): { name: string; amount: number } | undefined {
  const told = text.normalize('NFKC').replace(GRID, ' ').trim()
  const last = [...told.matchAll(AMOUNT)].at(-1)
  if (!last) return undefined
  const amount = Math.round(Number(last[1]!.replaceAll(',', '')) * (UNITS[last[2] ?? ''] ?? 1))
  const name = told
    .slice(0, last.index)
    .replace(WORDS, '')
    .replace(/[\s,:;、。]+$/u, '')
  return name && Number.isSafeInteger(amount) && amount > 0 ? { name, amount } : undefined
}
