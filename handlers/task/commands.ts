import { findTaskNumbered, listTasks, updateTask } from '../../storage/tasks.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { renderDue } from '../notice/words.ts'
import { assignCommand } from './command.ts'
import { nameTask, taskStates } from './words.ts'

const SHOWN = 10
const CANCEL = /^\s*取消(?:交办|任务)\s*(?:第|#|＃)?\s*(\d{1,6})\s*号?\s*[。.]?\s*$/u

/** Taken back by who gave it; who had it is told once. */
const cancelCommand: Command = {
  name: 'cancelTask',
  matches: CANCEL,
  who: 'anyMember',
  dialog: { as: 'instructor', turns: [['取消交办3', '没有3号交办']] },
  async run(ctx) {
    const { db, actor, roster, say, pack } = ctx
    const no = Number(CANCEL.exec(ctx.text.normalize('NFKC'))?.[1])
    const task = await findTaskNumbered(db, no)
    if (!task) return refuse('unknown-number', `没有${no}号交办。`, { private: true })
    if (task.giverId !== actor.id && !(task.giverId === undefined && task.memberId === actor.id)) {
      const { clause } = pack.actions.assignTask
      return refuse('not-yours', `${nameTask(task)}要由交办人取消（依据：${clause}），没有改动。`, { private: true })
    }
    if (task.status !== 'open') return refuse('wrong-state', `${nameTask(task)}${taskStates[task.status]}，没有改动。`)
    await updateTask(db, task.id, { status: 'cancelled' })
    await ctx.record('cancelled', { type: 'task', id: task.id })
    const member = roster.memberById(task.memberId)
    if (member && member.id !== actor.id) {
      await say.toMember(member, `${nameTask(task)}已由${actor.name}取消，不用办了。`, {
        kind: 'task',
        urgency: 'normal',
        subject: { type: 'task', id: task.id },
      })
    }
    return answer(`${nameTask(task)}已取消。`, { private: true })
  },
}

/** What the speaker gave to others, the open ones first. */
const givenCommand: Command = {
  name: 'listGivenTasks',
  matches: /^\s*我交办的(?:任务|事项)?\s*[?？。]?\s*$/u,
  who: 'anyMember',
  dialog: { as: 'instructor', turns: [['我交办的', '没有交办']] },
  async run({ db, actor, roster }) {
    const given = (await listTasks(db, { giverId: actor.id, statuses: ['open', 'done'] })).reverse()
    if (given.length === 0) return answer('您还没有交办任务。', { private: true })
    const ordered = [
      ...given.filter(({ status }) => status === 'open'),
      ...given.filter(({ status }) => status === 'done'),
    ]
    const lines = ordered
      .slice(0, SHOWN)
      .map(
        task =>
          `${nameTask(task)}　${roster.memberById(task.memberId)?.name ?? ''}　${renderDue(task.due)}　${taskStates[task.status]}`,
      )
    const rest = ordered.length > SHOWN ? [`……还有${ordered.length - SHOWN}件`] : []
    return answer(
      [`您交办的（在办${given.filter(({ status }) => status === 'open').length}件）：`, ...lines, ...rest].join('\n'),
      {
        private: true,
      },
    )
  },
}

export const taskCommands: readonly Command[] = [assignCommand, cancelCommand, givenCommand]
