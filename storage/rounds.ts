import type { Selectable } from 'kysely'
import type { Day, DayRange } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'

export type RoundKind = Schema['round']['kind']

/** A walk through the grid from its beginning to its end, both as its walker told them. Instants are UTC epoch ms. Source: S3A-37 */
export interface Round {
  id: string
  kind: RoundKind
  memberId: string
  gridId?: string
  /** The day it counts for. */
  day: Day
  beganAt: number
  /** Absent while it goes on, and where nobody told its end. */
  endedAt?: number
  /** When its walker was asked for the end. */
  askedAt?: number
  messageId: string
  /** The patrol filed with its end. */
  fieldRecordId?: string
  voided?: Voided
}

export async function insertRound(
  db: StreetDb,
  round: Pick<Round, 'kind' | 'memberId' | 'gridId' | 'day' | 'beganAt' | 'messageId'>,
  now: number,
): Promise<Round> {
  const row = await db.sql
    .insertInto('round')
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      kind: round.kind,
      member_id: round.memberId,
      grid_id: round.gridId ?? null,
      day: round.day,
      began_at: round.beganAt,
      ended_at: null,
      asked_at: null,
      message_id: round.messageId,
      field_record_id: null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toRound(row)
}

/** `endedAt: null` opens it again. */
export async function updateRound(
  db: StreetDb,
  id: string,
  changes: { endedAt?: number | null; askedAt?: number; fieldRecordId?: string | null },
): Promise<void> {
  const { endedAt, askedAt, fieldRecordId } = changes
  await db.sql
    .updateTable('round')
    .set({ ended_at: endedAt, asked_at: askedAt, field_record_id: fieldRecordId })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

export async function findRound(db: StreetDb, id: string): Promise<Round | undefined> {
  const row = await findRow(db, 'round', id)
  return row && toRound(row)
}

/** Those that stand, of one person or of everybody, on the days of the range, both included; in the order in which they began. */
export async function listRounds(
  db: StreetDb,
  { memberId, from, to, kind }: DayRange & { memberId?: string; kind?: RoundKind },
): Promise<Round[]> {
  let query = db.sql
    .selectFrom('round')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .where('voided_at', 'is', null)
    .orderBy('began_at')
  if (memberId !== undefined) query = query.where('member_id', '=', memberId)
  if (kind) query = query.where('kind', '=', kind)
  return (await query.execute()).map(toRound)
}

function toRound(row: Selectable<Schema['round']>): Round {
  return {
    id: row.id,
    kind: row.kind,
    memberId: row.member_id,
    gridId: row.grid_id ?? undefined,
    day: row.day,
    beganAt: row.began_at,
    endedAt: row.ended_at ?? undefined,
    askedAt: row.asked_at ?? undefined,
    messageId: row.message_id,
    fieldRecordId: row.field_record_id ?? undefined,
    voided: toVoided(row),
  }
}
