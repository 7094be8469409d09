import { answer, type Command } from '../../handler.ts'
import { percentOf } from '../../percent.ts'
import { nameTier } from '../holders.ts'
import { monthly, readMonth } from './month.ts'
import { chooseListScope, listCases, nameCases } from './scope.ts'

const TIERS = ['grid', 'community', 'subdistrict', 'county'] as const
const SETTLED: ReadonlySet<string> = new Set(['resolved', 'rechecked', 'closed'])

/** On which level the month's cases were settled, with their numbers. Source: S0-10 (小事不出经合社、矛盾化解在基层) */
export const levelsCommand: Command = {
  name: 'settledLevels',
  matches: monthly('化解层级'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['本月化解层级', '化解层级']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const month = readMonth(ctx.text, ctx.today)
    const settled = (await listCases(ctx, scope, month)).filter(({ status }) => SETTLED.has(status))
    if (settled.length === 0) return answer(`${scope.name}${month.name}化解层级：还没有办结的事件。`)
    const lines = TIERS.flatMap(tier => {
      const own = settled.filter(incident => (incident.closedTier ?? incident.tier) === tier)
      if (own.length === 0) return []
      return [`${nameTier(ctx, tier)} ${own.length} 件（${percentOf(own.length, settled.length)}）：${nameCases(own)}`]
    })
    return answer([`${scope.name}${month.name}化解层级，办结 ${settled.length} 件：`, ...lines].join('\n'))
  },
}
