import { findReceiptOf, listReceiptsOf, type NoticeReceiver } from '../../storage/notice-receivers.ts'
import { findNoticeNumbered, listNotices, type Notice, type NoticeStatus } from '../../storage/notices.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { nameNotice, nameState } from './words.ts'

/** A notice that was sent to the speaker, with the speaker's own row. */
export interface Addressed {
  notice: Notice
  receipt: NoticeReceiver
}

const SENT: NoticeStatus[] = ['broadcast', 'closed']
/** Of what is finished, so much is still in mind. */
const NEWEST = 30

/** What the speaker still owes, and the newest that were sent, the newest broadcast first. */
export async function listAddressed({ db, actor }: Pick<Ctx, 'db' | 'actor'>): Promise<Addressed[]> {
  const receipts = await listReceiptsOf(db, actor.id, NEWEST)
  if (receipts.length === 0) return []
  const ids = receipts.map(({ noticeId }) => noticeId)
  const sent = await listNotices(db, { ids, statuses: SENT })
  const notices = new Map(sent.map(one => [one.id, one]))
  const addressed = receipts.flatMap(receipt => {
    const notice = notices.get(receipt.noticeId)
    return notice ? [{ notice, receipt }] : []
  })
  return addressed.sort((a, b) => b.notice.broadcastAt! - a.notice.broadcastAt! || a.notice.no - b.notice.no)
}

/** One notice as it was sent to the speaker, however long ago; undefined where it was not. */
export async function findAddressed(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  notice: Notice | undefined,
): Promise<Addressed | undefined> {
  if (!notice || !SENT.includes(notice.status)) return undefined
  const receipt = await findReceiptOf(db, { noticeId: notice.id, memberId: actor.id })
  return receipt && { notice, receipt }
}

/** Why a number that somebody told is none of the notices sent to them. */
export async function refuseNotAddressed(ctx: Ctx, no: number): Promise<Answer> {
  const notice = await findNoticeNumbered(ctx.db, no)
  if (!notice) {
    const own = (await listAddressed(ctx)).slice(0, 3).map(({ notice }) => nameNotice(notice))
    return refuse('unknown-number', `没有${no}号提示单。${own.length > 0 ? `发给您的有：${own.join('；')}。` : ''}`)
  }
  if (notice.status === 'withdrawn') return refuseWithdrawn(ctx, notice)
  if (notice.broadcastAt === undefined) {
    return refuse('not-broadcast', `${nameNotice(notice)}${nameState(notice)}，不用回执。`)
  }
  return refuse('not-addressed', `${nameNotice(notice)}不是发给您办的，不用回执；没有记录。`)
}

/** Nothing more is owed under a withdrawn notice; the one that puts it right is named. */
async function refuseWithdrawn({ db }: Ctx, notice: Notice): Promise<Answer> {
  const correction = (await listNotices(db, { correctsId: notice.id, statuses: ['broadcast', 'closed'] })).at(-1)
  const instead = correction ? `请按${nameNotice(correction)}办` : '不用再办'
  return refuse('withdrawn', `${nameNotice(notice)}已撤回，${instead}；没有记录。`)
}

/** The day or time up to which somebody has: the notice's own, or the one an extension gave the grid. */
export function dueOf({ notice, receipt }: Addressed): string | undefined {
  return receipt.due ?? notice.due
}
