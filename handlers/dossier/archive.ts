import { monthOf } from '../../policy/time.ts'
import { type Answer, answer, type Command, type Ctx } from '../handler.ts'
import { readerOf } from '../reader.ts'
import { type Board, readBoard, renderWork } from './board.ts'
import { renderGroups } from './known.ts'
import { GRID, isInCharge, pickGrid, refuseOther } from './which-grid.ts'

const SHOW = new RegExp(`^\\s*(?:${GRID}的?)?\\s*一格一档\\s*(?:${GRID})?\\s*(平台版|文本)?\\s*[?？。]?\\s*$`, 'u')
const EXPORT = new RegExp(`^\\s*(?:导出|打印|下载)\\s*(?:${GRID}的?)?\\s*一格一档\\s*(?:${GRID})?\\s*[。.]?\\s*$`, 'u')
/** How each paper that is made of the same messages is asked for. */
const PAPERS: Readonly<Record<string, string>> = {
  工作日志: '日志',
  信息呈报表: '导出 信息',
  反馈表: '导出 事件',
  台账: '导出 台帐',
}

/** The grid on one screen; in a group without closed numbers, and the platform's text in private alone. Source: S1-40, S4D-23 */
export const showDossier: Command = {
  name: 'showDossier',
  matches: SHOW,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['一格一档', '第1网格一格一档']] },
  async run(ctx) {
    const picked = pickGrid(ctx, '一格一档 1网格')
    if ('refused' in picked) return picked.refused
    const { grid } = picked
    const board = await readBoard(ctx, grid, monthOf(ctx.today))
    const isCharged = isInCharge(ctx, grid)
    if (/(?:平台版|文本)\s*[?？。]?\s*$/u.test(ctx.text))
      return isCharged ? tellPlatform(ctx, board) : refuseOther(grid)
    const isOpen = readerOf(ctx).isPrivate && isCharged
    const { lines: known, missing } = renderGroups(ctx, board.known, { isPrivate: isOpen, withNotes: false })
    const gaps = missing.length > 0 ? `；还没有：${missing.join('、')}` : ''
    const lines = [
      `${grid.name}一格一档（版本${board.stamp}）`,
      `规模：${board.size}`,
      `人员：${board.posts.join('；') || '空缺'}`,
      `底数：${known.join('；')}${gaps}`,
      `本月：${renderWork(board)}`,
      ...(board.progress.length > 0 ? [`提示单：${board.progress.join('；')}`] : []),
      `${tellPapers(ctx)}整份打印发“导出 一格一档”。`,
    ]
    return answer(lines.join('\n'))
  },
}

/** The other papers of the document's archive, written once and nowhere typed again. Source: S1-40 (工作日志、信息呈报表及反馈表、台账) */
function tellPapers({ pack }: Ctx): string {
  const names = pack.lists.find(({ value }) => value.key === 'archives')?.value.names ?? []
  const papers = names.map(name => (PAPERS[name] ? `${name}（发“${PAPERS[name]}”）` : name))
  return papers.length > 0 ? `同一批记录还有：${papers.join('、')}。` : ''
}

/** Line by line, to be pasted into another system. Source: S4C-01, S4D-23 (平台版) */
function tellPlatform(ctx: Ctx, board: Board): Answer {
  const { grid, size, posts, known, progress, stamp } = board
  const lines = [
    `网格：${grid.name}`,
    `规模：${size}`,
    ...posts,
    ...renderGroups(ctx, known, { isPrivate: true, withNotes: true }).lines,
    `本月工作：${renderWork(board)}`,
    ...progress,
    `版本：${stamp}`,
  ]
  return answer(lines.join('\n'), { private: true })
}

/** The whole file as a document, for those in charge of the grid. Source: S1-40 */
export const exportDossier: Command = {
  name: 'exportDossier',
  matches: EXPORT,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['导出 一格一档', '第1网格一格一档']] },
  async run(ctx) {
    const picked = pickGrid(ctx, '导出 一格一档 1网格')
    if ('refused' in picked) return picked.refused
    const { grid } = picked
    if (!isInCharge(ctx, grid)) return refuseOther(grid)
    const month = monthOf(ctx.today)
    const { stamp } = await readBoard(ctx, grid, month)
    await ctx.record('exported', { type: 'gridDossier', id: grid.id }, { month, stamp })
    return answer(`${grid.name}一格一档（版本${stamp}）见附件，内容都来自记录；要改请改原来的记录。`, {
      private: true,
      attachment: { kind: 'grid-dossier', data: { gridId: grid.id, month } },
    })
  },
}
