import { daysOfSpan, type MeetingFacts, type MeetingRule } from '../../policy/meeting-rules.ts'
import { listMeetings, type Meeting } from '../../storage/meetings.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { startOf } from './find-meeting.ts'

/** Where a rule asks for a meeting: one grid, one community, or the street. */
interface Place {
  name: string
  community?: string
  gridId?: string
}

/** One meeting that a rule asks for in one place and one span. */
export interface MeetingDuty {
  rule: MeetingRule
  clause: string
  span: string
  place: Place
  /** `planned`: still to come · `unminuted`: held, no minutes yet · `missing`: neither planned nor held. */
  state: 'done' | 'unminuted' | 'planned' | 'missing'
  /** Who is to call it; nobody where the place has no such person. */
  owners: Member[]
}

export function factsOf({ calendar, pack }: Pick<Desk, 'calendar' | 'pack'>): MeetingFacts {
  return { calendar, shift: pack.holidayShift.value }
}

/** How a rule stands in every place it asks of, in one span. Source: S0-29, S0-30, S0-31, S3A-13, S3A-28 */
export async function listDuties(
  desk: Desk,
  ruled: Desk['pack']['meetings'][number],
  span: string,
): Promise<MeetingDuty[]> {
  const { value: rule, clause } = ruled
  const range = daysOfSpan(rule, span, factsOf(desk))
  const meetings = await listMeetings(desk.db, { ...range, statuses: ['planned', 'held'] })
  return listPlaces(desk, rule).map(place => {
    const own = meetings.filter(meeting => satisfies(rule, meeting) && isOf(place, meeting))
    const { community, gridId } = place
    const where = gridId ? { gridId } : community ? { community } : {}
    return {
      rule,
      clause,
      span,
      place,
      state: judge(desk, rule, own),
      owners: desk.roster.holders([rule.owner], desk.today, where),
    }
  })
}

function listPlaces({ roster }: Desk, { scope }: MeetingRule): Place[] {
  if (scope === 'grid')
    return roster.grids.map(({ id, no, community }) => ({ name: `${no}号网格`, community, gridId: id }))
  if (scope === 'subdistrict') return [{ name: roster.street.name }]
  return [...new Set(roster.grids.map(({ community }) => community))].map(community => ({ name: community, community }))
}

/** By its kind, or by what its minutes say it was as well; a kind without a name of its own by its topic (座谈会). */
function satisfies(rule: MeetingRule, { kind, topic, countsFor }: Meeting): boolean {
  if (rule.kind === 'other') return kind === 'other' && (topic?.reveal().includes(rule.name) ?? false)
  return kind === rule.kind || (rule.mayMerge && countsFor.includes(rule.kind))
}

function isOf({ community, gridId }: Place, meeting: Meeting): boolean {
  if (gridId) return meeting.scope === 'grid' && meeting.gridId === gridId
  if (community) return meeting.scope === 'community' && meeting.community === community
  return meeting.scope === 'street'
}

function judge({ now }: Desk, { atLeast }: MeetingRule, meetings: readonly Meeting[]): MeetingDuty['state'] {
  const held = meetings.filter(({ status }) => status === 'held')
  if (held.filter(({ minutesAt }) => minutesAt !== undefined).length >= atLeast) return 'done'
  if (held.length >= atLeast) return 'unminuted'
  const coming = meetings.filter(meeting => meeting.status === 'planned' && startOf(meeting) > now)
  return held.length + coming.length >= atLeast ? 'planned' : 'missing'
}
