import { awayOf, leaveOf } from '../handlers/attendance.ts'
import { joinParts, listAway } from '../handlers/presence/away.ts'
import { judgeVisitNudge } from '../policy/patrol.ts'
import { endOfDay, instantAt, minuteMs, timeOf } from '../policy/time.ts'
import { listFieldRecords } from '../storage/field-records.ts'
import { listApprovedLeaves } from '../storage/leaves.ts'
import { listRounds } from '../storage/rounds.ts'
import type { Job } from './job.ts'

/** One private line to who has not been out in the grid yet; no group hears of it and no answer is owed. Source: S0-24 */
export const visitNudge: Job = {
  name: 'visit-nudge',
  schedule: ['30 15 * * *'],
  days: 'workdays',
  catchUp: 'drop',
  graceMs: 30 * minuteMs,
  async run(desk, due) {
    const { calendar, db, pack, roster, say, today } = desk
    const { attendance, patrol: rules } = pack
    if (rules.nudgeAt?.value !== timeOf(due.at)) return
    const day = { from: today, to: today }
    const leaves = await listApprovedLeaves(db, day)
    const away = await listAway(desk, day)
    const done = await listFieldRecords(db, { from: instantAt(today, '00:00'), to: endOfDay(today) })
    // Whoever is on the way, or walked without a word in between, has been out as well.
    const walked = await listRounds(db, day)
    for (const member of roster.holders(['worker'], today)) {
      const isDue = judgeVisitNudge({
        rounds: [...done, ...walked].filter(({ memberId }) => memberId === member.id).length,
        // Before the year's working days are published nobody is held to them.
        due: calendar.isWorkday(today) && calendar.isKnown(today),
        leave: leaveOf(leaves, member, today),
        away: joinParts(awayOf(away, member, today).map(({ part }) => part)),
        rules,
      })
      if (!isDue) continue
      const text =
        '今天还没有您的走访、巡查记录。下去过的话说一句就行，如“走访了3幢王奶奶，20分钟”；今天去不了，不用回。'
      await say.toMember(member, text, {
        kind: 'visit-nudge',
        urgency: 'normal',
        notAfter: instantAt(today, attendance.offFrom.value),
      })
    }
  },
}
