import { dayOf, daysBetween, formatDayCompact } from '../../../policy/time.ts'
import { listIncidentLogs, listIncidents, OPEN_STATUSES } from '../../../storage/incidents.ts'
import { answer, type Command, type Ctx, refuse } from '../../handler.ts'
import { privateReader, shortenText } from '../../reader.ts'
import { isSensitive } from '../privacy.ts'
import { logStep } from '../step.ts'
import { findVisible } from '../visible.ts'
import { describeIncident } from '../words.ts'
import { numberAndWords } from './numbers.ts'
import { chooseListScope } from './scope.ts'

const SHOWN = 15

/** What was done to calm or mediate a case, kept with it. Source: S0-14 (稳控化解), S3A-04 (做好群众的稳定工作) */
export const mediationCommand: Command = {
  name: 'mediation',
  matches: numberAndWords('(?:调解|稳控|化解|回访)'),
  who: 'noteIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['3幢两家邻居为漏水吵架', '事件 #1'],
      ['调解 #1 双方同意各出一半', '已记'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, mediationCommand.matches)
    if ('refused' in found) return found.refused
    const { incident } = found
    const words = mediationCommand.matches.exec(ctx.text)![2]!.trim()
    await logStep(ctx, incident, 'mediate', { text: words })
    const logs = await listIncidentLogs(ctx.db, [incident.id])
    const count = logs.filter(({ action }) => action === 'mediate').length
    return answer(`已记事件 #${incident.no} 第 ${count} 次跟进。谈拢了回“${incident.no}号事件办结”。`)
  },
}

/**
 * Quarrels, petitions and people who need care, with when somebody last looked after them: in private alone, for those who serve there.
 * Asked for in a group it is refused, and that is written down.
 * Source: S2-16 (矛盾突出、心态失衡…人员的动态, 跟踪帮扶), S0-14, S4C-02
 */
export const followUpsCommand: Command = {
  name: 'followUps',
  matches: /^\s*(?:稳控|调解|重点人员|重点关注)(?:台账|清单|名单|动态)?\s*[。.?？]*\s*$/u,
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['稳控台账', '稳控台账']] },
  async run(ctx) {
    if (ctx.chat.kind === 'group') return refuseInGroup(ctx)
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const open = await listIncidents(ctx.db, { statuses: OPEN_STATUSES, gridIds: scope.gridIds })
    const cases = open.filter(({ category }) => isSensitive(category))
    if (cases.length === 0) return answer(`${scope.name}稳控台账：没有在办的矛盾、信访和重点人员事件。`)
    const logs = await listIncidentLogs(
      ctx.db,
      cases.map(({ id }) => id),
    )
    const lines = cases.slice(0, SHOWN).map(incident => {
      const last = logs.findLast(log => log.incidentId === incident.id && log.byId !== undefined)
      const day = dayOf(last?.at ?? incident.reportedAt)
      const since = daysBetween(day, ctx.today)
      const when = since === 0 ? '今天跟进过' : `${since}天没跟进（上次 ${formatDayCompact(day, ctx.today)}）`
      return `#${incident.no} ${describeIncident(incident, ctx.roster, privateReader)}：${shortenText(incident.description.reveal(), 24)}，${when}`
    })
    const rest = cases.length > SHOWN ? [`……共 ${cases.length} 件`] : []
    return answer([`${scope.name}稳控台账（${cases.length}件，请勿转发）`, ...lines, ...rest].join('\n'))
  },
}

async function refuseInGroup(ctx: Ctx) {
  await ctx.record('refused', { type: 'incidentList', id: ctx.actor.id }, { text: ctx.text, chat: ctx.chat.platformId })
  return refuse('closed-ledger', '这本台账涉及个人，不在群里查；请私聊我。')
}
