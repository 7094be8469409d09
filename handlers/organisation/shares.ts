import { judgeShares, type Share } from '../../policy/staffing-shares.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { readStaffing } from './staffing.ts'
import { namePost } from './words.ts'

const areaNames = { intricate: '社情复杂社区（村）', other: '其他社区（村）' } as const

/** How much of each post is filled, with numerator and target, by kind of community. Source: S2-02, S2-03 */
export const sharesCommand: Command = {
  name: 'tellShares',
  matches: /^\s*(?:网格员)?配备率\s*[?？。]?\s*$/u,
  who: 'queryCommunity',
  dialog: { as: 'admin', turns: [['配备率', '没有规定配备率']] },
  async run(ctx) {
    const { pack, roster } = ctx
    const shares = judgeShares(pack.staffing, await readStaffing(ctx), ({ id }) => roster.gridById(id)?.areaClass)
    if (shares.length === 0)
      return refuse('not-in-document', `《${pack.title}》没有规定配备率；发“缺岗”可看哪些网格缺人。`, { private: true })
    const unclassed = roster.grids.filter(({ areaClass }) => areaClass === undefined).length
    const note =
      unclassed > 0
        ? [`${unclassed}个网格没写社区类别，按社情复杂的要求算；在 grids.csv 的“社区类别”写复杂或其他。`]
        : []
    return answer(
      [
        '配备率＝有人的网格数÷应有的网格数：',
        ...shares.map(share => renderShare(ctx, share)),
        ...note,
        `（依据：${shares[0]!.clause}）`,
      ].join('\n'),
      { private: true },
    )
  },
}

function renderShare({ pack }: Ctx, { post, area, filled, grids, percent, rule, ok }: Share): string {
  const head = `${area ? areaNames[area] : ''}${namePost(pack, post)}`
  if (grids === 0) return `${head}：没有这类网格，目标${percent}%（${rule}）`
  return `${head}：${renderPercent(filled, grids)}（${filled}÷${grids}），目标${percent}%，${ok ? '达到' : '未达到'}（${rule}）`
}

/** `66.7%`, without a zero behind the point. */
export function renderPercent(part: number, whole: number): string {
  return `${Math.round((part * 1000) / whole) / 10}%`
}
