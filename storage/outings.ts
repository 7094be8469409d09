import type { Selectable } from 'kysely'
import type { Day, DayRange } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** One day's work elsewhere (公出), told by whoever does it. */
export interface Outing {
  id: string
  memberId: string
  /** Local. */
  day: Day
  /** Absent: the whole day. */
  half?: 'am' | 'pm'
  reason: Personal
  messageId: string
  voided?: Voided
}

export type NewOuting = Omit<Outing, 'id' | 'reason' | 'voided'> & { reason: string }

const TABLE = 'outing'

/** `now` is the Clock's. */
export async function insertOuting(db: StreetDb, outing: NewOuting, now: number): Promise<Outing> {
  const id = newId(now)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      member_id: outing.memberId,
      day: outing.day,
      half: outing.half ?? null,
      reason: db.vault.seal(outing.reason, placeOfReason(id)),
      message_id: outing.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toOuting(db, row)
}

export async function findOuting(db: StreetDb, id: string): Promise<Outing | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toOuting(db, row)
}

/** Those that stand on the days of the range, both included. */
export async function listOutings(db: StreetDb, { from, to }: DayRange): Promise<Outing[]> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('voided_at', 'is', null)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('id')
    .execute()
  return rows.map(row => toOuting(db, row))
}

function toOuting(db: StreetDb, row: Selectable<Schema['outing']>): Outing {
  return {
    id: row.id,
    memberId: row.member_id,
    day: row.day,
    half: row.half ?? undefined,
    reason: db.vault.open(row.reason, placeOfReason(row.id)),
    messageId: row.message_id,
    voided: toVoided(row),
  }
}

function placeOfReason(id: string) {
  return { table: TABLE, column: 'reason', id }
}
