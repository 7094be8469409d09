import { judgePatrolDay, type PatrolDay } from '../../policy/patrol.ts'
import { type Day, type DayRange, dayOf, endOfDay, instantAt, listDays } from '../../policy/time.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listApprovedLeaves } from '../../storage/leaves.ts'
import { loadPack } from '../../storage/packs.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import { awayOf, leaveOf } from '../attendance.ts'
import type { Desk } from '../desk.ts'
import { joinParts, listAway } from './away.ts'

export interface PatrolOfDay extends PatrolDay {
  day: Day
  /** The day's year is not known yet: nothing is held missing. */
  provisional: boolean
}

/** One person's rounds day by day, each counted on the day on which it was walked; only days that owe some or have some. */
export async function listPatrolDays(desk: Desk, member: Member, range: DayRange): Promise<PatrolOfDay[]> {
  const instants = { from: instantAt(range.from, '00:00'), to: endOfDay(range.to) }
  const walked = await listFieldRecords(desk.db, { ...instants, kind: 'patrol', memberIds: [member.id] })
  const leaves = await listApprovedLeaves(desk.db, range)
  const away = await listAway(desk, range)
  const all: PatrolOfDay[] = []
  for (const day of listDays(range)) {
    const { patrol: rules } = await loadPack(desk.db, day)
    const judged = judgePatrolDay({
      rounds: walked.filter(({ at, claimedAt }) => dayOf(claimedAt ?? at) === day).length,
      due: hasRole(member, ['worker'], day) && desk.calendar.isWorkday(day),
      leave: leaveOf(leaves, member, day),
      away: joinParts(awayOf(away, member, day).map(({ part }) => part)),
      rules,
    })
    if (judged.owed > 0 || judged.done > 0) all.push({ day, ...judged, provisional: !desk.calendar.isKnown(day) })
  }
  return all
}
