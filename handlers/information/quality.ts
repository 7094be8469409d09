import { listInfoItems } from '../../storage/info-items.ts'
import type { Grid } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { answer, type Command } from '../handler.ts'
import { monthly, readMonth } from '../incident/lists/month.ts'
import { chooseListScope } from '../incident/lists/scope.ts'
import { percentOf } from '../percent.ts'

/** What a grid's information was worth: how much of it said something new, and what came of it. */
export interface GridQuality {
  grid: Grid
  counted: number
  repeated: number
  /** Became an incident. */
  used: number
}

/** By quality and not by number: the share that counts, then what was used; more of it gains nothing. Source: S2-26 (注重提质增量) */
export async function rankQuality(
  { db }: Pick<Desk, 'db'>,
  grids: readonly Grid[],
  during: { from: number; to: number },
): Promise<GridQuality[]> {
  const items = await listInfoItems(db, { ...during, gridIds: grids.map(({ id }) => id) })
  const all = grids.map(grid => {
    const own = items.filter(({ gridId }) => gridId === grid.id)
    const repeated = own.filter(({ repeatOf }) => repeatOf).length
    return { grid, counted: own.length - repeated, repeated, used: own.filter(({ incidentId }) => incidentId).length }
  })
  const share = ({ counted, repeated }: GridQuality) => (counted === 0 ? 0 : counted / (counted + repeated))
  return all.sort((a, b) => share(b) - share(a) || b.used - a.used || a.grid.no - b.grid.no)
}

/** Told in private to whoever answers for the grids. Source: S2-26 */
export const infoQualityCommand: Command = {
  name: 'infoQuality',
  matches: monthly('信息质量|信息应用评比'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['信息质量', '信息质量']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const { name, ...during } = readMonth(ctx.text, ctx.today)
    const grids = ctx.roster.grids.filter(({ id }) => scope.gridIds?.includes(id) ?? true)
    const ranked = await rankQuality(ctx, grids, during)
    const lines = ranked.map(({ grid, counted, repeated, used }) => {
      if (counted + repeated === 0) return `${grid.name}：没有信息`
      return `${grid.name}：有效${counted}（${percentOf(counted, counted + repeated)}），重复${repeated}，转事件${used}`
    })
    const head = `${scope.name}${name}信息质量（看有效率和转事件，不看条数）：`
    return answer([head, ...lines].join('\n'), { private: true })
  },
}
