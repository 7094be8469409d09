import { listApprovedLeaves } from '../../storage/leaves.ts'
import { listMeetingAttendance, type Meeting } from '../../storage/meetings.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { startOf } from './find-meeting.ts'

export interface Roll {
  /** In the order of signing in; whoever came, invited or not. */
  present: Member[]
  excused: Member[]
  /** Nobody before the meeting has begun. */
  absent: Member[]
  /** Of those present, who is not on the roll: 到会指导, 列席. */
  guests: Member[]
}

/** Who should come: by the document where it names the kind, else those who receive notices, within the meeting's scope. */
export function attendeesOf({ pack, roster }: Desk, { kind, scope, community, gridId, startDay }: Meeting): Member[] {
  const level = scope === 'street' ? 'subdistrict' : scope
  const rules = pack.meetings.filter(({ value }) => value.kind === kind)
  const documented = (rules.find(({ value }) => value.scope === level) ?? rules[0])?.value.attendees
  const where = scope === 'street' ? {} : scope === 'community' ? { community } : { gridId }
  return roster.holders(documented ?? pack.notice.receivers.value, startDay, where)
}

/** Excused is who was let off this meeting, or is on approved leave that whole day. */
export async function callRoll(desk: Desk, meeting: Meeting): Promise<Roll> {
  const { db, roster, now } = desk
  const rows = await listMeetingAttendance(db, [meeting.id])
  const leaves = await listApprovedLeaves(db, { from: meeting.startDay, to: meeting.startDay })
  const onLeave = new Set(leaves.filter(leave => !leave.half && !leave.meetingId).map(({ memberId }) => memberId))
  const members = (state: 'present' | 'excused') =>
    rows.flatMap(row => (row.state === state ? [roster.memberById(row.memberId)] : [])).filter(one => one !== undefined)

  const present = members('present')
  const listed = attendeesOf(desk, meeting)
  const invited = listed.filter(member => !present.includes(member))
  const letOff = members('excused')
  const excused = [...letOff, ...invited.filter(member => onLeave.has(member.id) && !letOff.includes(member))]
  const absent = now < startOf(meeting) ? [] : invited.filter(member => !excused.includes(member))
  const guests = present.filter(member => !listed.includes(member))
  return { present, excused, absent, guests }
}
