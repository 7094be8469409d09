import { listReminders } from '../../policy/reminder.ts'
import type { Member } from '../../storage/roster.ts'
import { listTasks, type Task } from '../../storage/tasks.ts'
import type { Desk } from '../desk.ts'
import { listToldThisMorning } from '../diary/morning.ts'
import { listAbsent } from '../leave/absent.ts'
import { dueAtOf, renderDue } from '../notice/words.ts'
import { isWithin, type Span } from '../reminded.ts'
import { giverOf, nameGiver, nameTask } from './words.ts'

/** Half-time, the working day before, the day: one private message for all tasks; on leave nobody is reminded, nor of what the morning line told. The giver hears what ran out. */
export async function remindTasks(desk: Desk, span: Span): Promise<void> {
  const { db, pack, calendar, roster, now } = desk
  const morning = pack.notice.remindAt.value[0]!
  const absent = await listAbsent(desk)
  const told = await listToldThisMorning(desk)
  const due = new Map<Member, Task[]>()
  const over = new Map<Member, Task[]>()
  for (const task of await listTasks(db, { statuses: ['open'] })) {
    const dueAt = dueAtOf(task.due)
    const kind = listReminders({ givenAt: task.assignedAt, dueAt, morning, calendar }).findLast(({ at }) =>
      isWithin(span, at),
    )?.kind
    const member = roster.memberById(task.memberId)
    if (!kind || !member) continue
    const isTold = kind === 'dueDay' && (told.get(member.id) ?? 0) > task.assignedAt
    if (kind !== 'overdue' && dueAt > now && !isTold && !absent.has(member.id))
      due.set(member, [...(due.get(member) ?? []), task])
    const giver = giverOf(desk, task) ?? member
    if (kind === 'overdue') over.set(giver, [...(over.get(giver) ?? []), task])
  }
  for (const [member, tasks] of due) await remind(desk, member, tasks)
  for (const [giver, tasks] of over) await tellOver(desk, giver, tasks)
}

async function remind(desk: Desk, member: Member, tasks: readonly Task[]): Promise<void> {
  const lines = tasks.map(task => `${nameTask(task)}，${nameGiver(desk, task)}交办，${renderDue(task.due)}`)
  await desk.say.toMember(member, ['【交办提醒】', ...lines, '办完请回“交办几号完成”。'].join('\n'), {
    kind: 'task-reminder',
    urgency: 'normal',
    notAfter: Math.max(...tasks.map(task => dueAtOf(task.due))),
    subject: { type: 'task', id: tasks[0]!.id },
  })
}

async function tellOver(desk: Desk, giver: Member, tasks: readonly Task[]): Promise<void> {
  const lines = tasks.map(
    task =>
      `${nameTask(task)}，${desk.roster.memberById(task.memberId)?.name ?? ''}，${renderDue(task.due)}到期没报完成`,
  )
  await desk.say.toMember(giver, ['【交办到期】', ...lines].join('\n'), { kind: 'task-overdue', urgency: 'normal' })
}
