import { listIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import type { Member } from '../../storage/roster.ts'
import { listTasks } from '../../storage/tasks.ts'
import { formOf } from '../burden/fields.ts'
import type { Desk } from '../desk.ts'
import { findNextDeadline, stageNames } from '../incident/deadline-words.ts'
import { nameInPrivate } from '../incident/names.ts'
import { listMeetingsOf, startOf } from '../meeting/find-meeting.ts'
import { renderMeeting } from '../meeting/words.ts'
import { dueOf, listAddressed } from '../notice/addressed.ts'
import { listOwnDrafts } from '../notice/own-draft.ts'
import { dueAtOf, nameNotice, renderDue } from '../notice/words.ts'
import { describeTask } from '../task/receive.ts'
import { nameTask } from '../task/words.ts'
import { listWaiting, nameWaiting } from '../waiting.ts'

/** One thing on somebody's desk. */
export interface OwnItem {
  kind: 'decision' | 'notice' | 'task' | 'incident' | 'meeting' | 'draft'
  /** 条线: the office it comes from. */
  line: string
  /** `12号提示单《消防检查》`. */
  name: string
  /** The same with by when and from whom. */
  text: string
  /** UTC epoch ms; far ahead where nothing is told. */
  dueAt: number
  /** By the pack's estimate. */
  minutes: number
}

const NO_LINE = '其他'
const FAR = Number.POSITIVE_INFINITY

/**
 * Everything on a member's own desk: decisions that wait, what is to be done with the earliest due first, meetings still to come today,
 * and what they began to write. Source: S0-15, S0-16
 */
export async function listOwnWork(desk: Desk, member: Member): Promise<OwnItem[]> {
  const open = [
    ...(await listOpenNotices(desk, member)),
    ...(await listOpenTasks(desk, member)),
    ...(await listHeldIncidents(desk, member)),
  ]
  return [
    ...(await listDecisions(desk, member)),
    ...open.sort((a, b) => a.dueAt - b.dueAt),
    ...(await listMeetingsToday(desk, member)),
    ...(await listDrafts(desk, member)),
  ]
}

async function listDecisions(desk: Desk, member: Member): Promise<OwnItem[]> {
  const waiting = await listWaiting(desk, member)
  return waiting.map(one => {
    const name = nameWaiting(desk, one)
    return { kind: 'decision', line: '待审批', name, text: name, dueAt: 0, minutes: 0 }
  })
}

async function listOpenNotices(desk: Desk, member: Member): Promise<OwnItem[]> {
  const { notices, forms } = desk.pack.burden.minutes.value
  const open = (await listAddressed({ db: desk.db, actor: member })).filter(
    ({ notice, receipt }) => notice.status === 'broadcast' && receipt.doneAt === undefined,
  )
  return open.map(addressed => {
    const { notice } = addressed
    const due = dueOf(addressed)
    return {
      kind: 'notice',
      line: notice.line ?? notice.office ?? NO_LINE,
      name: nameNotice(notice),
      text: `${nameNotice(notice)}${renderBy(desk, due)}`,
      dueAt: due ? dueAtOf(due) : FAR,
      minutes: notices + (formOf(notice) ? forms : 0),
    }
  })
}

async function listOpenTasks(desk: Desk, member: Member): Promise<OwnItem[]> {
  const open = await listTasks(desk.db, { memberId: member.id, statuses: ['open'] })
  return open.map(task => ({
    kind: 'task',
    line: task.line ?? NO_LINE,
    name: nameTask(task),
    text: `${describeTask(desk, task)}${renderBy(desk, task.due)}`,
    dueAt: dueAtOf(task.due),
    minutes: desk.pack.burden.minutes.value.tasks,
  }))
}

/** Cases in the member's own hand; what a unit holds stands on nobody's desk. */
async function listHeldIncidents(desk: Desk, member: Member): Promise<OwnItem[]> {
  const held = await listIncidents(desk.db, { holderId: member.id, statuses: OPEN_STATUSES })
  return held.map(incident => {
    const name = nameInPrivate(desk, incident)
    const next = findNextDeadline(incident)
    const by = next ? `，${stageNames[next.stage]}${renderBy(desk, next.deadline.day).slice(1)}` : ''
    // A provisional day makes nobody late.
    const dueAt = next && !next.deadline.provisional ? next.deadline.at : FAR
    return { kind: 'incident', line: '事件', name, text: `${name}${by}`, dueAt, minutes: 0 }
  })
}

async function listMeetingsToday(desk: Desk, member: Member): Promise<OwnItem[]> {
  const { today, now, pack } = desk
  const coming = (await listMeetingsOf(desk, member, { from: today, to: today })).filter(
    meeting => startOf(meeting) > now,
  )
  return coming.map(meeting => {
    const name = renderMeeting(desk, meeting)
    const minutes = pack.burden.minutes.value.meetings
    return { kind: 'meeting', line: '会议', name, text: name, dueAt: startOf(meeting), minutes }
  })
}

/** What the member began and has not handed in. */
async function listDrafts(desk: Desk, member: Member): Promise<OwnItem[]> {
  const drafts = await listOwnDrafts({ db: desk.db, actor: member })
  return drafts.map(draft => {
    const name = nameNotice(draft)
    return { kind: 'draft', line: '起草中', name, text: `${name}，回“继续起草${draft.no}号”`, dueAt: FAR, minutes: 0 }
  })
}

function renderBy({ now }: Desk, due: string | undefined): string {
  return due ? `，${renderDue(due)}${dueAtOf(due) <= now ? '（已过期）' : ''}` : ''
}
