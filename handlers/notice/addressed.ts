import { listReceiptsOf, type NoticeReceiver } from '../../storage/notice-receivers.ts'
import { findNoticeNumbered, listNotices, type Notice } from '../../storage/notices.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { nameNotice, nameState } from './words.ts'

/** A notice that was sent to the speaker, with the speaker's own row. */
export interface Addressed {
  notice: Notice
  receipt: NoticeReceiver
}

/** Everything sent to the speaker, the newest broadcast first. */
export async function listAddressed({ db, actor }: Pick<Ctx, 'db' | 'actor'>): Promise<Addressed[]> {
  const receipts = await listReceiptsOf(db, actor.id)
  if (receipts.length === 0) return []
  const notices = new Map((await listNotices(db, { statuses: ['broadcast', 'closed'] })).map(one => [one.id, one]))
  const addressed = receipts.flatMap(receipt => {
    const notice = notices.get(receipt.noticeId)
    return notice ? [{ notice, receipt }] : []
  })
  return addressed.sort((a, b) => b.notice.broadcastAt! - a.notice.broadcastAt! || a.notice.no - b.notice.no)
}

/** Why a number that somebody told is none of the notices sent to them. */
export async function refuseNotAddressed(ctx: Ctx, no: number): Promise<Answer> {
  const notice = await findNoticeNumbered(ctx.db, no)
  if (!notice) {
    const own = (await listAddressed(ctx)).slice(0, 3).map(({ notice }) => nameNotice(notice))
    return refuse('unknown-number', `没有${no}号提示单。${own.length > 0 ? `发给您的有：${own.join('；')}。` : ''}`)
  }
  if (notice.broadcastAt === undefined) {
    return refuse('not-broadcast', `${nameNotice(notice)}${nameState(notice)}，不用回执。`)
  }
  return refuse('not-addressed', `${nameNotice(notice)}不是发给您办的，不用回执；没有记录。`)
}
