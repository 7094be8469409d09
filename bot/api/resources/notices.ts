import { countReceipts, type Receipts } from '../../../handlers/notice/receipts.ts'
import { renderRecurrence } from '../../../policy/recurrence.ts'
import { endOfDay, formatInstant, instantAt } from '../../../policy/time.ts'
import { listApprovals, type NoticeApproval } from '../../../storage/notice-approvals.ts'
import { listProgress, type NoticeProgress } from '../../../storage/notice-receivers.ts'
import {
  findNotice,
  findNoticeNumbered,
  listNotices,
  type Notice,
  type NoticeStatus,
} from '../../../storage/notices.ts'
import { cutPage, mapPage } from '../page.ts'
import type { ListQuery } from '../request.ts'
import { keyOf, type Resource, readNo, showDue, showInstant, type View } from '../view.ts'

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
  const shown = await Promise.all(found.map(notice => show(view, notice)))
  return found.map((notice, index) => ({
    ...shown[index],
    approvals: approvals.filter(({ noticeId }) => noticeId === notice.id).map(step => showApproval(view, step)),
    ...showReceipts(receipts.get(notice.id)!),
    progress: progress.filter(({ noticeId }) => noticeId === notice.id).map(step => showProgress(view, step)),
    messageId: notice.messageId,
  }))
}

async function show(view: View, notice: Notice) {
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
    /** Absent: the pack's receivers. */
    roles: notice.roleNames,
    /** The people it went to alone. */
    members: notice.memberIds?.map(id => keyOf(view, id)),
    line: notice.line,
    recurrence: notice.recurrence && renderRecurrence(notice.recurrence),
    from: notice.startsOn,
    to: notice.endsOn,
    closedAt: showInstant(notice.closedAt),
    withdrawnAt: showInstant(notice.withdrawnAt),
    withdrawReason: notice.withdrawReason,
    /** The recurring task it is one time of, and the notice it puts right. */
    parentNo: await numberOf(view, notice.parentId),
    correctsNo: await numberOf(view, notice.correctsId),
  }
}

async function numberOf({ db }: View, id: string | undefined): Promise<number | undefined> {
  return id === undefined ? undefined : (await findNotice(db, id))?.no
}

function showReceipts({ total, acknowledged, done, missing }: Receipts) {
  return { targets: total, acknowledged, done, missing: missing.map(({ member }) => member.key) }
}

function showApproval(view: View, { role, byId, forId, decision, at, reason, messageId }: NoticeApproval) {
  return { role, by: keyOf(view, byId), for: keyOf(view, forId), decision, at: formatInstant(at), reason, messageId }
}

function showProgress(view: View, { memberId, at, count, remaining, done, text, messageId }: NoticeProgress) {
  return { by: keyOf(view, memberId), at: formatInstant(at), count, remaining, done, text: text.reveal(), messageId }
}
