import { acknowledgeReceipt, listReceivers } from '../storage/notice-receivers.ts'
import { findNoticeNumbered } from '../storage/notices.ts'
import { type Answer, answer, type Ctx, defineHandler } from './handler.ts'
import { type Addressed, findAddressed, listAddressed, refuseNotAddressed } from './notice/addressed.ts'
import { countInGroup } from './notice/count-line.ts'
import { nameNotice } from './notice/words.ts'
import { plainWords } from './plain-words.ts'
import { acknowledgeTask, findMeantTask } from './task/receive.ts'

/** No sheet carries more. */
const MOST_AT_ONCE = 50

/** 收到: by number, by quote, or whatever came with the newest sheet. The first counts, and a group stays quiet. */
export const acknowledge = defineHandler({
  intent: 'acknowledge',
  who: 'acknowledge',
  dialog: { as: 'worker', turns: [['收到', '没有']] },
  async run(ctx, { no }) {
    const task = await findMeantTask(ctx, no, 'acknowledgedAt')
    if (task) return acknowledgeTask(ctx, task)
    const meant = no === undefined ? newestSheet(await listAddressed(ctx)) : await listNamed(ctx, no)
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

/** A quoted sheet names all its numbers; numbers in the sender's own words (`收到12、13号`) are those alone. */
async function listNamed(ctx: Ctx, no: number): Promise<Addressed[]> {
  const { message, text } = ctx
  const words = plainWords(text).normalize('NFKC')
  const quote = message.detail.quote?.text ?? ''
  const quoted = [...quote.matchAll(/【工作提示单 第(\d+)号】/g)].map(([, digits]) => Number(digits))
  const listed = /^收到\s*(?:提示单)?[\d\s号、,和]+(?:提示单)?$/.test(words) ? words.match(/\d+/g)!.map(Number) : [no]
  const nos = quoted.includes(no) && !/\d/.test(words) ? quoted : listed
  const named: Addressed[] = []
  for (const each of [...new Set(nos)].slice(0, MOST_AT_ONCE)) {
    const own = await findAddressed(ctx, await findNoticeNumbered(ctx.db, each))
    if (own) named.push(own)
  }
  return named
}

async function acknowledgeAll(ctx: Ctx, meant: readonly Addressed[]): Promise<Answer | undefined> {
  const { db, at, message, chat } = ctx
  const names = meant.map(({ notice }) => nameNotice(notice)).join('、')
  const open = meant.filter(({ receipt }) => receipt.acknowledgedAt === undefined)
  for (const { receipt } of open) {
    await acknowledgeReceipt(db, receipt.id, { at, messageId: message.id })
    await ctx.record('created', { type: 'acknowledgement', id: receipt.id })
  }
  if (chat.kind === 'group') {
    return countInGroup(
      ctx,
      meant.map(({ notice }) => notice.no),
    )
  }
  if (open.length === 0) return answer(`${names}已记过收到。`)
  const count = open.length === 1 ? await renderCount(ctx, open[0]!.notice.id) : ''
  return answer(`已记收到：${names}${count}。`)
}

async function renderCount({ db }: Ctx, noticeId: string): Promise<string> {
  const rows = await listReceivers(db, [noticeId])
  return `（${rows.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length}/${rows.length}人已回执）`
}
