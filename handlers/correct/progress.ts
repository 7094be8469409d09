import { dayOf } from '../../policy/time.ts'
import { insertProgress, listProgress } from '../../storage/notice-receivers.ts'
import { getNotice } from '../../storage/notices.ts'
import { findTask, insertTaskProgress, listTaskProgress, listTasks } from '../../storage/tasks.ts'
import type { Ctx } from '../handler.ts'
import { listAddressed } from '../notice/addressed.ts'
import { nameNotice } from '../notice/words.ts'
import { nameTask } from '../task/words.ts'
import { type Changes, type Correctable, type Hindrance, NO_CHANGE } from './correctable.ts'
import { readCount } from './values.ts'

const NO_DROP: Hindrance = { reason: 'say-again', text: '进度不作废，按对的数再报一次就行，以最后一次为准。' }
const NOTHING_TOLD: Hindrance = { reason: 'nothing-to-correct', text: '还没有报过数，直接报就行。' }
const EXAMPLE = '进度可以改数量，如“更正 12号提示单进度 改为 20”“更正 3号交办进度 改为 20户”'

const readChanges = (value: string): Changes | undefined => {
  const count = readCount(value)
  return count === undefined ? undefined : { count }
}

/** A figure told to a notice. What was told stays; the last one counts. */
export const correctableNoticeProgress: Correctable = {
  type: 'noticeProgress',
  name: '提示单进度',
  words: '提示单(?:的)?进度|进度',
  example: EXAMPLE,
  async list(ctx, { which }) {
    const addressed = (await listAddressed(ctx)).filter(({ notice }) => which === '' || notice.no === Number(which))
    const told = await listProgress(
      ctx.db,
      addressed.map(({ notice }) => notice.id),
    )
    const own = told.filter(({ memberId, count }) => memberId === ctx.actor.id && count !== undefined).reverse()
    return own.map(({ noticeId, at }) => ({
      id: noticeId,
      gridId: addressed.find(({ notice }) => notice.id === noticeId)?.receipt.gridId,
      day: dayOf(at),
      toldAt: at,
    }))
  },
  read: (_ctx, { value }) => readChanges(value),
  async compare(ctx, id, { count, dropped }, memberId) {
    if (dropped) return NO_DROP
    const before = (await listFigures(ctx, id, memberId)).at(-1)
    if (before === undefined) return NOTHING_TOLD
    const name = nameNotice(await getNotice(ctx.db, id))
    return before.count === count ? NO_CHANGE : () => `${name}进度：数量${before.count} → ${count}`
  },
  replace: (ctx, id, { count }, { memberId, messageId }) =>
    insertProgress(ctx.db, { noticeId: id, memberId, at: ctx.now, count, text: `更正：数量${count}`, messageId }),
}

async function listFigures({ db }: Ctx, noticeId: string, memberId: string) {
  return (await listProgress(db, [noticeId])).filter(one => one.memberId === memberId && one.count !== undefined)
}

/** The same of a task given by word of mouth. */
export const correctableTaskProgress: Correctable = {
  type: 'taskProgress',
  name: '交办进度',
  words: '交办(?:的)?(?:进度)?',
  example: EXAMPLE,
  async list({ db, actor }, { which }) {
    const tasks = (await listTasks(db, { memberId: actor.id })).filter(({ no }) => which === '' || no === Number(which))
    const told = await listTaskProgress(
      db,
      tasks.map(({ id }) => id),
    )
    const own = told.filter(({ memberId, count }) => memberId === actor.id && count !== undefined).reverse()
    return own.map(({ taskId, at }) => ({ id: taskId, day: dayOf(at), toldAt: at }))
  },
  read: (_ctx, { value }) => readChanges(value),
  async compare({ db }, id, { count, dropped }, memberId) {
    if (dropped) return NO_DROP
    const task = await findTask(db, id)
    const told = (await listTaskProgress(db, [id])).filter(one => one.memberId === memberId && one.count !== undefined)
    const before = told.at(-1)
    if (!task || before === undefined) return NOTHING_TOLD
    return before.count === count ? NO_CHANGE : () => `${nameTask(task)}进度：数量${before.count} → ${count}`
  },
  replace: (ctx, id, { count }, { memberId, messageId }) =>
    insertTaskProgress(ctx.db, { taskId: id, memberId, at: ctx.now, count, text: `更正：数量${count}`, messageId }),
}
