import { listReminders, type ReminderKind } from '../../policy/reminder.ts'
import { listReceivers, type NoticeReceiver } from '../../storage/notice-receivers.ts'
import { listNotices, type Notice } from '../../storage/notices.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listToldThisMorning } from '../diary/morning.ts'
import { listAbsent } from '../leave/absent.ts'
import { isWithin, type Span } from '../reminded.ts'
import { dueAtOf, nameNotice, renderDue } from './words.ts'

/** Those of one grid who owe one notice up to one day; an extension gives a grid a day of its own. */
interface Owing {
  notice: Notice
  due: string
  gridId: string
  rows: NoticeReceiver[]
  /** What fell due in the span; `overdue` alone where the time is up. */
  kind: ReminderKind
}

/** Everything of which somebody is to be reminded, with those who have not finished. */
export async function listOwed(desk: Desk, span: Span): Promise<Owing[]> {
  const { db, pack, calendar } = desk
  const morning = pack.notice.remindAt.value[0]!
  const notices = (await listNotices(db, { statuses: ['broadcast'] })).filter(({ due }) => due !== undefined)
  const receivers = await listReceivers(
    db,
    notices.map(({ id }) => id),
  )
  const owed: Owing[] = []
  for (const notice of notices) {
    const open = receivers.filter(({ noticeId, doneAt }) => noticeId === notice.id && doneAt === undefined)
    for (const { gridId, due, rows } of groupRows(open, notice.due!)) {
      const facts = { givenAt: notice.broadcastAt!, dueAt: dueAtOf(due), morning, calendar }
      const kind = listReminders(facts).findLast(({ at }) => isWithin(span, at))?.kind
      if (kind && (kind === 'overdue' || dueAtOf(due) > desk.now)) owed.push({ notice, due, gridId, rows, kind })
    }
  }
  return owed
}

function groupRows(open: readonly NoticeReceiver[], noticeDue: string): Omit<Owing, 'notice' | 'kind'>[] {
  const groups: Omit<Owing, 'notice' | 'kind'>[] = []
  for (const row of open) {
    const due = row.due ?? noticeDue
    const known = groups.find(group => group.gridId === row.gridId && group.due === due)
    if (known) known.rows.push(row)
    else groups.push({ gridId: row.gridId, due, rows: [row] })
  }
  return groups
}

interface Line {
  notice: Notice
  due: string
  members: Member[]
}

/**
 * Half-time, the working day before, and the day: one message a group for all its notices, which @s those alone who have not finished and
 * are not on leave; in private where somebody has no place in that group. Source: expectations.md §4 (2, 6)
 */
export async function remindOwing(desk: Desk, owed: readonly Owing[]): Promise<void> {
  const { roster, today } = desk
  const absent = await listAbsent(desk)
  const told = await listToldThisMorning(desk)
  const byGrid = new Map<string, Line[]>()
  const byMember = new Map<Member, Line[]>()
  for (const { notice, due, gridId, rows, kind } of owed) {
    if (kind === 'overdue') continue
    const members = rows.flatMap(({ memberId }) => (absent.has(memberId) ? [] : (roster.memberById(memberId) ?? [])))
    const inGroup = members.filter(
      member => !notice.memberIds && rolesOn(member, today).some(role => role.gridId === gridId),
    )
    if (inGroup.length > 0) push(byGrid, gridId, { notice, due, members: inGroup })
    const isTold = ({ id }: Member) => kind === 'dueDay' && (told.get(id) ?? 0) > notice.broadcastAt!
    for (const member of members.filter(one => !inGroup.includes(one) && !isTold(one)))
      push(byMember, member, { notice, due, members: [] })
  }
  for (const [gridId, lines] of byGrid) {
    if (await remindGroup(desk, gridId, lines)) continue
    for (const line of lines) for (const member of line.members) push(byMember, member, { ...line, members: [] })
  }
  for (const [member, lines] of byMember) await remindMember(desk, member, lines)
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  map.set(key, [...(map.get(key) ?? []), value])
}

const HOW = '办完请回“几号完成”；来不及请说“延期提示单几号 到哪天 原因”。'

/** @returns whether the group has a chat to be reached in */
async function remindGroup({ roster, say }: Desk, gridId: string, lines: readonly Line[]): Promise<boolean> {
  const group = roster.groupFor({ gridId })
  if (!group) return false
  const mentions = [...new Set(lines.flatMap(({ members }) => members))]
  const text = [
    '【提示单提醒】',
    ...lines.map(
      ({ notice, due, members }) => `${nameNotice(notice)}${renderDue(due)}，还有${members.length}人没报完成`,
    ),
    HOW,
  ].join('\n')
  const said = await say.toGroup(group, text, {
    kind: 'notice-reminder',
    urgency: 'normal',
    mentions,
    notAfter: lastDue(lines),
    subject: { type: 'notice', id: lines[0]!.notice.id },
  })
  return said.length > 0
}

async function remindMember({ say }: Desk, member: Member, lines: readonly Line[]): Promise<void> {
  const named = lines.map(({ notice, due }) => `${nameNotice(notice)}${renderDue(due)}`)
  await say.toMember(member, ['【提示单提醒】您还没报完成：', ...named, HOW].join('\n'), {
    kind: 'notice-reminder',
    urgency: 'normal',
    notAfter: lastDue(lines),
    subject: { type: 'notice', id: lines[0]!.notice.id },
  })
}

function lastDue(lines: readonly Line[]): number {
  return Math.max(...lines.map(({ due }) => dueAtOf(due)))
}
