import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'

/** Households given to a member by word (分户), with whose each was before, so that it can be taken back. */
export interface HouseholdAssignment {
  id: string
  /** Who got them. */
  memberId: string
  former: { householdId: string; memberId: string | null }[]
  byId: string
  at: number
  messageId: string
  voided?: Voided
}

const TABLE = 'household_assignment'

export async function insertAssignment(
  db: StreetDb,
  { memberId, former, byId, at, messageId }: Omit<HouseholdAssignment, 'id' | 'voided'>,
  now: number,
): Promise<HouseholdAssignment> {
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      member_id: memberId,
      former: JSON.stringify(former),
      by_id: byId,
      at,
      message_id: messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toAssignment(row)
}

export async function findAssignment(db: StreetDb, id: string): Promise<HouseholdAssignment | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toAssignment(row)
}

function toAssignment(row: Selectable<Schema['household_assignment']>): HouseholdAssignment {
  return {
    id: row.id,
    memberId: row.member_id,
    former: JSON.parse(row.former) as HouseholdAssignment['former'],
    byId: row.by_id,
    at: row.at,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
