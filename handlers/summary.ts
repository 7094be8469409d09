import { addDays, type Day, type DayRange, daysBetween, endOfDay, instantAt } from '../policy/time.ts'
import { countFieldRecords } from '../storage/field-records.ts'
import { type Incident, type IncidentOrigin, type IncidentStatus, listIncidents } from '../storage/incidents.ts'
import { countInfoItems } from '../storage/info-items.ts'
import { listMeetings } from '../storage/meetings.ts'
import { listReceivers } from '../storage/notice-receivers.ts'
import { listNotices } from '../storage/notices.ts'
import { type Member, rolesOn } from '../storage/roster.ts'
import { findFirstDay } from '../storage/summaries.ts'
import { listAttendanceOver } from './attendance.ts'
import { type BurdenFigures, countBurdenFigures } from './burden/summary.ts'
import type { Desk } from './desk.ts'
import { listOverdueStages } from './incident/overdue.ts'

/** Whose work is counted: a grid's, a community's, or where neither is named the whole street's. */
export interface SummaryScope {
  community?: string
  gridId?: string
}

/** Counts over some days; nobody's name. */
export interface Figures {
  /** Person-days on which check-ins were owed and no leave stood for the whole day, and how many of them saw somebody there. */
  attendance: { due: number; present: number; late: number; onLeave: number }
  visits: number
  patrols: number
  infoItems: number
  /** Reported in these days, by how they stand now; `overdue` are those of them with a stage whose deadline is over. */
  incidents: {
    reported: number
    waiting: number
    inHand: number
    settled: number
    overdue: number
    /** How they came. Source: S1-04 */
    origins: Record<IncidentOrigin, number>
  }
  /** Broadcast in these days; receivers in scope, and how many of them acknowledged and finished. */
  notices: { broadcast: number; receivers: number; acknowledged: number; done: number }
  /** Meetings that took place. */
  meetings: number
  /** What was asked of people. */
  burden: BurdenFigures
}

export interface Summary extends DayRange {
  /** The community's, the grid's or the street's name. */
  name: string
  now: Figures
  /** The same number of days just before; absent where the street did not use the program yet. */
  earlier?: DayRange & { figures: Figures }
  /** The sentence about a year whose holidays are not known, where one of the days lies in it. */
  caveat?: string
}

/** What was done from `from` to `to`, both included and never beyond today, and in as many days before. */
export async function summarise(desk: Desk, { from, to, scope }: DayRange & { scope: SummaryScope }): Promise<Summary> {
  const last = to < desk.today ? to : desk.today
  const before = { from: addDays(from, -(daysBetween(from, last) + 1)), to: addDays(from, -1) }
  const place = placeOf(desk, scope)
  const firstDay = await findFirstDay(desk.db)
  return {
    name: place.name,
    from,
    to: last,
    now: await countWork(desk, { from, to: last }, place, firstDay),
    earlier: before.to < firstDay ? undefined : { ...before, figures: await countWork(desk, before, place, firstDay) },
    caveat: desk.calendar.caveatOf(from) ?? desk.calendar.caveatOf(last),
  }
}

interface Place {
  name: string
  /** Absent: every grid, and what belongs to none. */
  gridIds?: string[]
  community?: string
}

function placeOf({ roster }: Desk, { community, gridId }: SummaryScope): Place {
  const grid = roster.gridById(gridId)
  if (grid) return { name: grid.name, gridIds: [grid.id] }
  if (community === undefined) return { name: roster.street.name }
  const grids = roster.grids.filter(one => one.community === community)
  return { name: community, gridIds: grids.map(({ id }) => id), community }
}

