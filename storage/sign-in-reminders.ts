/** Reminders to sign in to the phone of the platform above, and drafts of a public criticism for it. Source: S3C-15 */
import type { Selectable } from 'kysely'
import type { Day, DayRange } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export interface SignInReminder {
  day: Day
  onLeave: boolean
}

/** @returns whether it is the first of that day */
export async function insertReminder(
  db: StreetDb,
  reminder: { memberId: string; day: Day; onLeave: boolean; byId: string; at: number; messageId: string },
): Promise<boolean> {
  const row = await db.sql
    .insertInto('sign_in_reminder')
    .values({
      id: newId(reminder.at),
      subdistrict_id: db.street,
      member_id: reminder.memberId,
      day: reminder.day,
      on_leave: reminder.onLeave ? 1 : 0,
      by_id: reminder.byId,
      at: reminder.at,
      message_id: reminder.messageId,
    })
    .onConflict(c => c.columns(['subdistrict_id', 'member_id', 'day']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Of one person on the days of the range, both included, in order. */
export async function listReminders(db: StreetDb, memberId: string, { from, to }: DayRange): Promise<SignInReminder[]> {
  const rows = await db.sql
    .selectFrom('sign_in_reminder')
    .select(['day', 'on_leave'])
    .where('subdistrict_id', '=', db.street)
    .where('member_id', '=', memberId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .execute()
  return rows.map(({ day, on_leave }) => ({ day, onLeave: on_leave === 1 }))
}

export type CircularStatus = Schema['circular']['status']

/** A public criticism as a draft: it counts for nothing until a named person has signed. Instants are UTC epoch ms. */
export interface Circular {
  id: string
  no: number
  memberId: string
  status: CircularStatus
  reason: Personal
  toldAt: number
  /** The last local day for an appeal. */
  appealBy: Day
  appeal?: Personal
}

export async function insertCircular(
  db: StreetDb,
  circular: { no: number; memberId: string; reason: string; toldAt: number; appealBy: Day },
): Promise<Circular> {
  const id = newId(circular.toldAt)
  const row = await db.sql
    .insertInto('circular')
    .values({
      id,
      subdistrict_id: db.street,
      no: circular.no,
      member_id: circular.memberId,
      status: 'proposed',
      reason: fieldsOf(db, 'circular', id).seal('reason', circular.reason)!,
      told_at: circular.toldAt,
      appeal_by: circular.appealBy,
      appeal: null,
      decided_by: null,
      decided_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCircular(db, row)
}

/** By number; of one person where given. */
export async function listCirculars(
  db: StreetDb,
  filter: { no?: number; memberId?: string; statuses?: readonly CircularStatus[] } = {},
): Promise<Circular[]> {
  let query = db.sql.selectFrom('circular').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.no !== undefined) query = query.where('no', '=', filter.no)
  if (filter.memberId !== undefined) query = query.where('member_id', '=', filter.memberId)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  return (await query.execute()).map(row => toCircular(db, row))
}

/** @returns undefined where it was decided already */
export async function settleCircular(
  db: StreetDb,
  id: string,
  change: { status: 'appealed'; appeal: string } | { status: 'signed' | 'dropped'; by: string; at: number },
): Promise<Circular | undefined> {
  const columns =
    change.status === 'appealed'
      ? { appeal: fieldsOf(db, 'circular', id).seal('appeal', change.appeal) }
      : { decided_by: change.by, decided_at: change.at }
  const row = await db.sql
    .updateTable('circular')
    .set({ status: change.status, ...columns })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', ['proposed', 'appealed'])
    .returningAll()
    .executeTakeFirst()
  return row && toCircular(db, row)
}

function toCircular(db: StreetDb, row: Selectable<Schema['circular']>): Circular {
  const { open } = fieldsOf(db, 'circular', row.id)
  return {
    id: row.id,
    no: row.no,
    memberId: row.member_id,
    status: row.status,
    reason: open('reason', row.reason)!,
    toldAt: row.told_at,
    appealBy: row.appeal_by,
    appeal: open('appeal', row.appeal),
  }
}
