import { leaveOf } from '../handlers/attendance.ts'
import { listToldThisMorning } from '../handlers/diary/morning.ts'
import { listOwedBy } from '../handlers/visits/state.ts'
import { nameCoded } from '../handlers/visits/words.ts'
import { dayMs, formatDayCompact } from '../policy/time.ts'
import { listApprovedLeaves } from '../storage/leaves.ts'
import type { Job } from './job.ts'

/** More than these are only counted: the list can be asked for. */
const NAMED = 6

/**
 * Once a week, in private, to whoever still has people or places of the lists to visit: by code, the overdue ones first. Nobody on leave
 * is asked, whoever owes nothing hears nothing, and whoever read it in the morning line does not read it twice. Source: S1-16, S2-24
 */
export const visitDue: Job = {
  name: 'visit-due',
  schedule: ['10 9 * * *'],
  days: 'firstWorkdays',
  catchUp: 'latest',
  graceMs: dayMs,
  async run(desk) {
    const { db, roster, say, today } = desk
    const told = await listToldThisMorning(desk)
    const leaves = await listApprovedLeaves(db, { from: today, to: today })
    for (const [memberId, owed] of await listOwedBy(desk)) {
      const member = roster.memberById(memberId)
      if (!member || told.has(memberId) || leaveOf(leaves, member, today) === 'day') continue
      const overdue = owed.filter(({ verdict }) => verdict.overdue).length
      const named = owed
        .slice(0, NAMED)
        .map(({ target, verdict }) => `${nameCoded(target)}（到${formatDayCompact(verdict.period.to, today)}）`)
      const rest = owed.length > NAMED ? `等${owed.length}人，回“本月未走访”看全部` : ''
      const late = overdue > 0 ? `，其中${overdue}人上期也没走访` : ''
      await say.toMember(member, `还要走访${owed.length}人${late}：${named.join('、')}${rest}。`, {
        kind: 'visit-due',
        urgency: 'normal',
      })
    }
  },
}
