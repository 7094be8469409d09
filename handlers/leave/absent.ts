import { parseTime, timeOfDayMs } from '../../policy/time.ts'
import { listApprovedLeaves } from '../../storage/leaves.ts'
import type { Desk } from '../desk.ts'

/** Row ids of those on approved leave at this instant; a morning off does not excuse the afternoon, nor one meeting the day. */
export async function listAbsent({ db, now, today, pack }: Desk): Promise<Set<string>> {
  const half = timeOfDayMs(now) < parseTime(pack.attendance.splitAt.value) ? 'am' : 'pm'
  const leaves = await listApprovedLeaves(db, { from: today, to: today })
  const counting = leaves.filter(leave => leave.meetingId === undefined && (leave.half ?? half) === half)
  return new Set(counting.map(({ memberId }) => memberId))
}
