import type { Desk } from '../handlers/desk.ts'
import { issuersOf } from '../handlers/notice/close.ts'
import { releaseNotices } from '../handlers/notice/release.ts'
import { nameNotice } from '../handlers/notice/words.ts'
import { listOccurrences, type Occurrence } from '../policy/recurrence.ts'
import { addDays, type Day, dayMs, dayOf, instantAt } from '../policy/time.ts'
import { insertNotice, listNotices, moveNotice, type Notice, updateNotice } from '../storage/notices.ts'
import { nextNumber } from '../storage/settings.ts'
import type { Job } from './job.ts'

/** The longest time between a task being handed out and due: a year. */
const LOOK_BACK_DAYS = 366

/**
 * Hands out every time of the recurring standing tasks whose day has come, each as a notice of its own with the task's words, standard
 * and clause. On time it leaves the sending to the compiled run of the same minute, so that a group gets one text; late it sends at
 * once what can still be done. A task past its last day stops, and its office hears of it. Source: S0-19, S0-20
 */
export const standingTasks: Job = {
  name: 'standing-tasks',
  schedule: ['30 8 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 60 * dayMs,
  async run(desk, due) {
    const tasks = (await listNotices(desk.db, { kind: 'standing', statuses: ['broadcast'] })).filter(
      ({ recurrence }) => recurrence !== undefined,
    )
    const handedOut: Notice[] = []
    for (const task of tasks) {
      if (task.endsOn !== undefined && task.endsOn < desk.today) await stop(desk, task)
      else for (const time of await listOpen(desk, task)) handedOut.push(await handOut(desk, task, time))
    }
    if (due.late || !isCompiledNow(desk)) {
      await releaseNotices(
        desk,
        handedOut.map(notice => ({ notice, deferred: false, late: false })),
      )
    }
  },
}

/** Whether the run that sends what was deferred comes in this minute and takes them along. */
function isCompiledNow({ now, pack }: Desk): boolean {
  return instantAt(dayOf(now), pack.notice.deferredAt.value) === now
}

/** Begun since the task went out, not handed out yet, and still to be done. */
async function listOpen(desk: Desk, task: Notice): Promise<Occurrence[]> {
  const { db, calendar, pack, today } = desk
  const signedOn = dayOf(task.broadcastAt!)
  const start = task.startsOn !== undefined && task.startsOn > signedOn ? task.startsOn : signedOn
  const range = { from: later(start, addDays(today, -LOOK_BACK_DAYS)), to: today }
  const facts = { calendar, shift: pack.holidayShift.value }
  const known = new Set((await listNotices(db, { parentId: task.id })).map(({ occursOn }) => occursOn))
  return listOccurrences(task.recurrence!, range, facts).filter(
    ({ dueOn }) => dueOn >= today && !known.has(dueOn) && (task.endsOn === undefined || dueOn <= task.endsOn),
  )
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)

async function handOut(desk: Desk, task: Notice, { dueOn }: Occurrence): Promise<Notice> {
  const { db, now } = desk
  const notice = await insertNotice(db, {
    no: await nextNumber(db, 'notice'),
    kind: 'standing',
    title: task.title,
    content: task.content,
    requirement: task.requirement,
    appraisal: task.appraisal,
    due: dueOn,
    gridIds: task.gridIds,
    roleNames: task.roleNames,
    memberIds: task.memberIds,
    line: task.line,
    office: task.office,
    drafterId: task.drafterId,
    draftedAt: now,
    messageId: task.messageId,
    parentId: task.id,
    occursOn: dueOn,
  })
  await desk.record('created', { type: 'notice', id: notice.id }, { parent: task.no })
  // The signature of the task is the signature of each of its times.
  return updateNotice(db, notice.id, { status: 'signed', reviewerId: task.reviewerId, signedAt: now, releaseAt: now })
}

async function stop(desk: Desk, task: Notice): Promise<void> {
  const stopped = await moveNotice(desk.db, task.id, 'broadcast', { status: 'closed', closedAt: desk.now })
  if (!stopped) return
  await desk.record('closed', { type: 'notice', id: task.id }, { by: 'lastDay' })
  for (const member of issuersOf(desk, task)) {
    await desk.say.toMember(member, `${nameNotice(task)}已到期，自动停止，不再派发；要继续请重新起草报批。`, {
      kind: 'standing-stopped',
      urgency: 'normal',
      subject: { type: 'notice', id: task.id },
    })
  }
}
