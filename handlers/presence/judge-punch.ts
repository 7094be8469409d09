import { type CheckInKind, type CheckInVerdict, judgeCheckIn } from '../../policy/attendance.ts'
import type { DutyHours } from '../../policy/shift.ts'
import { type Day, instantAt } from '../../policy/time.ts'
import type { CheckInRecord } from '../../storage/check-ins.ts'
import type { Member } from '../../storage/roster.ts'
import { findAwayOfDay, findDutyHours, findLeaveOfDay, owesCheckIns } from '../attendance.ts'
import type { Desk } from '../desk.ts'

export interface JudgedPunch {
  verdict: CheckInVerdict
  due: boolean
  /** By the duty roster, where the member stands on it. */
  hours: DutyHours | undefined
}

/** One punch of one member, beside all else that stands for that day: leave, work elsewhere, the duty roster, other punches. */
export async function judgePunch(
  desk: Desk,
  member: Member,
  { at, day, kind, makeup, standing }: PunchFacts,
): Promise<JudgedPunch> {
  const { pack } = desk
  const hours = await findDutyHours(desk, member, day)
  const due = hours !== undefined || owesCheckIns(desk, member, day, pack.attendance)
  const verdict = judgeCheckIn({
    at,
    startsAt: instantAt(day, '00:00'),
    existing: standing.map(({ kind, at, result }) => ({ kind, at, makeup: result === 'makeup' })),
    kind,
    makeup,
    due,
    leave: await findLeaveOfDay(desk, member, day),
    away: await findAwayOfDay(desk, member, day),
    hours,
    rules: pack.attendance,
  })
  return { verdict, due, hours }
}

interface PunchFacts {
  at: number
  /** The day it counts for. */
  day: Day
  /** Absent for a bare 打卡. */
  kind: CheckInKind | undefined
  makeup: boolean
  standing: readonly Pick<CheckInRecord, 'kind' | 'at' | 'result'>[]
}
