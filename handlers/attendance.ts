import { type AttendanceDayFacts, judgeAttendanceDay, type LeaveOfDay } from '../policy/attendance.ts'
import { type DutyHours, judgeDutyHours } from '../policy/shift.ts'
import { type Day, type DayRange, instantAt, listDays } from '../policy/time.ts'
import { type CheckInRecord, listCheckIns } from '../storage/check-ins.ts'
import { type ApprovedLeave, listApprovedLeaves } from '../storage/leaves.ts'
import { loadPack } from '../storage/packs.ts'
import { hasRole, type Member, rolesOn } from '../storage/roster.ts'
import { listShifts, type Shift } from '../storage/shifts.ts'
import type { Desk } from './desk.ts'
import { type Away, joinParts, listAway } from './presence/away.ts'

/** How one person's day stands, in the words of the outside surface. */
export interface AttendanceOfDay {
  member: Member
  day: Day
  /** Whether the person owes two check-ins on this day, leave or not. */
  due: boolean
  on: ReturnType<typeof judgeAttendanceDay>['on']
  off: ReturnType<typeof judgeAttendanceDay>['off']
  /** The instants that count: the first on, the last off. */
  onAt?: number
  offAt?: number
  /** Worked elsewhere: that part counts as being there. */
  away: Pick<Away, 'part' | 'why'>[]
  /** The day's year is not known yet: no absence follows from it. */
  provisional: boolean
}

/** Everybody who holds a role on the day, in roster order. */
export function listAttendance(desk: Desk, day: Day): Promise<AttendanceOfDay[]> {
  return listAttendanceOver(desk, { from: day, to: day })
}

/** Day by day, each day judged by the pack that was in force then; `members` narrows it, all where absent. */
export async function listAttendanceOver(
  desk: Desk,
  range: DayRange,
  members: readonly Member[] = desk.roster.members,
): Promise<AttendanceOfDay[]> {
  const checkIns = await listCheckIns(desk.db, { ...range, memberIds: members.map(({ id }) => id) })
  const leaves = await listApprovedLeaves(desk.db, range)
  const away = await listAway(desk, range)
  const shifts = await listShifts(desk.db, { ...range, memberIds: members.map(({ id }) => id) })
  const byMemberAndDay = new Map<string, CheckInRecord[]>()
  for (const checkIn of checkIns) {
    const key = `${checkIn.memberId} ${checkIn.day}`
    byMemberAndDay.set(key, [...(byMemberAndDay.get(key) ?? []), checkIn])
  }
  const all: AttendanceOfDay[] = []
  for (const day of listDays(range)) {
    const rules = (await loadPack(desk.db, day)).attendance
    const common = { rules, startsAt: instantAt(day, '00:00'), now: desk.now, provisional: !desk.calendar.isKnown(day) }
    for (const member of members) {
      if (rolesOn(member, day).length === 0) continue
      const hours = hoursOf(shifts, member, day)
      const due = hours !== undefined || owesCheckIns(desk, member, day, rules)
      const own = byMemberAndDay.get(`${member.id} ${day}`) ?? []
      const elsewhere = awayOf(away, member, day)
      const facts = {
        due,
        hours,
        leave: leaveOf(leaves, member, day),
        away: joinParts(elsewhere.map(({ part }) => part)),
      }
      all.push({ member, day, away: elsewhere, ...judgeDay({ ...common, ...facts }, own) })
    }
  }
  return all
}

/** The hours that a roster sets for somebody on a day; whoever stands in it owes two check-ins, working day or not. Source: S4B-01 */
export async function findDutyHours({ db }: Desk, member: Member, day: Day): Promise<DutyHours | undefined> {
  return hoursOf(await listShifts(db, { from: day, to: day, memberIds: [member.id] }), member, day)
}

function hoursOf(shifts: readonly Shift[], member: Member, day: Day): DutyHours | undefined {
  return judgeDutyHours(
    day,
    shifts.filter(shift => shift.memberId === member.id && shift.day === day),
  )
}

/** By role, and only on working days. */
export function owesCheckIns(
  { calendar }: Desk,
  member: Member,
  day: Day,
  rules: AttendanceDayFacts['rules'],
): boolean {
  return hasRole(member, rules.due.value, day) && calendar.isWorkday(day)
}

/** The approved leave of one day; leave from a meeting alone frees nobody from clocking in. */
export async function findLeaveOfDay(desk: Desk, member: Member, day: Day): Promise<LeaveOfDay | undefined> {
  return leaveOf(await listApprovedLeaves(desk.db, { from: day, to: day }), member, day)
}

/** The part of one day that the member worked elsewhere. */
export async function findAwayOfDay(desk: Desk, member: Member, day: Day): Promise<LeaveOfDay | undefined> {
  const away = awayOf(await listAway(desk, { from: day, to: day }), member, day)
  return joinParts(away.map(({ part }) => part))
}

export function awayOf(away: readonly Away[], member: Member, day: Day): Away[] {
  return away.filter(one => one.memberId === member.id && one.day === day)
}

export function leaveOf(leaves: readonly ApprovedLeave[], member: Member, day: Day): LeaveOfDay | undefined {
  const own = leaves.filter(
    ({ memberId, fromDay, toDay, meetingId }) =>
      memberId === member.id && fromDay <= day && day <= toDay && meetingId === undefined,
  )
  return joinParts(own.map(({ half }) => half ?? 'day'))
}

function judgeDay(
  facts: Omit<AttendanceDayFacts, 'checkIns'> & { provisional: boolean },
  own: readonly CheckInRecord[],
): Omit<AttendanceOfDay, 'member' | 'day' | 'away'> {
  const checkIns = own.map(({ kind, at, result, source }) => ({
    kind,
    at,
    makeup: result === 'makeup',
    official: source === 'dingtalk' || source === 'wecom' ? result : undefined,
  }))
  const timesOf = (kind: 'on' | 'off') => own.filter(checkIn => checkIn.kind === kind).map(({ at }) => at)
  const [onTimes, offTimes] = [timesOf('on'), timesOf('off')]
  return {
    due: facts.due,
    ...judgeAttendanceDay({ ...facts, checkIns }),
    onAt: onTimes.length > 0 ? Math.min(...onTimes) : undefined,
    offAt: offTimes.length > 0 ? Math.max(...offTimes) : undefined,
    provisional: facts.provisional,
  }
}
