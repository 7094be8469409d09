import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findNumberedRow, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** A meeting called in words; numbered from 1 per street. */
export interface Meeting {
  id: string
  no: number
  /** weekly, monthly, quarterly, analysis, training or other. */
  kind: string
  startDay: Day
  /** Absent where no time of day was told. */
  startAt?: number
  place?: string
  scope: 'street' | 'community' | 'grid'
  community?: string
  gridId?: string
  groupId?: string
  calledBy: string
  calledAt: number
  /** `held` from the first sign-in or the minutes on. */
  status: Schema['meeting']['status']
  minutes?: Personal
  minutesAt?: number
  messageId: string
  /** What it is about: 防汛, 居民座谈会. */
  topic?: Personal
  /** Further kinds it counts for (以会代训, 与研判会结合召开). */
  countsFor: string[]
  movedAt?: number
}

export type NewMeeting = Omit<
  Meeting,
  'id' | 'status' | 'minutes' | 'minutesAt' | 'topic' | 'countsFor' | 'movedAt'
> & {
  topic?: string
}

export async function insertMeeting(db: StreetDb, meeting: NewMeeting): Promise<Meeting> {
  const id = newId(meeting.calledAt)
  const row = await db.sql
    .insertInto('meeting')
    .values({
      id,
      subdistrict_id: db.street,
      no: meeting.no,
      kind: meeting.kind,
      start_day: meeting.startDay,
      start_at: meeting.startAt ?? null,
      place: meeting.place ?? null,
      scope: meeting.scope,
      community: meeting.community ?? null,
      grid_id: meeting.gridId ?? null,
      group_id: meeting.groupId ?? null,
      called_by: meeting.calledBy,
      called_at: meeting.calledAt,
      status: 'planned',
      minutes: null,
      minutes_at: null,
      message_id: meeting.messageId,
      topic: fieldsOf(db, 'meeting', id).seal('topic', meeting.topic),
      counts_for: null,
      moved_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return meetingRowToMeeting(db, row)
}

/** A new time replaces day and time together; the place stays where none is given. */
export async function moveMeeting(
  db: StreetDb,
  id: string,
  { startDay, startAt, place, movedAt }: Pick<Meeting, 'startDay' | 'startAt' | 'place'> & { movedAt: number },
): Promise<Meeting> {
  const row = await db.sql
    .updateTable('meeting')
    .set({
      start_day: startDay,
      start_at: startAt ?? null,
      moved_at: movedAt,
      ...(place === undefined ? {} : { place }),
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return meetingRowToMeeting(db, row)
}

export async function markMeeting(db: StreetDb, id: string, status: Meeting['status']): Promise<void> {
  await db.sql
    .updateTable('meeting')
    .set({ status })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** The newest minutes stand; a meeting with minutes was held. */
export async function saveMinutes(
  db: StreetDb,
  id: string,
  { text, at, countsFor }: { text: string; at: number; countsFor: readonly string[] },
): Promise<void> {
  await db.sql
    .updateTable('meeting')
    .set({
      minutes: db.vault.seal(text, placeOfMinutes(id)),
      minutes_at: at,
      status: 'held',
      counts_for: countsFor.length > 0 ? JSON.stringify(countsFor) : null,
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

export async function findMeeting(db: StreetDb, id: string): Promise<Meeting | undefined> {
  const row = await findRow(db, 'meeting', id)
  return row && meetingRowToMeeting(db, row)
}

export async function findMeetingNumbered(db: StreetDb, no: number): Promise<Meeting | undefined> {
  const row = await findNumberedRow(db, 'meeting', no)
  return row && meetingRowToMeeting(db, row)
}

/** Meetings that start on a day of the range, both included; in the order of their start. */
export async function listMeetings(
  db: StreetDb,
  filter: { from?: Day; to?: Day; statuses?: readonly Meeting['status'][] } = {},
): Promise<Meeting[]> {
  let query = db.sql
    .selectFrom('meeting')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('start_day')
    .orderBy('no')
  if (filter.from) query = query.where('start_day', '>=', filter.from)
  if (filter.to) query = query.where('start_day', '<=', filter.to)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  const meetings = (await query.execute()).map(row => meetingRowToMeeting(db, row))
  return meetings.sort(
    (a, b) => a.startDay.localeCompare(b.startDay) || (a.startAt ?? 0) - (b.startAt ?? 0) || a.no - b.no,
  )
}

export interface MeetingAttendance {
  id: string
  meetingId: string
  memberId: string
  state: 'present' | 'excused'
  at: number
  messageId?: string
}

/** One row per meeting and person: who was excused and comes all the same is present. */
export async function saveAttendance(db: StreetDb, attendance: Omit<MeetingAttendance, 'id'>): Promise<string> {
  const { state, at, messageId } = attendance
  const { id } = await db.sql
    .insertInto('meeting_attendance')
    .values({
      id: newId(at),
      subdistrict_id: db.street,
      meeting_id: attendance.meetingId,
      member_id: attendance.memberId,
      state,
      at,
      message_id: messageId ?? null,
    })
    .onConflict(c => c.columns(['meeting_id', 'member_id']).doUpdateSet({ state, at, message_id: messageId ?? null }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** In the order of signing in. */
export async function listMeetingAttendance(db: StreetDb, meetingIds: readonly string[]): Promise<MeetingAttendance[]> {
  if (meetingIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('meeting_attendance')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('meeting_id', 'in', meetingIds)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(rowToAttendance)
}

export async function findAttendance(db: StreetDb, id: string): Promise<MeetingAttendance | undefined> {
  const row = await findRow(db, 'meeting_attendance', id)
  return row && rowToAttendance(row)
}

/** A sign-in taken back by who made it; the audit keeps that it was. */
export async function deleteAttendance(db: StreetDb, id: string): Promise<void> {
  await db.sql.deleteFrom('meeting_attendance').where('subdistrict_id', '=', db.street).where('id', '=', id).execute()
}

function rowToAttendance(row: Selectable<Schema['meeting_attendance']>): MeetingAttendance {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    memberId: row.member_id,
    state: row.state as MeetingAttendance['state'],
    at: row.at,
    messageId: row.message_id ?? undefined,
  }
}

function meetingRowToMeeting(db: StreetDb, row: Selectable<Schema['meeting']>): Meeting {
  return {
    id: row.id,
    no: row.no,
    kind: row.kind,
    startDay: row.start_day,
    startAt: row.start_at ?? undefined,
    place: row.place ?? undefined,
    scope: row.scope,
    community: row.community ?? undefined,
    gridId: row.grid_id ?? undefined,
    groupId: row.group_id ?? undefined,
    calledBy: row.called_by,
    calledAt: row.called_at,
    status: row.status,
    minutes: row.minutes === null ? undefined : db.vault.open(row.minutes, placeOfMinutes(row.id)),
    minutesAt: row.minutes_at ?? undefined,
    messageId: row.message_id,
    topic: fieldsOf(db, 'meeting', row.id).open('topic', row.topic),
    countsFor: row.counts_for === null ? [] : (JSON.parse(row.counts_for) as string[]),
    movedAt: row.moved_at ?? undefined,
  }
}

function placeOfMinutes(id: string) {
  return { table: 'meeting', column: 'minutes', id }
}
