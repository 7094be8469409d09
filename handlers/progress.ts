import { acknowledgeReceipt, insertProgress, listReceivers, markReceiptDone } from '../storage/notice-receivers.ts'
import { findNoticeNumbered, type Notice } from '../storage/notices.ts'
import { gridsOf } from '../storage/roster.ts'
import { type Answer, type Ctx, defineHandler, refuse } from './handler.ts'
import { type Addressed, listAddressed, refuseNotAddressed } from './notice/addressed.ts'
import { nameNotice, targetGrids } from './notice/words.ts'
import { plainWords } from './plain-words.ts'
import { answerQuietly } from './quiet-line.ts'
import type { SlotsOf } from './slots.ts'

type Slots = SlotsOf['reportProgress']

/** How far a notice's task is. Telling of progress is also having received it. */
export const reportProgress = defineHandler({
  intent: 'reportProgress',
  who: 'reportProgress',
  dialog: { as: 'worker', turns: [['12号提示单做完了', '没有']] },
  async run(ctx, slots) {
    const addressed = await listAddressed(ctx)
    const { no } = slots
    if (no === undefined) {
      const meant = addressed.find(({ receipt }) => receipt.doneAt === undefined) ?? addressed[0]
      if (meant) return note(ctx, meant.notice, meant, slots)
      return refuse('nothing-open', '现在没有发给您办的提示单；要报哪一号，请带上编号。')
    }
    const meant = addressed.find(({ notice }) => notice.no === no)
    if (meant) return note(ctx, meant.notice, meant, slots)
    const notice = await findNoticeNumbered(ctx.db, no)
    return notice && isObserver(ctx, notice) ? note(ctx, notice, undefined, slots) : refuseNotAddressed(ctx, no)
  },
})

/** Who serves in a target grid and owes nothing may tell of it all the same; it counts as nobody's completion. */
function isObserver({ roster, actor, today }: Ctx, notice: Notice): boolean {
  const targets = targetGrids(roster, notice)
  return notice.broadcastAt !== undefined && gridsOf(roster, actor, today).some(grid => targets.includes(grid))
}

async function note(ctx: Ctx, notice: Notice, own: Addressed | undefined, { count, done }: Slots): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const text = plainWords(ctx.text)
  const id = await insertProgress(db, {
    noticeId: notice.id,
    memberId: actor.id,
    at,
    count,
    done,
    text,
    messageId: message.id,
  })
  await ctx.record('created', { type: 'noticeProgress', id })
  if (own) {
    await acknowledgeReceipt(db, own.receipt.id, { at, messageId: message.id })
    if (done !== undefined) await markReceiptDone(db, own.receipt.id, done ? at : undefined)
  }
  const state = done === undefined ? '进度已记' : done ? '已完成' : '未完成'
  const figures = count === undefined ? '' : `，数量${count}`
  const rows = await listReceivers(db, [notice.id])
  const finished = rows.filter(({ doneAt }) => doneAt !== undefined).length
  return answerQuietly(ctx, {
    kind: 'notice-progress',
    head: '提示单进度：',
    item: `${actor.name} ${notice.no}号${state}${figures}`,
    text: `${nameNotice(notice)}${state}${figures}（${finished}/${rows.length}人完成）。`,
  })
}
