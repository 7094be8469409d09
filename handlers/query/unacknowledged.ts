import { findNoticeNumbered, listNotices, type Notice } from '../../storage/notices.ts'
import type { Member } from '../../storage/roster.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { countReceipts, type Receipts, type Receiver } from '../notice/receipts.ts'
import { isGridInView } from '../notice/view.ts'
import { nameNotice, nameState } from '../notice/words.ts'
import type { SlotsOf } from '../slots.ts'

/** 谁还没完成 asks for those who have not finished; anything else for those who have not acknowledged. */
const ABOUT_DONE = /完成|做完|没做|没办|办完|弄完|没交|没报|干完|进度/
const EXPEDITES = /催/

/**
 * Who is missing: counts first, then names. Only those missing and not on leave; in a group only its own people, @-ed;
 * asked with 催 by whoever may see the street, every grid group @s its own.
 * Source: expectations §4 no. 6
 */
export async function unacknowledged(ctx: Ctx, { no }: SlotsOf['query']): Promise<Answer> {
  const found = no === undefined ? await findNewest(ctx) : await findNoticeNumbered(ctx.db, no)
  if (!found) return refuse('unknown-number', no === undefined ? '还没有下发过提示单。' : `没有${no}号提示单。`)
  if (found.broadcastAt === undefined)
    return refuse('not-broadcast', `${nameNotice(found)}${nameState(found)}，还没有下发。`)
  if (!ctx.may('queryGrid')) return refuse('not-allowed', '这里只告诉负责网格的人。', { private: true })
  const receipts = (await countReceipts(ctx, [found.id])).get(found.id)!
  const aboutDone = ABOUT_DONE.test(ctx.text)
  const owing = aboutDone ? receipts.undone : receipts.missing
  const head = renderHead(found, receipts, aboutDone)
  if (EXPEDITES.test(ctx.text) && ctx.may('queryStreet')) return expedite(ctx, found, owing, head, aboutDone)

  const shown = owing.filter(({ gridId }) => isGridInView(ctx, gridId))
  if (shown.length === 0) return answer(`${head}${ctx.chat.kind === 'group' ? '本群' : ''}没有缺的。`)
  if (ctx.chat.kind === 'direct') return answer(`${head}\n${renderByGrid(ctx, shown)}`)
  const members = shown.map(({ member }) => member)
  return answer(`${head}本群还差${members.length}人，请${aboutDone ? '报进度' : '回“收到”'}。`, { mentions: members })
}

async function findNewest({ db, actor }: Ctx): Promise<Notice | undefined> {
  const sent = (await listNotices(db, { statuses: ['broadcast', 'closed'] })).sort(
    (a, b) => a.broadcastAt! - b.broadcastAt!,
  )
  return sent.findLast(({ drafterId }) => drafterId === actor.id) ?? sent.at(-1)
}

function renderHead(notice: Notice, { total, acknowledged, done, onLeave }: Receipts, aboutDone: boolean): string {
  const count = aboutDone ? `已完成${done}人` : `已收到${acknowledged}人`
  const away = onLeave > 0 ? `，请假${onLeave}人不计` : ''
  return `${nameNotice(notice)}：应办${total}人，${count}${away}。`
}

function renderByGrid({ roster }: Ctx, receivers: readonly Receiver[]): string {
  const byGrid = new Map<string, Member[]>()
  for (const { gridId, member } of receivers) byGrid.set(gridId, [...(byGrid.get(gridId) ?? []), member])
  return [...byGrid]
    .map(([gridId, members]) => `${roster.gridById(gridId)?.name ?? ''}：${members.map(({ name }) => name).join('、')}`)
    .join('\n')
}

async function expedite(
  ctx: Ctx,
  notice: Notice,
  owing: readonly Receiver[],
  head: string,
  aboutDone: boolean,
): Promise<Answer> {
  if (owing.length === 0) return answer(`${head}没有缺的，不用催。`)
  let told = 0
  for (const gridId of new Set(owing.map(receiver => receiver.gridId))) {
    const mentions = owing.filter(receiver => receiver.gridId === gridId).map(({ member }) => member)
    const group = ctx.roster.groupFor({ gridId })
    if (!group) continue
    const text = `${nameNotice(notice)}请${aboutDone ? '抓紧办理并报进度' : `回“收到${notice.no}号”`}。`
    const subject = { type: 'notice', id: notice.id }
    const said = await ctx.say.toGroup(group, text, { kind: 'notice-expedite', urgency: 'normal', mentions, subject })
    if (said.length > 0) told += mentions.length
  }
  return answer(`${head}已在各网格群提醒${told}人。`)
}
