import { acknowledgeReceipt, listReceivers } from '../storage/notice-receivers.ts'
import { type Answer, answer, type Ctx, defineHandler } from './handler.ts'
import { type Addressed, listAddressed, refuseNotAddressed } from './notice/addressed.ts'
import { nameNotice } from './notice/words.ts'
import { answerQuietly } from './quiet-line.ts'

/** 收到: by number, by quote, or whatever came with the newest sheet. The first counts, and a group stays quiet. */
export const acknowledge = defineHandler({
  intent: 'acknowledge',
  who: 'acknowledge',
  dialog: { as: 'worker', turns: [['收到', '没有']] },
  async run(ctx, { no }) {
    const addressed = await listAddressed(ctx)
    const meant = no === undefined ? newestSheet(addressed) : named(ctx, addressed, no)
    if (meant.length === 0) {
      if (no !== undefined) return refuseNotAddressed(ctx, no)
      // 收到 in a group is mostly said to a colleague.
      return ctx.chat.kind === 'direct' ? answer('现在没有等您回执的提示单。') : undefined
    }
    return acknowledgeAll(ctx, meant)
  },
})

/** One sheet can carry several notices: who has read it has read them all. */
function newestSheet(addressed: readonly Addressed[]): Addressed[] {
  const open = addressed.filter(({ receipt }) => receipt.acknowledgedAt === undefined)
  const newest = open[0] ?? addressed[0]
  return newest ? addressed.filter(({ notice }) => notice.broadcastAt === newest.notice.broadcastAt) : []
}

/** A quoted sheet names all its numbers; a number in the sender's own words is that one alone. */
function named({ message, text }: Ctx, addressed: readonly Addressed[], no: number): Addressed[] {
  const quote = message.detail.quote?.text ?? ''
  const quoted = [...quote.matchAll(/【工作提示单 第(\d+)号】/g)].map(([, digits]) => Number(digits))
  const nos = quoted.includes(no) && !/\d/.test(text.normalize('NFKC')) ? quoted : [no]
  return addressed.filter(({ notice }) => nos.includes(notice.no))
}

async function acknowledgeAll(ctx: Ctx, meant: readonly Addressed[]): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const names = meant.map(({ notice }) => nameNotice(notice)).join('、')
  const open = meant.filter(({ receipt }) => receipt.acknowledgedAt === undefined)
  if (open.length === 0) {
    return answerQuietly(ctx, {
      kind: 'acknowledge',
      head: '回执：',
      item: `${actor.name}（已记过）`,
      text: `${names}已记过收到。`,
    })
  }
  for (const { receipt } of open) {
    await acknowledgeReceipt(db, receipt.id, { at, messageId: message.id })
    await ctx.record('created', { type: 'acknowledgement', id: receipt.id })
  }
  const nos = open.map(({ notice }) => `${notice.no}号`).join('、')
  const count = open.length === 1 ? await renderCount(ctx, open[0]!.notice.id) : ''
  return answerQuietly(ctx, {
    kind: 'acknowledge',
    head: '回执：',
    item: `${actor.name} ${nos}`,
    text: `已记收到：${names}${count}。`,
  })
}

async function renderCount({ db }: Ctx, noticeId: string): Promise<string> {
  const rows = await listReceivers(db, [noticeId])
  return `（${rows.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length}/${rows.length}人已回执）`
}
