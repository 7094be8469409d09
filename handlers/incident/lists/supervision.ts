import { dayOf, formatDayCompact } from '../../../policy/time.ts'
import { type Incident, type IncidentLog, listIncidentLogs, OPEN_STATUSES } from '../../../storage/incidents.ts'
import { answer, type Command } from '../../handler.ts'
import { percentOf } from '../../percent.ts'
import { readerOf } from '../../reader.ts'
import { nameHolder } from '../names.ts'
import { listOverdueStages } from '../overdue.ts'
import { describeIncident, statusNames } from '../words.ts'
import { monthly, readMonth } from './month.ts'
import { chooseListScope, listCases } from './scope.ts'

const SHOWN = 20

/** The month's cases that were supervised or are late, with what came of it; nobody is named or ranked in a group. Source: S3A-41 (每月进行督办) */
export const supervisionCommand: Command = {
  name: 'supervisionList',
  matches: monthly('督办单|督办清单'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['督办单 10月', '督办单']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const month = readMonth(ctx.text, ctx.today)
    const cases = await listCases(ctx, scope, month)
    const logs = await listIncidentLogs(
      ctx.db,
      cases.map(({ id }) => id),
    )
    const supervised = cases
      .map(incident => ({ incident, asked: findSupervision(incident, logs) }))
      .filter(({ incident, asked }) => asked || listOverdueStages(incident, ctx.now).length > 0)
    const head = `${scope.name}${month.name}督办单`
    if (supervised.length === 0) return answer(`${head}：没有督办，也没有超期。`)
    const settled = supervised.filter(({ incident }) => !OPEN_STATUSES.includes(incident.status))
    const isPrivate = ctx.chat.kind === 'direct'
    const lines = supervised.slice(0, SHOWN).map(({ incident, asked }) => {
      const when = asked ? `${formatDayCompact(dayOf(asked.at), ctx.today)} 督办` : '超期未督办'
      const who = isPrivate && OPEN_STATUSES.includes(incident.status) ? `，${nameHolder(ctx, incident)}` : ''
      return `#${incident.no} ${describeIncident(incident, ctx.roster, readerOf(ctx))}：${when}，${statusNames[incident.status]}${who}`
    })
    const rest = supervised.length > SHOWN ? [`……共 ${supervised.length} 件`] : []
    return answer(
      [
        `${head}：${supervised.length} 件，已办结 ${settled.length} 件（${percentOf(settled.length, supervised.length)}）`,
        ...lines,
        ...rest,
      ].join('\n'),
    )
  },
}

function findSupervision({ id }: Incident, logs: readonly IncidentLog[]): IncidentLog | undefined {
  return logs.findLast(log => log.incidentId === id && log.action === 'supervise')
}
