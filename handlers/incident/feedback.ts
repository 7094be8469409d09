import { findChat } from '../../storage/chats.ts'
import { type Incident, listIncidentLogs } from '../../storage/incidents.ts'
import { findMessage, type StoredMessage } from '../../storage/messages.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { privateReader } from '../reader.ts'
import { describeIncident } from './words.ts'

/** What was done to an incident, by the word of its log; `text` is said instead of the usual words. */
export interface Step {
  action: string
  text?: string
}

/** How each step reads for who reported; `who` did it. Steps that are not listed are no business of theirs. */
const words: Record<string, (who: string) => string> = {
  accept: who => `已由${who}受理，正在办理`,
  claim: who => `已由${who}受理，正在办理`,
  dispatch: () => '已转交承办单位办理',
  transfer: () => '已移交下一位办理人',
  return: () => '承办单位退回，正在改派',
  escalate: () => '已报上一级协调办理',
  supervise: () => '已督促办理',
  extend: () => '办理时间延长了，办完告诉您',
  pause: () => '暂缓办理，恢复时告诉您',
  resume: () => '已恢复办理',
  hangUp: () => '一时办不了，已挂起，有进展告诉您',
  submit: () => '已提交研究，有结果告诉您',
  resolve: who => `已由${who}办结`,
  recheck: who => `已由${who}核查`,
  close: () => '已结案',
  cancel: () => '已核实撤销，不再办理',
  reopen: () => '已重新办理',
}

/** Ways in which somebody's report became part of an incident. */
const REPORTING: ReadonlySet<string> = new Set(['reported', 'supplement'])

/**
 * Who reported hears of a step in one short private line: members by their own channel, residents and people whom the roster
 * does not know where their report came from. Never whoever took the step, and each once.
 * Source: S3A-25 (及时得到反馈意见,并告知当事人), S4D-39
 */
export async function tellStep(
  desk: Desk & { actor?: Member },
  incident: Incident,
  { action, text }: Step,
): Promise<void> {
  const tells = (who: string) => text ?? words[action]?.(who)
  if (tells('') === undefined) return
  const where = describeIncident(incident, desk.roster, privateReader)
  const options = {
    kind: 'incident-update',
    urgency: incident.urgent ? 'urgent' : 'normal',
    subject: { type: 'incident', id: incident.id },
  } as const
  const { members, writers } = await listReporters(desk, incident)
  const hint = action === 'resolve' ? renderHint(incident) : ''
  for (const member of members) {
    if (member.id === desk.actor?.id) continue
    const text = `您报的事件 #${incident.no}（${where}）${tells(desk.actor?.name ?? '网格')}。${hint}`
    await desk.say.toMember(member, text, options)
  }
  // Residents know no numbers of the street's grids: how it stands is enough.
  for (const writer of writers) {
    await tellWriter(desk, writer, `您反映的事件 #${incident.no}${tells(nameWithRole(desk))}。${hint}`, options)
  }
}

function renderHint({ no }: Incident): string {
  return `满意请回“${no}号满意”，没修好请回“${no}号没修好”。`
}

/** Residents know the posts better than the people. */
function nameWithRole({ actor, today }: Desk & { actor?: Member }): string {
  if (!actor) return '网格'
  return `${rolesOn(actor, today)[0]?.roleName ?? ''}${actor.name}`
}

/** Members who reported or supplemented, the first one first; of each person outside the roster the first message. */
export async function listReporters(
  { db, roster }: Pick<Desk, 'db' | 'roster'>,
  incident: Incident,
): Promise<{ members: Member[]; writers: StoredMessage[] }> {
  const logs = (await listIncidentLogs(db, [incident.id])).filter(({ action }) => REPORTING.has(action))
  const reports = [{ byId: incident.reporterId, messageId: incident.messageId }, ...logs]
  const members = reports.map(({ byId }) => roster.memberById(byId ?? '')).filter(member => member !== undefined)
  const writers = new Map<string, StoredMessage>()
  for (const { byId, messageId } of reports) {
    const message = byId === undefined && messageId ? await findMessage(db, messageId) : undefined
    if (!message) continue
    const key = `${message.channel} ${message.senderPlatformId ?? message.chatPlatformId}`
    if (!writers.has(key)) writers.set(key, message)
  }
  return { members: [...new Set(members)], writers: [...writers.values()] }
}

/** In their own conversation, or in private where they wrote in a group. */
export async function tellWriter(
  { db, say }: Pick<Desk, 'db' | 'say'>,
  { channel, chatKind, chatPlatformId, senderPlatformId }: StoredMessage,
  text: string,
  options: Parameters<Desk['say']['toPerson']>[2],
): Promise<void> {
  const chat = chatKind === 'direct' ? await findChat(db, channel, chatPlatformId) : undefined
  if (chat) await say.toChat(chat.id, text, options)
  else if (senderPlatformId) await say.toPerson({ channel, platformId: senderPlatformId }, text, options)
}
