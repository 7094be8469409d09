import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type ReviewSpan = Schema['review']['per']

/** A week or month looked back upon in one line. Source: S4D-10, S4D-11 */
export interface Review {
  id: string
  memberId: string
  per: ReviewSpan
  /** `2026-W47`, `2026-11`. */
  period: string
  text: Personal
  at: number
  voided?: Voided
}

export async function insertReview(
  db: StreetDb,
  review: Pick<Review, 'memberId' | 'per' | 'period' | 'at'> & { text: string; messageId: string },
  now: number,
): Promise<Review> {
  const id = newId(now)
  const row = await db.sql
    .insertInto('review')
    .values({
      id,
      subdistrict_id: db.street,
      member_id: review.memberId,
      per: review.per,
      period: review.period,
      text: fieldsOf(db, 'review', id).seal('text', review.text)!,
      at: review.at,
      message_id: review.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toReview(db, row)
}

export async function findReview(db: StreetDb, id: string): Promise<Review | undefined> {
  const row = await findRow(db, 'review', id)
  return row && toReview(db, row)
}

/** What stands of one week or month, oldest first. */
export async function listReviews(db: StreetDb, period: string): Promise<Review[]> {
  const rows = await db.sql
    .selectFrom('review')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('period', '=', period)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(row => toReview(db, row))
}

function toReview(db: StreetDb, row: Selectable<Schema['review']>): Review {
  return {
    id: row.id,
    memberId: row.member_id,
    per: row.per,
    period: row.period,
    text: fieldsOf(db, 'review', row.id).open('text', row.text)!,
    at: row.at,
    voided: toVoided(row),
  }
}
