import { countReceipts, type Receipts } from '../../../handlers/notice/receipts.ts'
import { endOfDay, formatInstant, instantAt, parseInstant } from '../../../policy/time.ts'
import { listProgress, type NoticeProgress } from '../../../storage/notice-receivers.ts'
import {
  findNoticeNumbered,
  listApprovals,
  listNotices,
  type Notice,
  type NoticeApproval,
  type NoticeStatus,
} from '../../../storage/notices.ts'
import { cutPage, mapPage } from '../page.ts'
import type { ListQuery } from '../request.ts'
import { keyOf, type Resource, readNo, showInstant, type View } from '../view.ts'

export const notices: Resource = {
  path: 'notices',
  async list(view, query) {
    const status = query.get('status') as NoticeStatus | undefined
    const all = await listNotices(view.db, { statuses: status && [status], drafted: draftedIn(query) })
    return mapPage(
      cutPage(all, query, ({ no }) => String(no)),
      items => showAll(view, items),
    )
  },
  async find(view, said) {
    const no = readNo(said)
    const notice = no === undefined ? undefined : await findNoticeNumbered(view.db, no)
    return notice && (await showAll(view, [notice]))[0]
  },
}

function draftedIn({ from, to }: ListQuery): { from: number; before: number } | undefined {
  if (!from && !to) return undefined
  return { from: from ? instantAt(from, '00:00') : 0, before: to ? endOfDay(to) : Number.MAX_SAFE_INTEGER }
}

async function showAll(view: View, found: readonly Notice[]): Promise<object[]> {
  const ids = found.map(({ id }) => id)
  const approvals = await listApprovals(view.db, ids)
  const progress = await listProgress(view.db, ids)
  const receipts = await countReceipts(await view.desk(), ids)
  return found.map(notice => ({
    ...show(view, notice),
    approvals: approvals.filter(({ noticeId }) => noticeId === notice.id).map(step => showApproval(view, step)),
    ...showReceipts(receipts.get(notice.id)!),
    progress: progress.filter(({ noticeId }) => noticeId === notice.id).map(step => showProgress(view, step)),
    messageId: notice.messageId,
  }))
}

function show(view: View, notice: Notice) {
  const { no, kind, title, content, requirement, due, appraisal, status, deferred, late, gridIds } = notice
  const target = gridIds?.map(id => view.roster.gridById(id)).filter(grid => grid !== undefined)
  return {
    no,
    kind,
    title,
    content,
    requirement,
    due: due === undefined ? undefined : showDue(due),
    appraisal,
    status,
    deferred,
    late,
    draftedAt: formatInstant(notice.draftedAt),
    drafter: keyOf(view, notice.drafterId),
    office: notice.office,
    expediteReason: notice.expediteReason,
    signedAt: showInstant(notice.signedAt),
    broadcastAt: showInstant(notice.broadcastAt),
    /** Absent: every grid. */
    gridNos: target?.map(grid => grid.no),
    gridCodes: target?.map(grid => grid.code),
  }
}

/** A day stays a day (it ends at 24:00); a time of day becomes an instant. */
function showDue(due: string): string {
  const at = due.includes('T') ? parseInstant(due) : undefined
  return at === undefined ? due : formatInstant(at)
}

function showReceipts({ total, acknowledged, done, missing }: Receipts) {
  return { targets: total, acknowledged, done, missing: missing.map(({ member }) => member.key) }
}

function showApproval(view: View, { role, byId, decision, at, reason, messageId }: NoticeApproval) {
  return { role, by: keyOf(view, byId), decision, at: formatInstant(at), reason, messageId }
}

function showProgress(view: View, { memberId, at, count, done, text, messageId }: NoticeProgress) {
  return { by: keyOf(view, memberId), at: formatInstant(at), count, done, text: text.reveal(), messageId }
}
