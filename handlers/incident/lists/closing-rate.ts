import { listIncidentLogs } from '../../../storage/incidents.ts'
import { answer, type Command } from '../../handler.ts'
import { percentOf } from '../../percent.ts'
import { monthly, readMonth } from './month.ts'
import { chooseListScope, listCases, nameCases } from './scope.ts'

const SETTLED: ReadonlySet<string> = new Set(['resolved', 'rechecked', 'closed'])

/**
 * The share of the month's cases that are settled, and how many of them came back: a rate without its reopened cases hides what was
 * closed on paper only. Source: S4D-25 (60件事项均100%办结)
 */
export const closingRateCommand: Command = {
  name: 'closingRate',
  matches: monthly('(?:事件)?办结率'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['办结率', '办结率']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const month = readMonth(ctx.text, ctx.today)
    const cases = await listCases(ctx, scope, month)
    if (cases.length === 0) return answer(`${scope.name}${month.name}办结率：没有事件。`)
    const logs = await listIncidentLogs(
      ctx.db,
      cases.map(({ id }) => id),
    )
    const settled = cases.filter(({ status }) => SETTLED.has(status))
    const open = cases.filter(({ status }) => !SETTLED.has(status))
    const reopened = cases.filter(({ id }) => logs.some(log => log.incidentId === id && log.action === 'reopen'))
    return answer(
      [
        `${scope.name}${month.name}办结率 ${percentOf(settled.length, cases.length)}（${settled.length}/${cases.length}）。`,
        `未办结：${nameCases(open)}`,
        `办结后又重开 ${reopened.length} 件：${nameCases(reopened)}`,
      ].join('\n'),
    )
  },
}
