import { endOfDay, instantAt } from '../../policy/time.ts'
import { listApprovals } from '../../storage/notice-approvals.ts'
import { listReceivers } from '../../storage/notice-receivers.ts'
import { listNotices, type NoticeStatus } from '../../storage/notices.ts'
import { nameTargets, renderCycle } from '../notice/words.ts'
import { columns, type Ledger, nameOf, yesNo } from './ledger.ts'

const statuses: Record<NoticeStatus, string> = {
  draft: '草稿',
  submitted: '待审核',
  reviewed: '待签发',
  signed: '待下发',
  broadcast: '已下发',
  closed: '已办结',
  rejected: '已退回',
  withdrawn: '已撤回',
}

/** Task notices by the day they were drafted, with both approvals and how far they are. Source: S0-21, S0-22 */
export const noticeLedger: Ledger = {
  name: 'notices',
  title: '工作提示单台账',
  columns: [
    { key: 'no', title: '编号', width: 8, kind: 'number' },
    { key: 'kind', title: '类型', width: 12 },
    { key: 'title', title: '标题', width: 28 },
    { key: 'content', title: '工作内容', width: 40 },
    { key: 'requirement', title: '任务要求', width: 32 },
    { key: 'due', title: '时间节点', width: 18 },
    { key: 'appraisal', title: '考核规定', width: 32 },
    { key: 'office', title: '科室', width: 12 },
    { key: 'drafter', title: '拟稿', width: 10 },
    { key: 'reviewer', title: '审核', width: 10 },
    { key: 'signer', title: '签发', width: 10 },
    { key: 'signedAt', title: '签发时间', width: 20, kind: 'instant' },
    { key: 'broadcastAt', title: '下发时间', width: 20, kind: 'instant' },
    { key: 'deferred', title: '顺延', width: 8 },
    { key: 'late', title: '迟发', width: 8 },
    { key: 'grids', title: '下发范围', width: 24 },
    { key: 'receivers', title: '应收人数', width: 10, kind: 'number' },
    { key: 'acknowledged', title: '已收到', width: 10, kind: 'number' },
    { key: 'done', title: '已完成', width: 10, kind: 'number' },
    { key: 'status', title: '状态', width: 10 },
    { key: 'line', title: '条线', width: 12 },
    { key: 'cycle', title: '周期', width: 18 },
    { key: 'remark', title: '备注', width: 28 },
    columns.messageId,
  ],
  async rows({ db, roster }, { from, to }) {
    const notices = await listNotices(db, { drafted: { from: instantAt(from, '00:00'), before: endOfDay(to) } })
    const ids = notices.map(({ id }) => id)
    const corrections = notices.filter(({ correctsId }) => correctsId !== undefined)
    const byId = corrections.length > 0 ? new Map((await listNotices(db)).map(one => [one.id, one])) : new Map()
    const approvals = await listApprovals(db, ids)
    const receivers = await listReceivers(db, ids)
    return notices.map(notice => {
      const own = receivers.filter(({ noticeId }) => noticeId === notice.id)
      const decidedBy = (decision: string) => {
        const step = approvals.findLast(one => one.noticeId === notice.id && one.decision === decision)
        const away = step?.forId === undefined ? undefined : roster.memberById(step.forId)
        return `${nameOf(roster.memberById(step?.byId ?? ''))}${away ? `（代${away.name}）` : ''}`
      }
      const corrected = notice.correctsId === undefined ? undefined : byId.get(notice.correctsId)
      return {
        no: notice.no,
        kind: notice.kind === 'standing' ? '常态化任务' : '阶段性任务',
        title: notice.title,
        content: notice.content,
        requirement: notice.requirement,
        due: notice.due?.replace('T', ' '),
        appraisal: notice.appraisal,
        office: notice.office,
        drafter: nameOf(roster.memberById(notice.drafterId)),
        reviewer: decidedBy('approve'),
        signer: decidedBy('sign'),
        signedAt: notice.signedAt,
        broadcastAt: notice.broadcastAt,
        deferred: yesNo(notice.deferred),
        late: yesNo(notice.late),
        grids: nameTargets(roster, notice),
        receivers: own.length,
        acknowledged: own.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
        done: own.filter(({ doneAt }) => doneAt !== undefined).length,
        status: statuses[notice.status],
        line: notice.line,
        cycle: renderCycle(notice),
        remark: notice.withdrawReason ?? (corrected && `更正${corrected.no}号`),
        messageId: notice.messageId,
      }
    })
  },
}
