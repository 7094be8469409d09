import type { Member } from '../../storage/roster.ts'
import { rolesOn } from '../../storage/roster.ts'
import { nextNumber } from '../../storage/settings.ts'
import { insertTask, type Task } from '../../storage/tasks.ts'
import type { Desk } from '../desk.ts'
import { asksForPhoto } from '../notice/evidence.ts'
import { renderDue } from '../notice/words.ts'
import { nameGiver, nameTask } from './words.ts'

/** What somebody is to do beside the notices, and who says so. */
export interface Assignment {
  member: Member
  /** A member, or the words for somebody whom the roster does not know. */
  giver: Member | string
  content: string
  /** Local day or time. */
  due: string
  /** The record whose decision it is, such as `{ type: 'meeting', id }`. */
  source?: Task['source']
  admissionId?: string
  messageId?: string
}

/**
 * Gives one person one task: it is numbered, recorded, told to the person in private and reminded of. For chat, and for the decisions
 * of a meeting. Source: S0-15 (完成上级和网格指导员、网格长交办的其他工作), S0-16
 */
export async function assignTask(desk: Desk, assignment: Assignment): Promise<Task> {
  const { db, now } = desk
  const { member, giver, content, due, source, admissionId, messageId } = assignment
  const isMember = typeof giver !== 'string'
  const task = await insertTask(db, {
    no: await nextNumber(db, 'task'),
    memberId: member.id,
    giverId: isMember ? giver.id : undefined,
    giverName: isMember ? undefined : giver,
    content,
    due,
    photoAsked: asksForPhoto(content),
    line: isMember ? lineOf(desk, giver) : undefined,
    source,
    admissionId,
    assignedAt: now,
    messageId,
  })
  await desk.record('created', { type: 'task', id: task.id }, { due, source })
  return task
}

/** 条线: the office of the giver, else the 社区 they serve in. */
export function lineOf({ roster, today }: Pick<Desk, 'roster' | 'today'>, giver: Member): string | undefined {
  const roles = rolesOn(giver, today)
  const office = roles.find(role => role.office !== undefined)?.office
  const place = roles.find(({ community, gridId }) => community ?? gridId)
  return office ?? place?.community ?? roster.gridById(place?.gridId)?.community ?? roles[0]?.roleName
}

/** In private, with the two words that will be needed. */
export async function tellAssigned(desk: Desk, task: Task): Promise<void> {
  const member = desk.roster.memberById(task.memberId)
  if (!member) return
  const photo = task.photoAsked ? '，完成时请带照片' : ''
  const text = `【交办 第${task.no}号】${nameGiver(desk, task)}：${task.content.reveal()}\n${renderDue(task.due)}${photo}。`
  await desk.say.toMember(member, text, {
    kind: 'task',
    urgency: 'normal',
    subject: { type: 'task', id: task.id },
    card: {
      title: nameTask(task),
      buttons: [
        { key: 'acknowledge', text: '收到', says: `收到交办${task.no}号` },
        { key: 'done', text: '完成', says: `交办${task.no}号完成` },
      ],
      ends: 'never',
    },
  })
}
