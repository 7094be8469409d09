import type { Selectable } from 'kysely'
import type { Day, DayRange } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** One person's turn of duty. Instants are UTC epoch ms. Source: S4B-01 */
export interface Shift {
  id: string
  /** The day it belongs to: that on which it begins. */
  day: Day
  /** 白班, 夜班. */
  name: string
  startsAt: number
  endsAt: number
  memberId: string
  setBy: string
  setAt: number
  /** When the person took over. */
  takenAt?: number
  messageId: string
}

/** What stood open when a turn ended. */
export interface HandoverItem {
  type: 'incident' | 'task'
  no: number
}

export interface ShiftHandover {
  id: string
  shiftId: string
  at: number
  note?: Personal
  items: HandoverItem[]
  voided?: Voided
}

export async function insertShift(db: StreetDb, shift: Omit<Shift, 'id' | 'takenAt'>): Promise<Shift> {
  const row = await db.sql
    .insertInto('shift')
    .values({
      id: newId(shift.setAt),
      subdistrict_id: db.street,
      day: shift.day,
      name: shift.name,
      starts_at: shift.startsAt,
      ends_at: shift.endsAt,
      member_id: shift.memberId,
      set_by: shift.setBy,
      set_at: shift.setAt,
      taken_at: null,
      dropped_at: null,
      message_id: shift.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toShift(row)
}

export async function findShift(db: StreetDb, id: string): Promise<Shift | undefined> {
  const row = await db.sql
    .selectFrom('shift')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('dropped_at', 'is', null)
    .executeTakeFirst()
  return row && toShift(row)
}

/** Those that stand on the days of the range, both included; in the order in which they begin. */
export async function listShifts(
  db: StreetDb,
  { from, to, memberIds }: DayRange & { memberIds?: readonly string[] },
): Promise<Shift[]> {
  if (memberIds?.length === 0) return []
  let query = db.sql
    .selectFrom('shift')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('dropped_at', 'is', null)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('starts_at')
    .orderBy('id')
  if (memberIds) query = query.where('member_id', 'in', memberIds)
  return (await query.execute()).map(toShift)
}

/** What one message set, as far as it stands. */
export async function listShiftsOfMessage(db: StreetDb, messageId: string): Promise<Shift[]> {
  const rows = await db.sql
    .selectFrom('shift')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('message_id', '=', messageId)
    .where('dropped_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toShift)
}

/** Those of a turn that gave way when it was set anew at this instant stand again. */
export async function restoreShifts(
  db: StreetDb,
  { day, name, droppedAt }: { day: Day; name: string; droppedAt: number },
): Promise<void> {
  await db.sql
    .updateTable('shift')
    .set({ dropped_at: null })
    .where('subdistrict_id', '=', db.street)
    .where('day', '=', day)
    .where('name', '=', name)
    .where('dropped_at', '=', droppedAt)
    .execute()
}

/** The roster was set anew, or taken back: the row stays. */
export async function dropShift(db: StreetDb, id: string, at: number): Promise<void> {
  await db.sql
    .updateTable('shift')
    .set({ dropped_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** `at: null` takes it back. @returns whether that changed anything */
export async function takeShift(db: StreetDb, id: string, at: number | null): Promise<boolean> {
  const row = await db.sql
    .updateTable('shift')
    .set({ taken_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('taken_at', at === null ? 'is not' : 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertHandover(
  db: StreetDb,
  handover: { shiftId: string; at: number; note?: string; items: readonly HandoverItem[]; messageId: string },
): Promise<ShiftHandover> {
  const id = newId(handover.at)
  const row = await db.sql
    .insertInto('shift_handover')
    .values({
      id,
      subdistrict_id: db.street,
      shift_id: handover.shiftId,
      at: handover.at,
      note: fieldsOf(db, 'shift_handover', id).seal('note', handover.note),
      items: JSON.stringify(handover.items),
      message_id: handover.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toHandover(db, row)
}

export async function findHandover(db: StreetDb, id: string): Promise<ShiftHandover | undefined> {
  const row = await findRow(db, 'shift_handover', id)
  return row && toHandover(db, row)
}

/** What stands of these turns, oldest first. */
export async function listHandovers(db: StreetDb, shiftIds: readonly string[]): Promise<ShiftHandover[]> {
  if (shiftIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('shift_handover')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('shift_id', 'in', shiftIds)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(row => toHandover(db, row))
}

function toShift(row: Selectable<Schema['shift']>): Shift {
  return {
    id: row.id,
    day: row.day,
    name: row.name,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    memberId: row.member_id,
    setBy: row.set_by,
    setAt: row.set_at,
    takenAt: row.taken_at ?? undefined,
    messageId: row.message_id,
  }
}

function toHandover(db: StreetDb, row: Selectable<Schema['shift_handover']>): ShiftHandover {
  return {
    id: row.id,
    shiftId: row.shift_id,
    at: row.at,
    note: fieldsOf(db, 'shift_handover', row.id).open('note', row.note),
    items: JSON.parse(row.items) as HandoverItem[],
    voided: toVoided(row),
  }
}
