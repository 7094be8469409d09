import {
  findTaskNumbered,
  insertTaskProgress,
  listTaskProgress,
  listTasks,
  type Task,
  updateTask,
} from '../../storage/tasks.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { listAddressed } from '../notice/addressed.ts'
import { hasPhoto } from '../notice/evidence.ts'
import { type ProgressFigures, renderFigures } from '../notice/figures.ts'
import { plainWords } from '../plain-words.ts'
import { giverOf, nameGiver, nameTask, taskStates } from './words.ts'

/** A photo that is still to come for a finished task. */
export interface TaskPhotoDraft {
  kind: 'taskPhoto'
  taskId: string
}

const ABOUT_NOTICE = /提示单|通知/u
const NUMBERED = /(?:任务|交办)\s*(?:第|#|＃)?\s*(\d{1,6})|(\d{1,6})\s*号?\s*(?:任务|交办)/u

/** What still waits for a word of this kind: to be acknowledged, or to be finished. */
type Wait = 'acknowledgedAt' | 'doneAt'

/**
 * The own task that words are about: one that is quoted or named by its number, else, in private, the newest one that still waits for
 * `wait`, where it came later than the newest notice that does. In a group nothing is meant that is not named: tasks are private.
 */
export async function findMeantTask(ctx: Ctx, no: number | undefined, wait: Wait): Promise<Task | undefined> {
  const { db, actor, message, chat } = ctx
  const words = plainWords(ctx.text).normalize('NFKC')
  if (ABOUT_NOTICE.test(words)) return undefined
  const quoted = /【交办 第(\d+)号】/u.exec(message.detail.quote?.text ?? '')?.[1]
  const [, behind, before] = NUMBERED.exec(words) ?? []
  const said = behind ?? before ?? (no === undefined || String(no) === quoted ? quoted : undefined)
  if (said !== undefined) {
    const task = await findTaskNumbered(db, Number(said))
    return task?.memberId === actor.id && task.status !== 'cancelled' ? task : undefined
  }
  const isNamed = /任务|交办/u.test(words)
  if (no !== undefined || (chat.kind === 'group' && !isNamed)) return undefined
  return findNewest(ctx, wait, isNamed)
}

/** Words that name a task which is somebody else's; whose it is stays between the two. */
export async function refuseOthersTask({ db, text }: Ctx): Promise<Answer | undefined> {
  const [, behind, before] = NUMBERED.exec(plainWords(text).normalize('NFKC')) ?? []
  const no = Number(behind ?? before)
  const task = no > 0 ? await findTaskNumbered(db, no) : undefined
  return task && refuse('not-your-task', `${no}号交办不是给您的；您手上的可以回“我的任务”看。`, { private: true })
}

async function findNewest(ctx: Ctx, wait: Wait, isNamed: boolean): Promise<Task | undefined> {
  const open = await listTasks(ctx.db, { memberId: ctx.actor.id, statuses: ['open'] })
  const task = open.findLast(one => one[wait] === undefined)
  if (!task || isNamed) return task
  const waiting = (await listAddressed(ctx)).find(
    ({ notice, receipt }) => notice.status === 'broadcast' && receipt[wait] === undefined,
  )
  return waiting === undefined || waiting.notice.broadcastAt! < task.assignedAt ? task : undefined
}

export async function acknowledgeTask(ctx: Ctx, task: Task): Promise<Answer> {
  if (task.status === 'done') return answer(`${nameTask(task)}${taskStates.done}。`, { private: true })
  if (task.acknowledgedAt === undefined) {
    await updateTask(ctx.db, task.id, { acknowledgedAt: ctx.at })
    await ctx.record('acknowledged', { type: 'task', id: task.id })
  }
  return answer(`已记收到：${nameTask(task)}。`, { private: true })
}

/** Finished is told to the giver once; a task that asks for a photo is finished with it. */
export async function noteTaskProgress(ctx: Ctx, task: Task, figures: ProgressFigures): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const awaitsPhoto = figures.done === true && task.photoAsked && !(await hasShown(ctx, task))
  const done = awaitsPhoto ? undefined : figures.done
  const progress = { taskId: task.id, memberId: actor.id, at, ...figures, done, text: plainWords(ctx.text) }
  const id = await insertTaskProgress(db, { ...progress, messageId: message.id })
  await ctx.record('created', { type: 'taskProgress', id })
  const acknowledgedAt = task.acknowledgedAt ?? at
  if (awaitsPhoto) {
    await updateTask(db, task.id, { acknowledgedAt })
    const draft: TaskPhotoDraft = { kind: 'taskPhoto', taskId: task.id }
    return ask('reportProgress', draft, `${nameTask(task)}进度已记，交办要求带照片：请发一张，收到就算完成。`)
  }
  if (done === undefined) await updateTask(db, task.id, { acknowledgedAt })
  else await settle(ctx, task, done, acknowledgedAt)
  const state = done === undefined ? '进度已记' : done ? '已完成' : '未完成'
  return answer(`${nameTask(task)}${state}${renderFigures(figures)}。`, { private: true })
}

async function hasShown({ db, message }: Ctx, task: Task): Promise<boolean> {
  const earlier = await listTaskProgress(db, [task.id])
  return hasPhoto(db, [message.id, ...earlier.map(({ messageId }) => messageId)])
}

async function settle(ctx: Ctx, task: Task, done: boolean, acknowledgedAt: number): Promise<void> {
  const { db, actor, at, say } = ctx
  await updateTask(db, task.id, { acknowledgedAt, status: done ? 'done' : 'open', doneAt: done ? at : null })
  const giver = giverOf(ctx, task)
  if (!done || task.status === 'done' || !giver || giver.id === actor.id) return
  await say.toMember(giver, `${actor.name}完成了${nameTask(task)}：${plainWords(ctx.text)}`, {
    kind: 'task-done',
    urgency: 'normal',
    subject: { type: 'task', id: task.id },
  })
}

/** `3号交办《报出租房数》，徐伟交办`. */
export function describeTask(ctx: Pick<Ctx, 'roster'>, task: Task): string {
  return `${nameTask(task)}，${nameGiver(ctx, task)}交办`
}