async function countWork(desk: Desk, days: DayRange, place: Place, firstDay: Day): Promise<Figures> {
  const { db } = desk
  const { gridIds } = place
  const during = { from: instantAt(days.from, '00:00'), to: endOfDay(days.to), gridIds }
  return {
    attendance: await countAttendance(desk, { from: days.from < firstDay ? firstDay : days.from, to: days.to }, place),
    visits: await countFieldRecords(db, { ...during, kind: 'visit' }),
    patrols: await countFieldRecords(db, { ...during, kind: 'patrol' }),
    // What repeats another item gains nothing. Source: S2-25
    infoItems: await countInfoItems(db, { ...during, counted: true }),
    incidents: await countIncidents(desk, during),
    notices: await countNotices(desk, during),
    meetings: await countMeetings(desk, days, place),
    burden: await countBurdenFigures(desk, days, gridIds),
  }
}

const PRESENT: readonly string[] = ['onTime', 'late', 'makeup', 'ok', 'early']

/**
 * Whether somebody came, asked of the morning; of the afternoon where the morning was leave.
 * Days not yet decided, and days of a year whose holidays are not known, are nobody's absence and stay out. Source: S0-25
 */
async function countAttendance(desk: Desk, days: DayRange, place: Place): Promise<Figures['attendance']> {
  const figures = { due: 0, present: 0, late: 0, onLeave: 0 }
  const members = desk.roster.members.filter(member => servesIn(member, days.to, place))
  for (const { due, on, off } of await listAttendanceOver(desk, days, members)) {
    if (!due) continue
    const asked = on === 'leave' ? off : on
    if (asked === 'leave') figures.onLeave += 1
    else if (asked !== 'pending') {
      figures.due += 1
      if (PRESENT.includes(asked)) figures.present += 1
      if (asked === 'late') figures.late += 1
    }
  }
  return figures
}

/** By the roles of the last day. */
function servesIn(member: Member, day: Day, { gridIds }: Place): boolean {
  if (!gridIds) return true
  return rolesOn(member, day).some(({ gridId }) => gridId !== undefined && gridIds.includes(gridId))
}

const SETTLED: readonly IncidentStatus[] = ['resolved', 'rechecked', 'closed']
const NOT_COUNTED: readonly IncidentStatus[] = ['merged', 'cancelled']

type During = { from: number; to: number; gridIds?: string[] }

async function countIncidents({ db, now }: Desk, during: During): Promise<Figures['incidents']> {
  const incidents = (await listIncidents(db, during)).filter(({ status }) => !NOT_COUNTED.includes(status))
  const settled = incidents.filter(({ status }) => SETTLED.includes(status)).length
  const waiting = incidents.filter(({ status }) => status === 'reported').length
  return {
    reported: incidents.length,
    waiting,
    inHand: incidents.length - settled - waiting,
    settled,
    overdue: incidents.filter(incident => listOverdueStages(incident, now).length > 0).length,
    origins: countOrigins(incidents),
  }
}

function countOrigins(incidents: readonly Incident[]): Record<IncidentOrigin, number> {
  const counts = { found: 0, resident: 0, hotline: 0, inspection: 0, upper: 0 }
  for (const { origin } of incidents) counts[origin] += 1
  return counts
}

async function countNotices({ db }: Desk, { from, to, gridIds }: During): Promise<Figures['notices']> {
  const notices = await listNotices(db, { broadcast: { from, before: to } })
  const all = await listReceivers(
    db,
    notices.map(({ id }) => id),
  )
  const receivers = gridIds ? all.filter(({ gridId }) => gridIds.includes(gridId)) : all
  return {
    broadcast: gridIds ? new Set(receivers.map(({ noticeId }) => noticeId)).size : notices.length,
    receivers: receivers.length,
    acknowledged: receivers.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
    done: receivers.filter(({ doneAt }) => doneAt !== undefined).length,
  }
}

async function countMeetings({ db, roster }: Desk, days: DayRange, { gridIds, community }: Place): Promise<number> {
  const held = await listMeetings(db, { ...days, statuses: ['held'] })
  if (!gridIds) return held.length
  return held.filter(meeting => {
    if (meeting.gridId !== undefined) return gridIds.includes(meeting.gridId)
    return community !== undefined && (meeting.community ?? roster.groupById(meeting.groupId)?.community) === community
  }).length
}
