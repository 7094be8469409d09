import { listReceivers } from '../../storage/notice-receivers.ts'
import { findNoticeNumbered, type Notice } from '../../storage/notices.ts'
import { findPendingItem, listPendingLines, rewriteLine } from '../../storage/pending-lines.ts'
import { takeTurn } from '../../storage/turns.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import { joinWindow } from '../quiet-line.ts'

const HEAD = '回执：'
const KEY = 'acknowledge '

/**
 * What a group reads of acknowledgements: the counts of the notices, and nobody's name; no 接龙 comes of it. Whoever is first in a window
 * is answered at once; of those that follow the last one's figures stand for all.
 * Source: expectations.md §1 (严禁打卡接龙), §4 (2)
 */
export async function countInGroup(ctx: Ctx, nos: readonly number[]): Promise<Answer> {
  const { db, chat } = ctx
  const key = `${KEY}${chat.id}`
  await takeTurn(db, key)
  const waiting = await findPendingItem(db, key)
  const item = await renderCounts(ctx, [...new Set([...readNos(waiting ?? ''), ...nos])])
  const notBefore = await joinWindow(ctx, key)
  return answer(`${HEAD}${item}`, { merge: { key, head: HEAD, item, lastCounts: true }, notBefore })
}

/** An acknowledgement was taken back: the lines that still wait tell the figures as they are now. */
export async function recountLines(desk: Pick<Ctx, 'db'>): Promise<void> {
  for (const { outboxId, item } of await listPendingLines(desk.db, KEY)) {
    await rewriteLine(desk.db, outboxId, {
      head: HEAD,
      item: await renderCounts(desk, readNos(item)),
      lastCounts: true,
    })
  }
}

function readNos(item: string): number[] {
  return [...item.matchAll(/(\d+)号/g)].map(([, no]) => Number(no))
}

/** `12号5/9人，13号2/9人`. */
async function renderCounts({ db }: Pick<Ctx, 'db'>, nos: readonly number[]): Promise<string> {
  const found: Notice[] = []
  for (const no of nos) {
    const notice = await findNoticeNumbered(db, no)
    if (notice) found.push(notice)
  }
  const receivers = await listReceivers(
    db,
    found.map(({ id }) => id),
  )
  return found
    .map(({ id, no }) => {
      const own = receivers.filter(({ noticeId }) => noticeId === id)
      return `${no}号${own.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length}/${own.length}人`
    })
    .join('，')
}
