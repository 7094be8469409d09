import type { Incident } from '../../storage/incidents.ts'
import type { Grid } from '../../storage/roster.ts'
import type { Ctx, StrangerCtx } from '../handler.ts'
import { privateReader, shortenText } from '../reader.ts'
import { renderDeadlines } from './deadline-words.ts'
import { nameAll } from './names.ts'
import { describeIncident } from './words.ts'

/**
 * A new report in the grid's group is read by its leader anyway; elsewhere the leader hears of it in private. The post of a missing
 * leader is that of whoever answers for the grid.
 *
 * @param remark said below the report, e.g. that it resembles another one
 * @returns `，已告知陈桂芳`, or nothing where nobody had to be told
 */
export async function tellLeaders(
  ctx: Ctx | StrangerCtx,
  incident: Incident,
  grid: Grid,
  remark?: string,
): Promise<string> {
  const { chat, now, pack, roster, say, today } = ctx
  const reporter = 'actor' in ctx ? ctx.actor : undefined
  if (chat.group?.gridId === grid.id) return ''
  const leaders = roster.holders(['leader'], today, { gridId: grid.id })
  const answerable =
    leaders.length > 0 ? leaders : roster.holders([pack.incident.owner.value], today, { gridId: grid.id })
  const told = answerable.filter(({ id }) => id !== reporter?.id)
  const lines = [
    `新事件 #${incident.no}：${describeIncident(incident, roster, privateReader)}`,
    `“${shortenText(incident.description.reveal())}”`,
    ...(remark ? [`${remark}。`] : []),
    renderDeadlines(incident, now),
    `报告人：${reporter?.name ?? '居民'}。回“受理${incident.no}号事件”接单。`,
  ].filter(Boolean)
  for (const member of told) {
    await say.toMember(member, lines.join('\n'), {
      kind: 'incident-new',
      urgency: 'normal',
      subject: { type: 'incident', id: incident.id },
    })
  }
  return told.length > 0 ? `，已告知${nameAll(told)}` : ''
}
