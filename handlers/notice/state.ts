import { listProgress, listReceivers, type NoticeReceiver } from '../../storage/notice-receivers.ts'
import type { Notice } from '../../storage/notices.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { listAbsent } from '../leave/absent.ts'
import { renderFigures } from './figures.ts'
import { findNamedNotices, NOTICE_BEFORE, NOTICE_BEHIND } from './named.ts'
import { isGridInView } from './view.ts'
import { nameNotice, nameState, renderDue } from './words.ts'

const STATE = new RegExp(
  `^\\s*(?:${NOTICE_BEHIND}|${NOTICE_BEFORE})\\s*的?(?:各网格)?(?:办理|落实|完成)?(?:情况|进度)\\s*[?？。]?\\s*$`,
  'u',
)

/** How far each grid is with one notice. Source: S0-26 (per-grid status) */
export const noticeStateCommand: Command = {
  name: 'noticeState',
  matches: STATE,
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['提示单12 情况', '没有12号提示单']] },
  async run(ctx) {
    const [, behind, before] = STATE.exec(ctx.text.normalize('NFKC'))!
    return showState(ctx, (behind ?? before)!)
  },
}

/** By grid; in a group figures alone, in private those who have not finished by name. Several of one day: which there are. */
export async function showState(ctx: Ctx, said: string): Promise<Answer> {
  const found = await findNamedNotices(ctx, said)
  const [notice] = found
  if (!notice) return refuse('unknown-number', `没有${said}号提示单。`)
  if (found.length > 1) {
    const names = found.map((one, index) => `${said}-${index + 1}：${nameNotice(one)}`)
    return answer([`那天下发了${found.length}份，请说是哪一份：`, ...names].join('\n'))
  }
  if (notice.broadcastAt === undefined)
    return refuse('not-broadcast', `${nameNotice(notice)}${nameState(notice)}，还没有下发。`)
  const rows = await listReceivers(ctx.db, [notice.id])
  const lines = await renderGrids(ctx, notice, rows)
  const done = rows.filter(({ doneAt }) => doneAt !== undefined).length
  const due = notice.due ? `，${renderDue(notice.due)}` : ''
  const head = `${nameNotice(notice)}（${nameState(notice)}${due}）：${done}/${rows.length}人完成`
  return answer([head, ...lines].join('\n'))
}

async function renderGrids(ctx: Ctx, notice: Notice, rows: readonly NoticeReceiver[]): Promise<string[]> {
  const { db, roster, chat } = ctx
  const progress = await listProgress(db, [notice.id])
  const absent = await listAbsent(ctx)
  const inView = roster.grids.filter(({ id }) => rows.some(row => row.gridId === id) && isGridInView(ctx, id))
  return inView.map(grid => {
    const own = rows.filter(row => row.gridId === grid.id)
    const open = own.filter(({ doneAt }) => doneAt === undefined)
    const received = own.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length
    const last = progress.filter(({ memberId }) => own.some(row => row.memberId === memberId)).at(-1)
    const due = own.find(row => row.due !== undefined)?.due
    const names = open.map(
      ({ memberId }) => `${roster.memberById(memberId)?.name}${absent.has(memberId) ? '（请假）' : ''}`,
    )
    return [
      `${grid.name}：完成${own.length - open.length}/${own.length}，收到${received}`,
      last ? renderFigures(last) : '',
      due ? `，延至${renderDue(due)}` : '',
      chat.kind === 'direct' && open.length > 0 ? `；未完成：${names.join('、')}` : '',
    ].join('')
  })
}
