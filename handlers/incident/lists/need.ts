import { dayOf, formatDayCompact, timeOf } from '../../../policy/time.ts'
import { listIncidentLogs } from '../../../storage/incidents.ts'
import { answer, type Command } from '../../handler.ts'
import { readerOf, shortenText } from '../../reader.ts'
import { renderDeadlines } from '../deadline-words.ts'
import { nameHolder } from '../names.ts'
import { originNames } from '../origin.ts'
import { findVisible } from '../visible.ts'
import { describeIncident, statusNames } from '../words.ts'
import { numberAfter } from './numbers.ts'

const ANSWERS: ReadonlySet<string> = new Set(['answer', 'resolve', 'inform', 'uninformed', 'note', 'respond'])

/** What became of a need that a resident told: how it stands, who answered and what, and whether they know. Source: S4D-39 */
export const needCommand: Command = {
  name: 'residentNeed',
  matches: numberAfter('(?:需求|诉求)'),
  who: 'queryOwn',
  dialog: {
    as: 'worker',
    turns: [
      ['居民反映3幢楼道灯不亮', '事件 #1'],
      ['需求 #1', '还没有人答复'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, needCommand.matches)
    if ('refused' in found) return found.refused
    const { incident } = found
    const logs = await listIncidentLogs(ctx.db, [incident.id])
    const last = logs.findLast(({ action }) => ANSWERS.has(action))
    const told = logs.findLast(({ action }) => action === 'inform' || action === 'uninformed')
    const who = last && (ctx.roster.memberById(last.byId ?? '')?.name ?? '群众')
    const words = last && ctx.chat.kind === 'direct' ? `：“${shortenText(last.text.reveal(), 40)}”` : ''
    const when = (at: number) => {
      const day = dayOf(at)
      return `${day === ctx.today ? '今天' : formatDayCompact(day, ctx.today)} ${timeOf(at)}`
    }
    return answer(
      [
        `需求 #${incident.no}（${describeIncident(incident, ctx.roster, readerOf(ctx))}），${originNames[incident.origin]}`,
        `状态：${statusNames[incident.status]}，经办：${nameHolder(ctx, incident)}`,
        last ? `答复：${when(last.at)} ${who}${words}` : '答复：还没有人答复',
        told
          ? `告知：${when(told.at)} ${told.action === 'inform' ? '已告知当事人' : '没能告知，原因已记'}`
          : '告知：还没有记录',
        renderDeadlines(incident, ctx.now),
      ]
        .filter(Boolean)
        .join('\n'),
    )
  },
}
