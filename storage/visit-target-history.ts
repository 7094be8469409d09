import { sql } from 'kysely'
import { dayOf } from '../policy/time.ts'
import type { VisitDay } from '../policy/visit-list.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, toVoided, type Voided } from './records.ts'
import type { VisitTargetChange } from './visit-targets.ts'

export type ChangeKind = 'closed' | 'paused' | 'resumed' | 'moved' | 'reassigned'

/** What somebody changed about a person or place on a list, and how it stood before. */
export interface VisitTargetStep {
  id: string
  targetId: string
  kind: ChangeKind
  /** What brings the earlier state back. */
  former: VisitTargetChange
  byId: string
  at: number
  voided?: Voided
}

const TABLE = 'visit_target_change'

export async function insertVisitTargetStep(
  db: StreetDb,
  step: Omit<VisitTargetStep, 'id' | 'voided'> & { messageId: string },
  now: number,
): Promise<string> {
  const id = newId(now)
  await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      target_id: step.targetId,
      kind: step.kind,
      former: fieldsOf(db, TABLE, id).seal('former', JSON.stringify(step.former))!,
      by_id: step.byId,
      at: step.at,
      message_id: step.messageId,
      voided_at: null,
      voided_by: null,
    })
    .execute()
  return id
}

export async function findVisitTargetStep(db: StreetDb, id: string): Promise<VisitTargetStep | undefined> {
  const row = await findRow(db, TABLE, id)
  return (
    row && {
      id,
      targetId: row.target_id,
      kind: row.kind,
      former: JSON.parse(fieldsOf(db, TABLE, id).open('former', row.former)!.reveal()) as VisitTargetChange,
      byId: row.by_id,
      at: row.at,
      voided: toVoided(row),
    }
  )
}

/** Says that a visit was to somebody on a list. */
export async function linkVisit(db: StreetDb, fieldRecordId: string, targetId: string): Promise<void> {
  await db.sql
    .insertInto('visit_of_target')
    .values({ field_record_id: fieldRecordId, target_id: targetId, subdistrict_id: db.street })
    .execute()
}

/** A visit that takes the place of another counts for the same people on the lists. */
export async function passVisitLinks(db: StreetDb, from: string, to: string): Promise<void> {
  await db.sql
    .updateTable('visit_of_target')
    .set({ field_record_id: to })
    .where('subdistrict_id', '=', db.street)
    .where('field_record_id', '=', from)
    .execute()
}

/** The days on which each of these was called on since an instant, oldest first; undone visits left out. */
export async function listVisitDays(
  db: StreetDb,
  targetIds: readonly string[],
  since: number,
): Promise<Map<string, VisitDay[]>> {
  const days = new Map<string, VisitDay[]>()
  if (targetIds.length === 0) return days
  const doneAt = sql<number>`coalesce(field_record.claimed_at, field_record.at)`
  const rows = await db.sql
    .selectFrom('visit_of_target')
    .innerJoin('field_record', 'field_record.id', 'visit_of_target.field_record_id')
    .select(['visit_of_target.target_id', 'field_record.outcome', doneAt.as('done_at')])
    .where('visit_of_target.subdistrict_id', '=', db.street)
    .where('visit_of_target.target_id', 'in', targetIds)
    .where('field_record.voided_at', 'is', null)
    .where('field_record.at', '>=', since)
    .orderBy('field_record.id')
    .execute()
  for (const row of rows) {
    const known = days.get(row.target_id) ?? []
    known.push({ day: dayOf(Number(row.done_at)), seen: row.outcome === null })
    days.set(row.target_id, known)
  }
  return days
}

/** Takes the newest step back. @returns false where a later one stands on it */
export async function voidVisitTargetStep(
  db: StreetDb,
  { id, targetId }: VisitTargetStep,
  { at, by }: Voided,
): Promise<boolean> {
  const later = await db.sql
    .selectFrom(TABLE)
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('target_id', '=', targetId)
    .where('id', '>', id)
    .where('voided_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (later) return false
  await db.sql
    .updateTable(TABLE)
    .set({ voided_at: at, voided_by: by })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
  return true
}
