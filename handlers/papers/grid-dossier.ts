import { z } from 'zod'
import { formatDayShort, formatMonth } from '../../policy/time.ts'
import { readBoard } from '../dossier/board.ts'
import { isKnown, type Known, type KnownGroup } from '../dossier/known.ts'
import type { PaperDesk, PaperKind, Section } from './paper.ts'
import { listFigures } from './work-of.ts'

const dataSchema = z.object({ gridId: z.string(), month: z.string() })

/** 一格一档 to print: size, people, what is known, and what a month's records tell. Source: S1-40, S0-08 */
export const gridDossier: PaperKind = {
  kind: 'grid-dossier',
  async compose(desk, data) {
    const { gridId, month } = dataSchema.parse(data)
    const grid = desk.roster.gridById(gridId)
    if (!grid) throw new Error('the grid is gone')
    const board = await readBoard(desk, grid, month)
    return {
      title: `${grid.community}${grid.name}一格一档`,
      subtitle: `${formatMonth(month)}　版本${board.stamp}`,
      fileName: `一格一档-${grid.code}-${month}`,
      sections: [
        { heading: '一、网格规模', lines: [board.size] },
        { heading: '二、网格人员', lines: board.posts.length > 0 ? board.posts : ['（空缺）'] },
        { heading: '三、网格底数', table: tabulateKnown(desk, board.known) },
        {
          heading: `四、${formatMonth(month)}工作`,
          table: {
            columns: [
              { title: '事项', width: 30 },
              { title: '数量', width: 25 },
              { title: '来源台账', width: 45 },
            ],
            rows: listFigures(board.work)
              .filter(({ count }) => count > 0)
              .map(({ name, count, unit, ledger, ids }) => [name, `${count}${unit}`, `${ledger}，${ids.length}条`]),
          },
        },
        { heading: '五、提示单落实', lines: board.progress.length > 0 ? board.progress : ['本月没有。'] },
        { lines: [`来源：本网格在册记录（规则包《${desk.pack.title}》版本${desk.pack.version}）；更正请改原记录。`] },
      ],
    }
  },
}

function tabulateKnown(desk: PaperDesk, groups: readonly KnownGroup[]): Section['table'] {
  return {
    columns: [
      { title: '类别', width: 22 },
      { title: '项目', width: 18 },
      { title: '底数', width: 12 },
      { title: '更新日期', width: 20 },
      { title: '说明', width: 28 },
    ],
    rows: groups.flatMap(({ name, facts }) =>
      facts.map(fact => [name, fact.name, ...(isKnown(fact) ? describe(desk, fact) : ['', '', '还没有'])]),
    ),
  }
}

function describe(desk: PaperDesk, { count, unit, toldOn, isStale, note, doubtful }: Known): string[] {
  const remarks = [
    note,
    doubtful && `另报${doubtful.count}${unit}（${formatDayShort(doubtful.toldOn)}），待核实`,
    isStale && `已超${desk.pack.dossier.staleDays.value}天未更新`,
  ]
  return [
    count === undefined ? '' : `${count}${unit}`,
    toldOn === undefined ? '在册' : formatDayShort(toldOn),
    remarks.filter(Boolean).join('；'),
  ]
}
