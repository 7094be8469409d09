import { hourMs, parseTime, timeOfDayMs } from '../../policy/time.ts'
import { excuseOf, type NoProposal } from '../../policy/training.ts'
import { listHelpers } from '../../storage/incident-helpers.ts'
import { listIncidentLogs } from '../../storage/incident-logs.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { listApprovedLeaves } from '../../storage/leaves.ts'
import { listMeetingAttendance, type Meeting } from '../../storage/meetings.ts'
import type { Member } from '../../storage/roster.ts'
import { listTrainingDone } from '../../storage/trainings.ts'
import type { Desk } from '../desk.ts'
import { attendeesOf } from '../meeting/roll.ts'

/** How far from its beginning an emergency still keeps somebody from a class. */
const EMERGENCY_MS = 2 * hourMs

/** The document's words about a class that was missed; undefined where it says nothing, and then nothing is proposed. Source: S0-28 */
export function findAbsenceRule({ pack }: Pick<Desk, 'pack'>) {
  return pack.penalties.items.find(({ value }) => value.name === '旷工' && value.when.includes('培训'))
}

/** Everybody who was to come to a class, with what excuses them; without an excuse their absence may be proposed. */
export async function judgeClass(desk: Desk, meeting: Meeting): Promise<{ member: Member; excuse?: NoProposal }[]> {
  const { db, calendar } = desk
  const { startDay, startAt, calledAt, movedAt } = meeting
  const rows = await listMeetingAttendance(db, [meeting.id])
  const leaves = await listApprovedLeaves(db, { from: startDay, to: startDay })
  const madeUp = (await listTrainingDone(db, { kind: 'makeUp' })).filter(({ meetingId }) => meetingId === meeting.id)
  const calledAway = startAt === undefined ? new Set<string>() : await listCalledAway(desk, startAt)
  const half =
    startAt !== undefined && timeOfDayMs(startAt) >= parseTime(desk.pack.attendance.splitAt.value) ? 'pm' : 'am'
  return attendeesOf(desk, meeting).map(member => {
    const { id } = member
    const excuse = excuseOf({
      startDay,
      startAt,
      calledAt,
      movedAt,
      isCertainWorkday: calendar.isWorkday(startDay) && calendar.isKnown(startDay),
      isPresent: rows.some(({ memberId, state }) => memberId === id && state === 'present'),
      hasMadeUp: madeUp.some(({ memberId }) => memberId === id),
      isExcused:
        rows.some(({ memberId, state }) => memberId === id && state === 'excused') ||
        leaves.some(
          leave =>
            leave.memberId === id &&
            (leave.meetingId === undefined
              ? startAt === undefined || (leave.half ?? half) === half
              : leave.meetingId === meeting.id),
        ),
      wasCalledAway: calledAway.has(id),
    })
    return { member, excuse }
  })
}

/** Who reported, held, helped with or acted on an urgent incident around the beginning of a class. */
async function listCalledAway({ db }: Desk, startAt: number): Promise<Set<string>> {
  const around = { from: startAt - EMERGENCY_MS, to: startAt + EMERGENCY_MS }
  const urgent = await listIncidents(db, { ...around, urgent: true })
  const ids = urgent.map(({ id }) => id)
  const acted = (await listIncidentLogs(db, ids)).filter(({ at }) => around.from <= at && at < around.to)
  const helped = await listHelpers(db, ids)
  const members = [
    ...urgent.flatMap(({ reporterId, holderId }) => [reporterId, holderId]),
    ...acted.map(({ byId }) => byId),
    ...helped.map(({ memberId }) => memberId),
  ]
  return new Set(members.filter(id => id !== undefined))
}
