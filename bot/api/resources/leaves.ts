import { formatInstant } from '../../../policy/time.ts'
import { findLeaveNumbered, type Leave, type LeaveStatus, listLeaves } from '../../../storage/leaves.ts'
import { cutPage, mapPage } from '../page.ts'
import { keyOf, memberIdsOf, type Resource, readNo, showInstant, type View } from '../view.ts'

export const leaves: Resource = {
  path: 'leaves',
  async list(view, query) {
    const { from, to } = query
    const memberIds = memberIdsOf(view, query.get('member'))
    const status = query.get('status') as LeaveStatus | undefined
    const filter = { from, to, memberId: memberIds?.[0], statuses: status && [status] }
    const all = memberIds?.length === 0 ? [] : await listLeaves(view.db, filter)
    return mapPage(
      cutPage(all, query, ({ no }) => String(no)),
      items => items.map(leave => show(view, leave)),
    )
  },
  async find(view, said) {
    const no = readNo(said)
    const leave = no === undefined ? undefined : await findLeaveNumbered(view.db, no)
    return leave && show(view, leave)
  },
}

function show(view: View, leave: Leave) {
  const { no, memberId, fromDay, toDay, half, reason, status, approverId, askedAt, decidedAt, messageId } = leave
  return {
    no,
    member: keyOf(view, memberId),
    from: fromDay,
    to: toDay,
    half,
    reason: reason?.reveal(),
    status,
    approver: keyOf(view, approverId),
    askedAt: formatInstant(askedAt),
    decidedAt: showInstant(decidedAt),
    messageId,
  }
}
