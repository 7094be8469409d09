import { dayOf, formatDayCompact, timeOf } from '../../../policy/time.ts'
import { type Incident, type IncidentLog, listIncidentLogs, OPEN_STATUSES } from '../../../storage/incidents.ts'
import { answer, type Command, type Ctx } from '../../handler.ts'
import { readerOf, shortenText } from '../../reader.ts'
import { renderDeadlines } from '../deadline-words.ts'
import { listResponsible } from '../holders.ts'
import { nameAll, nameHolder } from '../names.ts'
import { originNames } from '../origin.ts'
import { findVisible } from '../visible.ts'
import { describeIncident, statusNames } from '../words.ts'
import { numberAfter } from './numbers.ts'

/** The six steps of 六位一体, by what of an incident's log belongs to each. Source: S4B-02 */
const SIX: readonly [name: string, actions: readonly string[]][] = [
  ['发现', ['reported', 'supplement', 'merge']],
  ['受理', ['accept', 'claim']],
  ['指挥', ['dispatch', 'transfer', 'return', 'escalate', 'whistle', 'submit', 'line']],
  ['处置', ['respond', 'note', 'help', 'resolve', 'answer', 'extend', 'pause', 'hangUp', 'resume']],
  ['监督', ['supervise', 'recheck', 'fail', 'reopen', 'remind']],
  ['评价', ['rate', 'inform', 'uninformed', 'close']],
]

/** How a case stands, step by step of the six, with whoever acted and when. */
export const timelineCommand: Command = {
  name: 'incidentTimeline',
  matches: numberAfter('(?:进度|进展)'),
  who: 'queryOwn',
  dialog: {
    as: 'worker',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['进度 #1', '发现：'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, timelineCommand.matches)
    if ('refused' in found) return found.refused
    return answer(await describeTimeline(ctx, found.incident))
  },
}

/** The six steps, then who has it in hand and by when. */
export async function describeTimeline(ctx: Ctx, incident: Incident): Promise<string> {
  const logs = await listIncidentLogs(ctx.db, [incident.id])
  const head = `事件 #${incident.no}（${describeIncident(incident, ctx.roster, readerOf(ctx))}）${statusNames[incident.status]}，${originNames[incident.origin]}`
  const lines = SIX.map(([name, actions]) => {
    const own = logs.filter(({ action }) => actions.includes(action))
    const rating = name === '评价' && incident.rating !== undefined ? `${incident.rating}分；` : ''
    return `${name}：${rating}${own.length > 0 ? own.map(log => renderLog(ctx, log)).join('；') : rating ? '' : '—'}`
  })
  return [head, ...lines, await renderNext(ctx, incident)].filter(Boolean).join('\n')
}

/** Nobody need have taken it yet: then those who must. */
async function renderNext(ctx: Ctx, incident: Incident): Promise<string> {
  if (!OPEN_STATUSES.includes(incident.status)) return ''
  const isInHand = incident.holderId !== undefined || incident.holderUnit !== undefined
  const who = isInHand ? `${nameHolder(ctx, incident)}在办` : `等${nameAll(await listResponsible(ctx, incident))}受理`
  return `${who}。${renderDeadlines(incident, ctx.now)}`
}

function renderLog({ roster, today, chat }: Ctx, { at, byId, text }: IncidentLog): string {
  const day = dayOf(at)
  const when = `${day === today ? '' : `${formatDayCompact(day, today)} `}${timeOf(at)}`
  const who = roster.memberById(byId ?? '')?.name ?? '群众'
  // What was said of a case may speak of people: a group reads who and when.
  return chat.kind === 'direct' ? `${when} ${who}“${shortenText(text.reveal(), 20)}”` : `${when} ${who}`
}
