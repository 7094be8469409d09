import { formatDayCompact } from '../../../policy/time.ts'
import { recodeGrid } from '../../../storage/grid-forming.ts'
import { loadRoster } from '../../../storage/load-roster.ts'
import { type Command, refuse } from '../../handler.ts'
import { settleChange } from './settle.ts'
import { nothing } from './split.ts'
import { findPlanned, RECODE, readWanted } from './wording.ts'

/** Another code from a day on; records of earlier days go on showing the old one. Source: S0-01, S2-11, S2-12 */
export const recodeCommand: Command = {
  name: 'recodeGrid',
  matches: RECODE,
  who: 'changeGrids',
  dialog: { as: 'admin', turns: [['改码 3网格 为 330102-003 自12月1日', '编码WJ003改为330102-003，从12/1起']] },
  async run(ctx, { when }) {
    const wanted = readWanted(ctx, RECODE, when)
    if ('refused' in wanted) return wanted.refused
    const { grids, becomes: code, from } = wanted
    const grid = grids[0]!
    const planned = findPlanned(ctx, [grid])
    if (planned) return planned
    const all = (await loadRoster(ctx.db)).grids
    const owner = all.find(one => one.code === code || one.formerCodes.some(former => former.code === code))
    if (owner) {
      const until = owner.formerCodes.find(former => former.code === code)?.until
      const note = until ? `以前用过（到${formatDayCompact(until, ctx.today)}）` : '在用'
      return refuse('code-taken', `编码${code}${owner.community}第${owner.no}网格${note}，请换一个，没有改动。`, {
        private: true,
      })
    }
    const recoded = await recodeGrid(ctx.db, grid, { code, from }, ctx.now)
    const words = `${grid.community}第${grid.no}网格编码${grid.code}改为${code}`
    return settleChange(ctx, { kind: 'recode', day: from, words, touched: { ...nothing(), recoded: [recoded] } }, [])
  },
}
