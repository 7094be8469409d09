import { composeMorning, MORNING_LINE } from '../handlers/diary/morning.ts'
import { listAbsent } from '../handlers/leave/absent.ts'
import { listOwedBy } from '../handlers/visits/state.ts'
import { hourMs, instantAt } from '../policy/time.ts'
import { listChoosers } from '../storage/member-choices.ts'
import { rolesOn } from '../storage/roster.ts'
import type { Job } from './job.ts'

/** A morning line is of no use after noon. */
const WORTHLESS_AT = '12:00'

/**
 * One short private text to each who has something to do today; whoever is on leave or does not want it reads nothing.
 * Source: expectations.md §4 (17)
 */
export const morningLine: Job = {
  name: 'morning-line',
  schedule: ['30 8 * * *'],
  days: 'workdays',
  catchUp: 'drop',
  graceMs: hourMs,
  async run(desk) {
    const { db, roster, say, today } = desk
    const declined = await listChoosers(db, 'morningLine', 'off')
    const absent = await listAbsent(desk)
    const visits = await listOwedBy(desk)
    for (const member of roster.members) {
      if (rolesOn(member, today).length === 0 || declined.has(member.id) || absent.has(member.id)) continue
      const morning = await composeMorning(desk, member, visits.get(member.id) ?? [])
      if (!morning) continue
      await say.toMember(member, morning, {
        kind: MORNING_LINE,
        urgency: 'normal',
        notAfter: instantAt(today, WORTHLESS_AT),
      })
    }
  },
}
