import { addDays } from '../../policy/time.ts'
import { countInfoItems } from '../../storage/info-items.ts'
import { answer, type Command } from '../handler.ts'
import { chooseListScope } from '../incident/lists/scope.ts'
import { instantsOf, readPeriod } from '../query/period.ts'
import { countWeek, renderWeek } from './week.ts'

const ASKED = /^\s*(本周|上周)?(?:的)?信息进度\s*(本周|上周)?\s*[?？。]?\s*$/u

/** How many items the grid has told this week of those it owes; nobody's place in a row. Source: S2-25, S2-19 */
export const infoProgressCommand: Command = {
  name: 'infoProgress',
  matches: ASKED,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['信息进度', '第1网格本周']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const [, before, after] = ASKED.exec(ctx.text) ?? []
    const name = before ?? after ?? '本周'
    const grids = ctx.roster.grids.filter(({ id }) => scope.gridIds?.includes(id) ?? true)
    const week = await countWeek(ctx, name === '上周' ? addDays(ctx.today, -7) : ctx.today, grids)
    if (!week) {
      const told = instantsOf(readPeriod(name === '上周' ? 'lastWeek' : 'thisWeek', ctx.today))
      const count = await countInfoItems(ctx.db, { ...told, gridIds: scope.gridIds })
      return answer(`${scope.name}${name}信息${count}条。现行文件没有规定每周条数，有新情况再说就行。`)
    }
    const quota = { ...week.quota, arithmetic: week.quota.arithmetic?.replace('本周', name) }
    const [only] = week.grids
    if (only && week.grids.length === 1) {
      const own = only.byMember.get(ctx.actor.id)
      const parts = [
        `${only.grid.name}${name} ${renderWeek(only, quota)}。`,
        own && own < only.counted ? `其中您报的${own}条。` : '',
        only.repeated > 0 ? `另有${only.repeated}条重复，不计。` : '',
        only.counted > quota.owed && ctx.pack.quotaCounting?.rewardAbove.value === false
          ? '够数就行，多报不加分。'
          : '',
      ]
      return answer(parts.join(''))
    }
    const lines = week.grids.map(one => `${one.grid.name} ${renderWeek(one, quota, false)}`)
    const head = `${scope.name}${name}信息（${quota.arithmetic}）：`
    return answer([head, ...lines].join('\n'), { private: true })
  },
}
