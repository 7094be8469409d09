import { findTask, updateTask } from '../../storage/tasks.ts'
import { refuse, type Undoable } from '../handler.ts'
import { nameTask, taskStates } from './words.ts'

/** A task is taken back while it is open; who had it is told. */
export const undoableTask: Undoable = {
  async describe({ db }, id) {
    const task = await findTask(db, id)
    return task && task.status !== 'cancelled' ? nameTask(task) : undefined
  },
  async undo({ db, actor, roster, say }, id) {
    const task = await findTask(db, id)
    if (!task) return undefined
    if (task.status !== 'open')
      return refuse('in-other-hands', `${nameTask(task)}${taskStates[task.status]}，不能撤销。`)
    await updateTask(db, id, { status: 'cancelled' })
    const member = roster.memberById(task.memberId)
    if (member && member.id !== actor.id) {
      const subject = { type: 'task', id }
      await say.toMember(member, `${nameTask(task)}已由${actor.name}取消，不用办了。`, {
        kind: 'task',
        urgency: 'normal',
        subject,
      })
    }
    return undefined
  },
}

/** As with notices: the next figure puts a wrong one right. */
export const undoableTaskProgress: Undoable = {
  describe: () => Promise.resolve('交办进度'),
  undo: () => Promise.resolve(refuse('say-again', '进度不用撤销，按对的数再报一次就行，以最后一次为准。')),
}
