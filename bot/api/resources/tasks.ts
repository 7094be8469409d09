import { formatInstant } from '../../../policy/time.ts'
import {
  findTaskNumbered,
  listTaskProgress,
  listTasks,
  type Task,
  type TaskProgress,
  type TaskStatus,
} from '../../../storage/tasks.ts'
import { cutPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, memberIdsOf, type Resource, readNo, showDue, showInstant, type View } from '../view.ts'

/** `?from&to&status&member`: tasks given by word of mouth; the days are those of the giving. */
export const tasks: Resource = {
  path: 'tasks',
  async list(view, query) {
    const status = query.get('status') as TaskStatus | undefined
    const members = memberIdsOf(view, query.get('member'))
    const { from = 0, to: before = Number.MAX_SAFE_INTEGER } = instantsOf(query)
    const all = await listTasks(view.db, { assigned: { from, before }, statuses: status && [status] })
    const asked = members ? all.filter(({ memberId }) => members.includes(memberId)) : all
    return mapPage(
      cutPage(asked, query, ({ no }) => String(no)),
      items => showAll(view, items),
    )
  },
  async find(view, said) {
    const no = readNo(said)
    const task = no === undefined ? undefined : await findTaskNumbered(view.db, no)
    return task && (await showAll(view, [task]))[0]
  },
}

async function showAll(view: View, found: readonly Task[]): Promise<object[]> {
  const progress = await listTaskProgress(
    view.db,
    found.map(({ id }) => id),
  )
  return found.map(task =>
    show(
      view,
      task,
      progress.filter(({ taskId }) => taskId === task.id),
    ),
  )
}

function show(view: View, task: Task, progress: readonly TaskProgress[]) {
  const { no, memberId, giverId, giverName, content, due, line, status, messageId } = task
  return {
    no,
    member: keyOf(view, memberId),
    giver: keyOf(view, giverId),
    giverName: giverName?.reveal(),
    content: content.reveal(),
    due: showDue(due),
    line,
    photoAsked: task.photoAsked,
    status,
    assignedAt: formatInstant(task.assignedAt),
    acknowledgedAt: showInstant(task.acknowledgedAt),
    doneAt: showInstant(task.doneAt),
    source: task.source,
    progress: progress.map(({ at, count, remaining, done, text, ...one }) => ({
      at: formatInstant(at),
      count,
      remaining,
      done,
      text: text.reveal(),
      messageId: one.messageId,
    })),
    messageId,
  }
}
