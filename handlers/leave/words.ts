import { formatDayShort } from '../../policy/time.ts'
import type { Leave } from '../../storage/leaves.ts'
import type { Roster } from '../../storage/roster.ts'

const halves = { am: '上午', pm: '下午' } as const
export const leaveStates: Record<Leave['status'], string> = {
  pending: '待审批',
  approved: '已准',
  rejected: '未准',
  cancelled: '已撤回',
}

/** `11月20日（周五）下午`, `12月7日（周一）至12月9日（周三）`, with 会议请假 where it frees from a meeting alone. */
export function renderDays({
  fromDay,
  toDay,
  half,
  meetingId,
}: Pick<Leave, 'fromDay' | 'toDay' | 'half' | 'meetingId'>) {
  const days = fromDay === toDay ? formatDayShort(fromDay) : `${formatDayShort(fromDay)}至${formatDayShort(toDay)}`
  if (meetingId) return `${days}会议`
  return `${days}${half ? halves[half] : fromDay === toDay ? '全天' : ''}`
}

/** One line that tells whose leave it is, without its reason. */
export function renderLeave(roster: Roster, leave: Leave): string {
  return `${leave.no}号请假（${roster.memberById(leave.memberId)?.name ?? ''}，${renderDays(leave)}）`
}
