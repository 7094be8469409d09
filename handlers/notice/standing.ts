import { nextOccurrence, renderRecurrence } from '../../policy/recurrence.ts'
import { addDays, formatDayShort } from '../../policy/time.ts'
import { listNotices, type Notice } from '../../storage/notices.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { clauseOfChain } from './chain.ts'
import { linesOf } from './lines.ts'
import { nameNotice, nameState } from './words.ts'

/** `常态任务`: the lines of the document, each with its task and how far that is, then the street's own. Source: S0-19 */
export const standingCommand: Command = {
  name: 'standingTasks',
  matches: /^\s*(?:查看|看看?)?常态(?:化)?任务(?:清单|列表|模板)?\s*[。.？?]?\s*$/,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['常态任务', '流口管理']] },
  async run(ctx) {
    const { pack } = ctx
    const tasks = await listStanding(ctx)
    const lines = linesOf(pack)
    const own = tasks.filter(({ line }) => line === undefined || !lines.includes(line))
    const rows = [
      ...lines.map(line => {
        const ofLine = tasks.filter(task => task.line === line)
        if (ofLine.length === 0) return `${line}：还没有起草（发“起草常态任务：${line}…要求…考核…周期：每月”）`
        return `${line}：${ofLine.map(task => describe(ctx, task)).join('；')}`
      }),
      ...own.map(task => `${task.line ?? '其他'}：${describe(ctx, task)}`),
    ]
    const source = pack.notice.standing?.lines
    const head = source ? `常态任务（依据：${source.clause}）` : '常态任务'
    return answer(rows.length > 0 ? `${head}\n${rows.join('\n')}` : `${head}：还没有。`)
  },
}

const PUBLISH = /^\s*(?:下发|发布|派发)常态(?:化)?任务\s*[:：]?\s*(\S{1,20}?)[。.]?\s*$/

/** `下发常态任务 消防安全`: a task goes out on its signature alone. Source: S0-20 */
export const publishStandingCommand: Command = {
  name: 'publishStandingTask',
  matches: PUBLISH,
  who: 'draftNotice',
  dialog: { as: 'office', turns: [['下发常态任务 消防安全', '还没有起草']] },
  async run(ctx) {
    const name = PUBLISH.exec(ctx.text)?.[1] ?? ''
    const tasks = (await listStanding(ctx)).filter(({ line, title }) => line === name || (title ?? '').includes(name))
    const waiting = tasks.find(({ broadcastAt }) => broadcastAt === undefined)
    const out = tasks.find(({ broadcastAt }) => broadcastAt !== undefined)
    if (waiting) return refuseUnsigned(ctx, waiting)
    if (out) return answer(`${describe(ctx, out)}，不用再发。`)
    return refuse(
      'unknown-task',
      `“${name}”还没有起草；新的条线也要先审签再下发（依据：${clauseOfChain(ctx.pack, { kind: 'standing' })}）。`,
    )
  },
}

/** The newest of each task; what was withdrawn is gone, and the single times of a recurring task are not tasks of their own. */
async function listStanding({ db }: Ctx): Promise<Notice[]> {
  const all = await listNotices(db, {
    statuses: ['draft', 'submitted', 'reviewed', 'signed', 'broadcast', 'closed', 'rejected'],
    kind: 'standing',
  })
  return all.filter(({ parentId }) => parentId === undefined)
}

function describe({ calendar, pack, today }: Ctx, task: Notice): string {
  const { recurrence, status, startsOn, endsOn } = task
  const state = `${nameNotice(task)}${status === 'closed' ? '已到期停止' : nameState(task)}`
  if (!recurrence || status === 'closed') return state
  const often = `，${renderRecurrence(recurrence)}`
  if (task.broadcastAt === undefined) return `${state}${often}`
  const from = startsOn !== undefined && startsOn > today ? startsOn : addDays(today, 1)
  const next = nextOccurrence(recurrence, from, { calendar, shift: pack.holidayShift.value })
  const isOver = !next || (endsOn !== undefined && next.dueOn > endsOn)
  return isOver ? `${state}${often}，不再派发` : `${state}${often}，下次${formatDayShort(next.opensOn)}派发`
}

function refuseUnsigned(ctx: Ctx, task: Notice): Answer {
  return refuse(
    'unsigned',
    `${nameNotice(task)}${nameState(task)}，没有签批不能下发（依据：${clauseOfChain(ctx.pack, { kind: 'standing' })}）。没有改动。`,
  )
}
