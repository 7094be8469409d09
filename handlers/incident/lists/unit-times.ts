import { hourMs } from '../../../policy/time.ts'
import { type Incident, type IncidentLog, listIncidentLogs } from '../../../storage/incidents.ts'
import { answer, type Command, refuse } from '../../handler.ts'
import { monthly, readMonth } from './month.ts'
import { chooseListScope, listCases, nameCases } from './scope.ts'

const MONTHLY = monthly('(?:部门|单位)(?:响应)?时效')

/**
 * How long each office and unit took from being handed a case to its answer, with the cases: what the document has appraised of the
 * units as well as of the grids. What is still open is counted and not held late before its deadline. Source: S2-48
 */
export const unitTimesCommand: Command = {
  name: 'unitTimes',
  matches: MONTHLY,
  who: 'queryCommunity',
  dialog: { as: 'office', turns: [['部门时效', '没有转给部门的事件']] },
  async run(ctx) {
    if (ctx.chat.kind === 'group') return refuse('private-only', '部门时效请私聊我看。', { private: true })
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const month = readMonth(ctx.text, ctx.today)
    const cases = await listCases(ctx, scope, month)
    const logs = await listIncidentLogs(
      ctx.db,
      cases.map(({ id }) => id),
    )
    const handed = cases.flatMap(incident => {
      const own = logs.filter(({ incidentId }) => incidentId === incident.id)
      const dispatched = own.findLast(({ action }) => action === 'dispatch')
      const unit = dispatched && (incident.holderUnit ?? officeOf(incident.holderId))
      return unit && dispatched ? [{ incident, unit, hours: hoursUntilAnswer(dispatched, own) }] : []
    })
    const head = `${scope.name}${month.name}部门时效`
    if (handed.length === 0) return answer(`${head}：没有转给部门的事件。`, { private: true })
    const lines = [...new Set(handed.map(({ unit }) => unit))].sort().map(unit => {
      const own = handed.filter(one => one.unit === unit)
      const done = own.flatMap(({ hours }) => hours ?? [])
      const open = own.filter(({ hours }) => hours === undefined).map(({ incident }) => incident)
      const mean = done.length > 0 ? `办结${done.length}件，平均${renderHours(done)}` : '还没有办结的'
      return `${unit}：${own.length}件，${mean}${open.length > 0 ? `；在办 ${nameCases(open)}` : ''}`
    })
    return answer([`${head}（从转办到办结）：`, ...lines].join('\n'), { private: true })

    function officeOf(holderId: Incident['holderId']): string | undefined {
      const holder = ctx.roster.memberById(holderId ?? '')
      return holder?.roles.find(({ office }) => office !== undefined)?.office
    }
  },
}

function hoursUntilAnswer(dispatched: IncidentLog, logs: readonly IncidentLog[]): number | undefined {
  const answered = logs.find(({ action, at }) => at >= dispatched.at && (action === 'resolve' || action === 'return'))
  return answered && (answered.at - dispatched.at) / hourMs
}

function renderHours(hours: readonly number[]): string {
  const mean = hours.reduce((sum, one) => sum + one, 0) / hours.length
  if (mean < 1) return '不到1小时'
  return mean >= 48 ? `${(mean / 24).toFixed(1)}天` : `${mean.toFixed(1)}小时`
}
