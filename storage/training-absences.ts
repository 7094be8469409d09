import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findNumberedRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type AbsenceStatus = Schema['training_absence']['status']

/** A class missed without leave: a proposal that counts for nothing until a named person has signed it. Source: S0-28 */
export interface TrainingAbsence {
  id: string
  /** From 1 per street. */
  no: number
  meetingId: string
  memberId: string
  status: AbsenceStatus
  toldAt: number
  /** The last local day for an appeal. */
  appealBy: Day
  appeal?: Personal
  appealedAt?: number
  decidedBy?: string
  decidedAt?: number
  decisionReason?: Personal
}

/** @returns undefined where this person's absence from this class was proposed before */
export async function insertAbsence(
  db: StreetDb,
  absence: Pick<TrainingAbsence, 'no' | 'meetingId' | 'memberId' | 'toldAt' | 'appealBy'>,
): Promise<TrainingAbsence | undefined> {
  const row = await db.sql
    .insertInto('training_absence')
    .values({
      id: newId(absence.toldAt),
      subdistrict_id: db.street,
      no: absence.no,
      meeting_id: absence.meetingId,
      member_id: absence.memberId,
      status: 'proposed',
      told_at: absence.toldAt,
      appeal_by: absence.appealBy,
      appeal: null,
      appealed_at: null,
      decided_by: null,
      decided_at: null,
      decision_reason: null,
    })
    .onConflict(c => c.columns(['meeting_id', 'member_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && toAbsence(db, row)
}

export async function findAbsenceNumbered(db: StreetDb, no: number): Promise<TrainingAbsence | undefined> {
  const row = await findNumberedRow(db, 'training_absence', no)
  return row && toAbsence(db, row)
}

/** By number. */
export async function listAbsences(
  db: StreetDb,
  filter: { meetingId?: string; memberId?: string; statuses?: readonly AbsenceStatus[] } = {},
): Promise<TrainingAbsence[]> {
  let query = db.sql.selectFrom('training_absence').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.meetingId) query = query.where('meeting_id', '=', filter.meetingId)
  if (filter.memberId) query = query.where('member_id', '=', filter.memberId)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  return (await query.execute()).map(row => toAbsence(db, row))
}

/** @returns undefined where it was decided already, also by another process */
export async function appealAbsence(
  db: StreetDb,
  id: string,
  { text, at }: { text: string; at: number },
): Promise<TrainingAbsence | undefined> {
  const row = await db.sql
    .updateTable('training_absence')
    .set({
      status: 'appealed',
      appeal: fieldsOf(db, 'training_absence', id).seal('appeal', text),
      appealed_at: at,
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', ['proposed', 'appealed'])
    .returningAll()
    .executeTakeFirst()
  return row && toAbsence(db, row)
}

/** @returns undefined where it was decided already, also by another process */
export async function decideAbsence(
  db: StreetDb,
  id: string,
  decision: { status: 'confirmed' | 'dropped'; by: string; at: number; reason?: string },
): Promise<TrainingAbsence | undefined> {
  const row = await db.sql
    .updateTable('training_absence')
    .set({
      status: decision.status,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_reason: fieldsOf(db, 'training_absence', id).seal('decision_reason', decision.reason),
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', ['proposed', 'appealed'])
    .returningAll()
    .executeTakeFirst()
  return row && toAbsence(db, row)
}

function toAbsence(db: StreetDb, row: Selectable<Schema['training_absence']>): TrainingAbsence {
  const { open } = fieldsOf(db, 'training_absence', row.id)
  return {
    id: row.id,
    no: row.no,
    meetingId: row.meeting_id,
    memberId: row.member_id,
    status: row.status,
    toldAt: row.told_at,
    appealBy: row.appeal_by,
    appeal: open('appeal', row.appeal),
    appealedAt: row.appealed_at ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    decisionReason: open('decision_reason', row.decision_reason),
  }
}
