import { formatMoment } from '../../policy/time.ts'
import { listApprovals } from '../../storage/notice-approvals.ts'
import { findNoticeNumbered, type Notice } from '../../storage/notices.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { listAddressed } from '../notice/addressed.ts'
import { countReceipts } from '../notice/receipts.ts'
import { nameNotice, nameState, renderParts } from '../notice/words.ts'
import type { SlotsOf } from '../slots.ts'

const STEPS = { approve: '审核', sign: '签发', reject: '退回', issue: '下发' } as const

/** What a notice says and how far it is: by number, else the newest sent to the speaker. */
export async function notice(ctx: Ctx, { no }: SlotsOf['query']): Promise<Answer> {
  const found = no === undefined ? (await listAddressed(ctx))[0]?.notice : await findNoticeNumbered(ctx.db, no)
  if (!found)
    return refuse(
      'unknown-number',
      no === undefined ? '没有发给您的提示单；要看哪一号，请带上编号。' : `没有${no}号提示单。`,
    )
  if (!maySee(ctx, found)) return refuse('not-broadcast', `${found.no}号提示单${nameState(found)}，下发后再看。`)
  const lines = [`${nameNotice(found)}（${await renderState(ctx, found)}）`, renderParts(ctx, found)]
  return answer(lines.join('\n'), { private: found.broadcastAt === undefined })
}

/** Before it has gone out a notice is the affair of those who draft, approve and send. */
function maySee(ctx: Ctx, { broadcastAt, drafterId }: Notice): boolean {
  return broadcastAt !== undefined || drafterId === ctx.actor.id || ctx.may('queryStreet')
}

async function renderState(ctx: Ctx, found: Notice): Promise<string> {
  if (found.broadcastAt !== undefined) {
    const receipts = (await countReceipts(ctx, [found.id])).get(found.id)!
    return `${formatMoment(found.broadcastAt)}下发，${receipts.acknowledged}/${receipts.total}人已回执，${receipts.done}人完成`
  }
  const last = (await listApprovals(ctx.db, [found.id])).at(-1)
  const away = last?.forId === undefined ? undefined : ctx.roster.memberById(last.forId)
  const by =
    last &&
    `${ctx.roster.memberById(last.byId)?.name ?? ''}${away ? `（代${away.name}）` : ''}已${STEPS[last.decision]}`
  return [nameState(found), by].filter(Boolean).join('，')
}
