import { listVacancies, type Place, type PostRef } from '../../policy/staffing.ts'
import { addDays, type Day, formatDayCompact } from '../../policy/time.ts'
import { answer, type Command, type Ctx } from '../handler.ts'
import { listGridsInView } from './in-view.ts'
import { checkStaffing, listAgeLines, readStaffing, renderFindings } from './staffing.ts'
import { renderVacancies } from './words.ts'

/** Posts of the document that nobody fills, by post, with the day since when. Source: S0-02, S2-02, S4D-04, S4E-03, S4E-04 */
export const vacanciesCommand: Command = {
  name: 'listVacancies',
  matches: /^\s*(?:缺岗|空岗|缺岗(?:名单|情况|吗)|哪些网格缺人|(?:我们)?网格缺(?:人|岗)吗)\s*[?？。]?\s*$/u,
  who: 'queryGrid',
  dialog: {
    as: 'admin',
    turns: [['缺岗', '缺兼职网格员（S0-02）：桃源社区第2网格、桃源社区第3网格、锦江社区第4网格']],
  },
  async run(ctx) {
    const grids = listGridsInView(ctx)
    const all = listVacancies(ctx.pack.staffing, await readStaffing(ctx))
    const vacancies = all.filter(({ place }) => isInView(ctx, grids, place))
    if (vacancies.length === 0) return answer(`${grids.length}个网格应配的岗位都有人，没有缺岗。`, { private: true })
    const lines = renderVacancies(ctx, vacancies, ({ post, place }) => {
      const since = findVacantSince(ctx, post, place)
      return since ? `（${formatDayCompact(since, ctx.today)}起）` : ''
    })
    const clause = [...new Set(vacancies.map(one => one.clause))][0]
    const next = ctx.may('changeGrids') ? '补上后在 members.csv 里写明，重新导入即可。' : '请社区书记或管理员安排。'
    return answer([`${lines.length}类岗位有空缺：`, ...lines, `${next}（依据：${clause}）`].join('\n'), {
      private: true,
    })
  },
}

/** Everything in which the roster differs from the document, for whoever keeps it. Source: S0-03, S0-04, S4D-01, S4E-01, S4E-03, S4E-09 */
export const staffingCheckCommand: Command = {
  name: 'checkStaffing',
  matches: /^\s*(?:名册检查|配备检查|检查名册)\s*[?？。]?\s*$/u,
  who: 'changeGrids',
  dialog: { as: 'admin', turns: [['名册检查', '缺兼职网格员']] },
  async run(ctx) {
    const lines = [...renderFindings(ctx, await checkStaffing(ctx)), ...(await listAgeLines(ctx, 0))]
    const text =
      lines.length > 0
        ? `名册与《${ctx.pack.title}》不一致的有${lines.length}项（只提醒，不影响使用）：`
        : '名册与文件的配备要求一致。'
    return answer([text, ...lines].join('\n'), { private: true })
  },
}

function isInView(
  ctx: Ctx,
  grids: readonly { id: string; community: string }[],
  { gridId, community }: Place,
): boolean {
  if (gridId !== undefined) return grids.some(({ id }) => id === gridId)
  return community === undefined ? ctx.may('queryStreet') : grids.some(grid => grid.community === community)
}

/** The day after the last one on which somebody held the post; undefined where nobody ever did. */
function findVacantSince({ roster, today }: Ctx, { role, employment }: PostRef, place: Place): Day | undefined {
  const ended = roster.members.flatMap(({ roles }) =>
    roles.flatMap(held =>
      held.role === role &&
      (employment === undefined || held.employment === employment) &&
      held.gridId === place.gridId &&
      held.to !== undefined &&
      held.to < today
        ? [held.to]
        : [],
    ),
  )
  const last = ended.sort().at(-1)
  return last && addDays(last, 1)
}
