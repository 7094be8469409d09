import type { Grid } from '../../storage/roster.ts'
import { findGridNo } from '../grids.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { MONTH, readMonth } from '../incident/lists/month.ts'
import { chooseListScope } from '../incident/lists/scope.ts'
import { NUMERAL } from '../numerals.ts'
import { percentOf } from '../percent.ts'
import { findNamedGrid } from '../query/named-grid.ts'
import { type GridCoverage, measureCoverage } from './measure.ts'
import { refuseWithoutDuty, renderCoverage, renderPace } from './words.ts'

const PART = `(?:${MONTH}|第?${NUMERAL}号?网格)`
const SHOWN = 21

/** How far the monthly round through all households is: the own grid, the community, the street. Source: S3A-09 */
export const coverageCommand: Command = {
  name: 'coverageProgress',
  matches: new RegExp(
    `^\\s*(?:${PART}的?\\s*){0,2}(?:走访|入户)进度(?:怎么样|如何|到哪)?[了啦]?(?:[\\s,，:：]*${PART}){0,2}\\s*[。.!！?？]*\\s*$`,
    'u',
  ),
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['走访进度', '走访']] },
  async run(ctx) {
    if (!ctx.pack.coverage) return refuseWithoutDuty(ctx)
    const grids = await chooseGrids(ctx)
    if ('refused' in grids) return grids.refused
    const { month, name } = readMonth(ctx.text, ctx.today)
    const all = await measureCoverage(ctx, grids.grids, month)
    const isPrivate = ctx.chat.kind === 'direct'
    const [only] = all
    if (all.length === 1 && only) {
      const estimated = only.hasRegister || only.total === 0 ? '' : '（没有住户名册，按走访记录里不同的人和门牌估算）'
      const lines = [
        `${only.grid.name}${name}走访 ${renderCoverage(only, isPrivate)}${estimated}。`,
        renderPace(ctx, month, only),
      ]
      return answer(lines.filter(Boolean).join('\n'))
    }
    return answer(renderAll(all, `${grids.name}${name}`, isPrivate))
  },
}

/** The grid that is named, else all that the asker may see here. */
export async function chooseGrids(ctx: Ctx): Promise<{ name: string; grids: Grid[] } | { refused: Answer }> {
  const scope = await chooseListScope(ctx)
  if ('refused' in scope) return scope
  const within = ctx.roster.grids.filter(({ id }) => !scope.gridIds || scope.gridIds.includes(id))
  const named = findNamedGrid(ctx, findGridNo(ctx.text))
  if ('refused' in named) return named
  if (!named.grid) return { name: scope.name, grids: within }
  if (within.includes(named.grid)) return { name: named.grid.name, grids: [named.grid] }
  return { refused: refuse('not-yours', `${named.grid.name}不在您负责的范围，没有查到。可以说“走访进度”看自己的。`) }
}

function renderAll(all: readonly GridCoverage[], head: string, isPrivate: boolean): string {
  const done = all.reduce((sum, one) => sum + one.done, 0)
  const total = all.reduce((sum, one) => sum + one.total, 0)
  const lines = all.slice(0, SHOWN).map(one => `${one.grid.name} ${renderCoverage(one, isPrivate)}`)
  const rest = all.length > SHOWN ? [`……共${all.length}个网格`] : []
  return [`${head}走访 ${done}/${total}户（${percentOf(done, total)}）：`, ...lines, ...rest].join('\n')
}
