import { type Day, endOfDay } from '../../policy/time.ts'
import { listMeetings, type Meeting } from '../../storage/meetings.ts'
import { communitiesOf, gridsOf, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import type { Ctx } from '../handler.ts'

/** Meetings of this street, of the member's communities and grids, or called by the member; in the order of their start. */
export async function listMeetingsOf(desk: Desk, member: Member, range: { from?: Day; to?: Day }): Promise<Meeting[]> {
  const meetings = await listMeetings(desk.db, { ...range, statuses: ['planned', 'held'] })
  return meetings.filter(meeting => concerns(desk, meeting, member))
}

/** Whether a meeting is this member’s: of the street, of an own community or grid, or called by them. */
export function concerns({ roster, today }: Desk, meeting: Meeting, member: Member): boolean {
  const { scope, community, gridId, calledBy } = meeting
  if (scope === 'street' || calledBy === member.id) return true
  if (scope === 'community') return communitiesOf(roster, member, today).includes(community!)
  return gridsOf(roster, member, today).some(({ id }) => id === gridId)
}

/** Those of the group that is spoken in, and the speaker's own; in the order of their start. */
export async function listMeetingsHere(ctx: Ctx, range: { from?: Day; to?: Day }): Promise<Meeting[]> {
  const meetings = await listMeetings(ctx.db, { ...range, statuses: ['planned', 'held'] })
  return meetings.filter(meeting => isHere(ctx, meeting) || concerns(ctx, meeting, ctx.actor))
}

/** Words said in a group mean that group's meeting where there is one. */
export function preferHere(ctx: Ctx, meetings: readonly Meeting[]): readonly Meeting[] {
  const here = meetings.filter(meeting => isHere(ctx, meeting))
  return here.length > 0 ? here : meetings
}

function isHere({ chat }: Ctx, { groupId }: Meeting): boolean {
  return groupId !== undefined && groupId === chat.group?.id
}

/** The instant from which a meeting lies in the past; without a time of day its day's end. */
export function startOf({ startAt, startDay }: Meeting): number {
  return startAt ?? endOfDay(startDay)
}
