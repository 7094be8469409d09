import { monthOf } from '../../policy/time.ts'
import { GRID, isInCharge, refuseOther } from '../dossier/which-grid.ts'
import { findGridNo } from '../grids.ts'
import { answer, type Command } from '../handler.ts'
import { MONTH, readMonth } from '../incident/lists/month.ts'
import { findNamedGrid } from '../query/named-grid.ts'

const VISITS = new RegExp(
  `^\\s*(?:导出|打印)?\\s*(?:${GRID}的?)?\\s*(?:${MONTH}的?)?\\s*民情日记\\s*(?:${GRID})?\\s*(?:${MONTH})?\\s*[。.]?\\s*$`,
  'u',
)
const DAYS = new RegExp(`^\\s*(?:导出|打印)\\s*(?:${MONTH}的?)?\\s*(?:工作)?日志\\s*(?:${MONTH})?\\s*[。.]?\\s*$`, 'u')

/** A month's visits with what was heard: one's own, or by right a grid's. Source: S3C-04 */
export const visitDiary: Command = {
  name: 'visitDiary',
  matches: VISITS,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['民情日记 10月', '10月民情日记']] },
  async run(ctx) {
    const named = findNamedGrid(ctx, findGridNo(ctx.text))
    if ('refused' in named) return named.refused
    const { grid } = named
    if (grid && !isInCharge(ctx, grid)) return refuseOther(grid)
    const { month, name } = readMonth(ctx.text, ctx.today)
    const whose = grid ? { gridId: grid.id } : { memberId: ctx.actor.id }
    return answer(`${grid?.name ?? '您'}${name}民情日记见附件，来自走访记录；要改请改原来的记录。`, {
      private: true,
      attachment: { kind: 'diary', data: { of: 'visits', ...whose, month } },
    })
  },
}

/** One's own days of a month, to print. Source: S3B-03 (管理工作日志) */
export const dayDiary: Command = {
  name: 'dayDiary',
  matches: DAYS,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['导出日志 11月', '11月工作日志']] },
  async run(ctx) {
    const { month, name } = readMonth(ctx.text, ctx.today)
    const sofar = month === monthOf(ctx.today) ? '（到今天）' : ''
    return answer(`您${name}工作日志${sofar}见附件，来自当天的记录。`, {
      private: true,
      attachment: { kind: 'diary', data: { of: 'days', memberId: ctx.actor.id, month } },
    })
  },
}
