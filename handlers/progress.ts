import { findNoticeNumbered, getNotice, type Notice } from '../storage/notices.ts'
import { gridsOf } from '../storage/roster.ts'
import { findTask } from '../storage/tasks.ts'
import { type Answer, type Ctx, defineHandler, refuse } from './handler.ts'
import { askWhichOfTwo, takeAsIncident } from './incident/bare-number.ts'
import { findAddressed, listAddressed, refuseNotAddressed } from './notice/addressed.ts'
import { hasPhoto } from './notice/evidence.ts'
import { type ExtensionDraft, resumeExtension } from './notice/extension.ts'
import { readFigures } from './notice/figures.ts'
import { type NoticePhotoDraft, noteNoticeProgress } from './notice/note-progress.ts'
import { nameNotice, targetGrids } from './notice/words.ts'
import { resumeTask, type TaskDraft } from './task/command.ts'
import { findMeantTask, noteTaskProgress, refuseOthersTask, type TaskPhotoDraft } from './task/receive.ts'

type Draft = NoticePhotoDraft | TaskPhotoDraft | TaskDraft | ExtensionDraft

/** How far a notice's task, or a task given by word of mouth, is. Telling of progress is also having received it. */
export const reportProgress = defineHandler({
  intent: 'reportProgress',
  who: 'reportProgress',
  dialog: { as: 'worker', turns: [['12号提示单做完了', '没有']] },
  async run(ctx, slots) {
    const figures = readFigures(ctx.text, slots)
    const task = await findMeantTask(ctx, slots.no, 'doneAt')
    if (task) return noteTaskProgress(ctx, task, figures)
    const { no } = slots
    if (no === undefined) {
      const addressed = await listAddressed(ctx)
      const undone = addressed.filter(({ receipt }) => receipt.doneAt === undefined)
      const meant = undone.find(({ notice }) => notice.status === 'broadcast') ?? undone[0] ?? addressed[0]
      if (meant) return noteNoticeProgress(ctx, meant.notice, meant, figures)
      return refuse('nothing-open', '现在没有发给您办的提示单；要报哪一号，请带上编号。')
    }
    const notice = await findNoticeNumbered(ctx.db, no)
    const meant = await findAddressed(ctx, notice)
    if (meant) {
      return (
        (await askWhichOfTwo(ctx, slots, nameNotice(meant.notice))) ??
        noteNoticeProgress(ctx, meant.notice, meant, figures)
      )
    }
    if (notice && isObserver(ctx, notice)) return noteNoticeProgress(ctx, notice, undefined, figures)
    return (await takeAsIncident(ctx, slots)) ?? (await refuseOthersTask(ctx)) ?? refuseNotAddressed(ctx, no)
  },
  async resume(ctx, draft, understood) {
    const open = draft as Draft
    if (open.kind === 'task') return resumeTask(ctx, open, understood.when)
    if (open.kind === 'extension') return resumeExtension(ctx, open, understood.when)
    return resumePhoto(ctx, open)
  },
})

/** Who serves in a target grid and owes nothing may tell of it all the same; it counts as nobody's completion. */
function isObserver({ roster, actor, today }: Ctx, notice: Notice): boolean {
  const targets = targetGrids(roster, notice)
  const isOut = notice.status === 'broadcast' || notice.status === 'closed'
  return isOut && gridsOf(roster, actor, today).some(grid => targets.includes(grid))
}

/** The photo that a finished task still owed. */
async function resumePhoto(ctx: Ctx, draft: NoticePhotoDraft | TaskPhotoDraft): Promise<Answer | undefined> {
  if (!(await hasPhoto(ctx.db, [ctx.message.id]))) return undefined
  if (draft.kind === 'taskPhoto') {
    const task = await findTask(ctx.db, draft.taskId)
    return task && task.status !== 'cancelled' ? noteTaskProgress(ctx, task, { done: true }) : undefined
  }
  const own = await findAddressed(ctx, await getNotice(ctx.db, draft.noticeId))
  return own && noteNoticeProgress(ctx, own.notice, own, { done: true })
}
