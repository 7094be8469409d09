import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findNumberedRow, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type LeaveStatus = Schema['leave_request']['status']

/** One request for leave: from work, or from one meeting where `meetingId` is set. Days are local, both included. */
export interface Leave {
  id: string
  no: number
  memberId: string
  fromDay: Day
  toDay: Day
  /** Only half of each day. */
  half?: 'am' | 'pm'
  reason?: Personal
  meetingId?: string
  status: LeaveStatus
  /** Who is to decide, and after the decision who did. */
  approverId?: string
  askedAt: number
  decidedAt?: number
  messageId: string
}

export interface NewLeave {
  no: number
  memberId: string
  fromDay: Day
  toDay: Day
  half?: 'am' | 'pm'
  reason?: string
  meetingId?: string
  approverId: string
  askedAt: number
  messageId: string
}

export async function insertLeave(db: StreetDb, leave: NewLeave): Promise<Leave> {
  const id = newId(leave.askedAt)
  const row = await db.sql
    .insertInto('leave_request')
    .values({
      id,
      subdistrict_id: db.street,
      no: leave.no,
      member_id: leave.memberId,
      from_day: leave.fromDay,
      to_day: leave.toDay,
      half: leave.half ?? null,
      reason: leave.reason === undefined ? null : db.vault.seal(leave.reason, placeOfReason(id)),
      meeting_id: leave.meetingId ?? null,
      status: 'pending',
      approver_id: leave.approverId,
      asked_at: leave.askedAt,
      decided_at: null,
      message_id: leave.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return leaveRowToLeave(db, row)
}

/**
 * Decides or cancels what is pending.
 *
 * @returns undefined where it is settled already, also by another process
 */
export async function settleLeave(
  db: StreetDb,
  id: string,
  { status, at }: { status: Exclude<LeaveStatus, 'pending'>; at: number },
): Promise<Leave | undefined> {
  const row = await db.sql
    .updateTable('leave_request')
    .set({ status, decided_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returningAll()
    .executeTakeFirst()
  return row && leaveRowToLeave(db, row)
}

/** Takes leave back, decided or not. @returns undefined where it was refused or taken back already */
export async function cancelLeave(db: StreetDb, id: string, { at }: { at: number }): Promise<Leave | undefined> {
  const row = await db.sql
    .updateTable('leave_request')
    .set({ status: 'cancelled', decided_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', ['pending', 'approved'])
    .returningAll()
    .executeTakeFirst()
  return row && leaveRowToLeave(db, row)
}

/** Ends leave that stands on an earlier day. @returns undefined where it stands no more or does not last beyond that day */
export async function shortenLeave(db: StreetDb, id: string, toDay: Day): Promise<Leave | undefined> {
  const row = await db.sql
    .updateTable('leave_request')
    .set({ to_day: toDay })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', ['pending', 'approved'])
    .where('to_day', '>', toDay)
    .returningAll()
    .executeTakeFirst()
  return row && leaveRowToLeave(db, row)
}

export async function findLeave(db: StreetDb, id: string): Promise<Leave | undefined> {
  const row = await findRow(db, 'leave_request', id)
  return row && leaveRowToLeave(db, row)
}

export async function findLeaveNumbered(db: StreetDb, no: number): Promise<Leave | undefined> {
  const row = await findNumberedRow(db, 'leave_request', no)
  return row && leaveRowToLeave(db, row)
}

export interface LeaveFilter {
  /** Leaves that touch any day of the range, both included. */
  from?: Day
  to?: Day
  memberId?: string
  approverId?: string
  statuses?: readonly LeaveStatus[]
}

/** By number. */
export async function listLeaves(db: StreetDb, filter: LeaveFilter = {}): Promise<Leave[]> {
  let query = db.sql.selectFrom('leave_request').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.from) query = query.where('to_day', '>=', filter.from)
  if (filter.to) query = query.where('from_day', '<=', filter.to)
  if (filter.memberId) query = query.where('member_id', '=', filter.memberId)
  if (filter.approverId) query = query.where('approver_id', '=', filter.approverId)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  return (await query.execute()).map(row => leaveRowToLeave(db, row))
}

export type ApprovedLeave = Pick<Leave, 'memberId' | 'fromDay' | 'toDay' | 'half' | 'meetingId'>

/**
 * The leave that counts, touching any day of the range. One with `meetingId` frees from that meeting alone, not from the day.
 */
export async function listApprovedLeaves(db: StreetDb, { from, to }: { from: Day; to: Day }): Promise<ApprovedLeave[]> {
  return listLeaves(db, { from, to, statuses: ['approved'] })
}

function leaveRowToLeave(db: StreetDb, row: Selectable<Schema['leave_request']>): Leave {
  return {
    id: row.id,
    no: row.no,
    memberId: row.member_id,
    fromDay: row.from_day,
    toDay: row.to_day,
    half: row.half ?? undefined,
    reason: row.reason === null ? undefined : db.vault.open(row.reason, placeOfReason(row.id)),
    meetingId: row.meeting_id ?? undefined,
    status: row.status,
    approverId: row.approver_id ?? undefined,
    askedAt: row.asked_at,
    decidedAt: row.decided_at ?? undefined,
    messageId: row.message_id,
  }
}

function placeOfReason(id: string) {
  return { table: 'leave_request', column: 'reason', id }
}
