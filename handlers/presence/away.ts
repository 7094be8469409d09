import type { LeaveOfDay } from '../../policy/attendance.ts'
import { type Day, type DayRange, parseTime, timeOfDayMs } from '../../policy/time.ts'
import { listMeetingAttendance, listMeetings } from '../../storage/meetings.ts'
import { listOutings } from '../../storage/outings.ts'
import type { Desk } from '../desk.ts'

/** Part of a day that somebody worked elsewhere. */
export interface Away {
  memberId: string
  day: Day
  part: LeaveOfDay
  why: 'outing' | 'training'
}

/** 公出 as it was told, and training that was signed in at: its half of the day. */
export async function listAway(desk: Pick<Desk, 'db' | 'pack'>, range: DayRange): Promise<Away[]> {
  const { db, pack } = desk
  const outings = (await listOutings(db, range)).map(
    ({ memberId, day, half }): Away => ({ memberId, day, part: half ?? 'day', why: 'outing' }),
  )
  const meetings = await listMeetings(db, range)
  const trainings = meetings.filter(
    ({ kind, countsFor, status }) => status !== 'cancelled' && (kind === 'training' || countsFor.includes('training')),
  )
  const signIns =
    trainings.length > 0
      ? await listMeetingAttendance(
          db,
          trainings.map(({ id }) => id),
        )
      : []
  const noon = parseTime(pack.attendance.splitAt.value)
  const trained = signIns.flatMap(({ meetingId, memberId, state }): Away[] => {
    const meeting = trainings.find(({ id }) => id === meetingId)
    if (!meeting || state !== 'present') return []
    const { startAt, startDay: day } = meeting
    const part = startAt === undefined ? 'day' : timeOfDayMs(startAt) < noon ? 'am' : 'pm'
    return [{ memberId, day, part, why: 'training' }]
  })
  return [...outings, ...trained]
}

/** Both halves make a day. */
export function joinParts(parts: Iterable<LeaveOfDay>): LeaveOfDay | undefined {
  const all = new Set(parts)
  if (all.has('day') || (all.has('am') && all.has('pm'))) return 'day'
  return [...all][0]
}
