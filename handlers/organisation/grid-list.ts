import { formatDayCompact } from '../../policy/time.ts'
import type { Grid } from '../../storage/roster.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { findNamedGrid } from '../query/named-grid.ts'
import { listGridsInView } from './in-view.ts'

const LIST = /^\s*网格(?:列表|名录|清单)\s*[?？。]?\s*$/u
const CODE = /^\s*网格(?:编)?码\s*(?:第|#)?\s*(\d{1,6}|[一二三四五六七八九十]{1,3})\s*号?(?:网格)?\s*[?？。]?\s*$/u

const kinds = { ordinary: '', dedicated: '，专属' } as const
const classes = { intricate: '，社情复杂', other: '，其他' } as const

/** Every grid of the speaker's rights with its size, and the totals. Source: S0-01, S2-08, S4D-02 */
export const gridListCommand: Command = {
  name: 'listGrids',
  matches: LIST,
  who: 'queryGrid',
  dialog: { as: 'admin', turns: [['网格列表', '共4个网格，2个社区，1200户，3600人']] },
  async run(ctx) {
    const grids = listGridsInView(ctx)
    if (grids.length === 0)
      return refuse('no-grid', '您名下没有网格；要看哪个网格，请写“第3网格情况”。', { private: true })
    const lines = groupByCommunity(grids).flatMap(([community, own]) => [`【${community}】`, ...own.map(renderGrid)])
    return answer([renderTotals(grids), ...lines].join('\n'), { private: true })
  },
}

/** The code of one grid with those it bore before. Source: S2-11 */
export const gridCodeCommand: Command = {
  name: 'tellGridCode',
  matches: CODE,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['网格码 3', 'WJ003']] },
  async run(ctx) {
    const named = findNamedGrid(ctx, readNumeral(CODE.exec(ctx.text.normalize('NFKC'))?.[1]) ?? 0)
    if ('refused' in named) return named.refused
    return answer(tellCode(ctx, named.grid!))
  },
}

function tellCode({ today }: Ctx, { community, name, code, formerCodes }: Grid): string {
  const before = formerCodes.filter(({ until }) => until < today)
  const history = before.map(one => `${one.code}（用到${formatDayCompact(one.until, today)}，那以前的记录仍写它）`)
  return `${community}${name}的编码：${code}${history.length > 0 ? `；以前是${history.join('、')}` : ''}。`
}

function renderTotals(grids: readonly Grid[]): string {
  const sum = (pick: (grid: Grid) => number | undefined) => grids.reduce((total, grid) => total + (pick(grid) ?? 0), 0)
  const unknown = grids.filter(({ households, residents }) => households === undefined || residents === undefined)
  const communities = new Set(grids.map(({ community }) => community)).size
  const open = unknown.length > 0 ? `（${unknown.length}个网格还没填户数或人口）` : ''
  return `共${grids.length}个网格，${communities}个社区，${sum(({ households }) => households)}户，${sum(({ residents }) => residents)}人${open}`
}

function renderGrid({ no, name, code, households, residents, kind, areaClass, partyMode }: Grid): string {
  const size = [households !== undefined && `${households}户`, residents !== undefined && `${residents}人`].filter(
    Boolean,
  )
  const more = `${kinds[kind]}${areaClass ? classes[areaClass] : ''}${partyMode ? `，${partyMode}` : ''}`
  return `${no}　${name}　${code}　${size.length > 0 ? size.join(' ') : '户数、人口待填'}${more}`
}

function groupByCommunity(grids: readonly Grid[]): [string, Grid[]][] {
  const groups = new Map<string, Grid[]>()
  for (const grid of grids) groups.set(grid.community, [...(groups.get(grid.community) ?? []), grid])
  return [...groups]
}
