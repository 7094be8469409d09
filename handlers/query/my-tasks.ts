import { listTasks } from '../../storage/tasks.ts'
import { formOf } from '../burden/fields.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import { listMeetingsOf, startOf } from '../meeting/find-meeting.ts'
import { renderMeeting } from '../meeting/words.ts'
import { dueOf, listAddressed } from '../notice/addressed.ts'
import { listWaitingExtensions, nameWaitingExtension } from '../notice/decide-extension.ts'
import { listOwnDrafts } from '../notice/own-draft.ts'
import { dueAtOf, nameNotice, renderDue } from '../notice/words.ts'
import { describeTask } from '../task/receive.ts'
import { listWaiting, nameWaiting } from '../waiting.ts'

const SHOWN = 5
const DECISIONS = '待审批'
const NO_LINE = '其他'

/** One thing on somebody's desk. */
interface Item {
  /** 条线: the office it comes from. */
  line: string
  text: string
  /** By when; far ahead where nothing is told. */
  dueAt: number
  minutes: number
}

/**
 * What stands on the speaker's own desk, the earliest due first, grouped by 条线 with the hours it will take by the pack's estimate:
 * decisions that wait, notices and tasks not finished, meetings today. In private. Source: S0-16 (two lines of tasks, total load)
 */
export async function myTasks(ctx: Ctx): Promise<Answer> {
  const items = [
    ...(await listDecisions(ctx)),
    ...[...(await listOpenNotices(ctx)), ...(await listOpenTasks(ctx))].sort((a, b) => a.dueAt - b.dueAt),
    ...(await listMeetingsToday(ctx)),
    ...(await listDrafts(ctx)),
  ]
  if (items.length === 0) return answer('手上没有待办，辛苦了。', { private: true })
  const rest = items.length > SHOWN ? [`……还有${items.length - SHOWN}件`] : []
  const head = `手上还有${items.length}件${renderHours(items)}：`
  return answer([head, ...renderLines(items.slice(0, SHOWN)), ...rest].join('\n'), { private: true })
}

/** Under their lines where there are several; an item alone says its own. */
function renderLines(items: readonly Item[]): string[] {
  const lines = [...new Set(items.map(({ line }) => line))]
  if (lines.length === 1) return items.map(({ text }) => (lines[0] === DECISIONS ? `${DECISIONS}：${text}` : text))
  return lines.flatMap(line => [`【${line}】`, ...items.filter(item => item.line === line).map(({ text }) => text)])
}

/** `，约1.5小时（估算）`. */
function renderHours(items: readonly Item[]): string {
  const hours = Math.round(items.reduce((sum, { minutes }) => sum + minutes, 0) / 6) / 10
  return hours > 0 ? `，约${hours}小时（估算）` : ''
}

async function listDecisions(ctx: Ctx): Promise<Item[]> {
  const named = (await listWaiting(ctx, ctx.actor)).map(one => nameWaiting(ctx, one))
  named.push(...(await listWaitingExtensions(ctx)).map(nameWaitingExtension))
  return named.map(text => ({ line: DECISIONS, text, dueAt: 0, minutes: 0 }))
}

async function listOpenNotices(ctx: Ctx): Promise<Item[]> {
  const { notices, forms } = ctx.pack.burden.minutes.value
  const open = (await listAddressed(ctx)).filter(
    ({ notice, receipt }) => notice.status === 'broadcast' && receipt.doneAt === undefined,
  )
  return open.map(addressed => {
    const { notice } = addressed
    return {
      line: notice.line ?? notice.office ?? NO_LINE,
      text: `${nameNotice(notice)}${renderBy(ctx, dueOf(addressed))}`,
      dueAt: instantOf(dueOf(addressed)),
      minutes: notices + (formOf(notice) ? forms : 0),
    }
  })
}

async function listOpenTasks(ctx: Ctx): Promise<Item[]> {
  const open = await listTasks(ctx.db, { memberId: ctx.actor.id, statuses: ['open'] })
  return open.map(task => ({
    line: task.line ?? NO_LINE,
    text: `${describeTask(ctx, task)}${renderBy(ctx, task.due)}`,
    dueAt: instantOf(task.due),
    minutes: ctx.pack.burden.minutes.value.tasks,
  }))
}

async function listMeetingsToday(ctx: Ctx): Promise<Item[]> {
  const coming = (await listMeetingsOf(ctx, ctx.actor, { from: ctx.today, to: ctx.today })).filter(
    meeting => startOf(meeting) > ctx.at,
  )
  const minutes = ctx.pack.burden.minutes.value.meetings
  return coming.map(meeting => ({ line: '会议', text: renderMeeting(ctx, meeting), dueAt: startOf(meeting), minutes }))
}

/** What the speaker began and has not handed in. */
async function listDrafts(ctx: Ctx): Promise<Item[]> {
  const drafts = await listOwnDrafts(ctx)
  return drafts.map(draft => ({
    line: '起草中',
    text: `${nameNotice(draft)}，回“继续起草${draft.no}号”`,
    dueAt: instantOf(undefined),
    minutes: 0,
  }))
}

function instantOf(due: string | undefined): number {
  return due ? dueAtOf(due) : Number.POSITIVE_INFINITY
}

function renderBy({ at }: Ctx, due: string | undefined): string {
  return due ? `，${renderDue(due)}${dueAtOf(due) <= at ? '（已过期）' : ''}` : ''
}
