import { hourMs } from '../../../policy/time.ts'
import { type Incident, type IncidentLog, listIncidentLogs } from '../../../storage/incidents.ts'
import { answer, type Command } from '../../handler.ts'
import { percentOf } from '../../percent.ts'
import { monthly, readMonth } from './month.ts'
import { chooseListScope, listCases, nameCases } from './scope.ts'

const SETTLED: ReadonlySet<string> = new Set(['resolved', 'rechecked', 'closed'])
/** Somebody else than who settled it looked at the result. */
const CHECKED: ReadonlySet<string> = new Set(['recheck', 'fail', 'supervise'])

/**
 * 发现及时、处置快速、解决有效、监督有力, each as a figure with its cases: the share found by the network itself before anybody complained,
 * the hours from report to settlement, the share that came back, and the share that somebody checked.
 * Source: S1-01; S3C-05 (是否及时处理、是否及时收集并上报)
 */
export const fourMetricsCommand: Command = {
  name: 'fourMetrics',
  matches: monthly('四项指标'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['四项指标', '四项指标']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const month = readMonth(ctx.text, ctx.today)
    const cases = await listCases(ctx, scope, month)
    const head = `${scope.name}${month.name}四项指标`
    if (cases.length === 0) return answer(`${head}：没有事件。`)
    const logs = groupLogs(
      await listIncidentLogs(
        ctx.db,
        cases.map(({ id }) => id),
      ),
    )
    const told = cases.filter(({ origin }) => origin !== 'found')
    const settled = cases.filter(({ status }) => SETTLED.has(status))
    const slowest = [...settled].sort((a, b) => hoursOf(b, logs) - hoursOf(a, logs))
    const back = cases.filter(({ id }) => has(logs, id, 'reopen') || has(logs, id, 'fail'))
    const checked = cases.filter(({ id }) => logs.get(id)?.some(({ action }) => CHECKED.has(action)))
    return answer(
      [
        `${head}（${cases.length}件）：`,
        `发现及时：自查发现 ${percentOf(cases.length - told.length, cases.length)}；别处先知道 ${nameCases(told)}`,
        `处置快速：办结平均 ${renderMean(settled, logs)}；最久 ${nameCases(slowest.slice(0, 3))}`,
        `解决有效：复发 ${percentOf(back.length, cases.length)}；${nameCases(back)}`,
        `监督有力：督查 ${percentOf(checked.length, cases.length)}；${nameCases(checked)}`,
      ].join('\n'),
    )
  },
}

type Logs = ReadonlyMap<string, IncidentLog[]>

function groupLogs(logs: readonly IncidentLog[]): Logs {
  const grouped = new Map<string, IncidentLog[]>()
  for (const log of logs) grouped.set(log.incidentId, [...(grouped.get(log.incidentId) ?? []), log])
  return grouped
}

function has(logs: Logs, id: string, action: string): boolean {
  return logs.get(id)?.some(log => log.action === action) ?? false
}

function hoursOf({ id, reportedAt }: Incident, logs: Logs): number {
  const resolved = logs.get(id)?.findLast(({ action }) => action === 'resolve' || action === 'answer')
  return resolved ? (resolved.at - reportedAt) / hourMs : 0
}

function renderMean(settled: readonly Incident[], logs: Logs): string {
  if (settled.length === 0) return '—'
  const mean = settled.reduce((sum, incident) => sum + hoursOf(incident, logs), 0) / settled.length
  if (mean < 1) return '不到1小时'
  return mean >= 48 ? `${(mean / 24).toFixed(1)}天` : `${mean.toFixed(1)}小时`
}
