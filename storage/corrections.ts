import { type Selectable, sql } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type CorrectionStatus = Schema['correction']['status']

/** One record put right, or the wish for it. */
export interface Correction {
  id: string
  /** From 1 per street; absent where its maker put it right at once. */
  no?: number
  /** Whose record it is, and who asks. */
  memberId: string
  gridId?: string
  /** As the audit names it; without id where nothing was recorded yet (补卡). */
  subject: { type: string; id?: string }
  /** The record that stands instead; absent while it waits, and where the old one is merely dropped. */
  newId?: string
  /** The local day that it changes. */
  day: Day
  /** What is to be different, as it was stored: JSON. */
  changes: unknown
  /** The same in words: `走访 王奶奶 → 李奶奶`. */
  what: Personal
  reason?: Personal
  status: CorrectionStatus
  askedAt: number
  decidedBy?: string
  decidedAt?: number
  decisionReason?: Personal
  messageId: string
}

export type NewCorrection = Pick<
  Correction,
  'no' | 'memberId' | 'gridId' | 'subject' | 'newId' | 'day' | 'changes' | 'askedAt' | 'messageId'
> & { status: 'direct' | 'pending'; what: string; reason?: string }

const TABLE = 'correction'

/** `askedAt` is the Clock's: the id is born then. */
export async function insertCorrection(db: StreetDb, correction: NewCorrection): Promise<Correction> {
  const id = newId(correction.askedAt)
  const { seal } = fieldsOf(db, TABLE, id)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      no: correction.no ?? null,
      member_id: correction.memberId,
      grid_id: correction.gridId ?? null,
      subject_type: correction.subject.type,
      subject_id: correction.subject.id ?? null,
      new_id: correction.newId ?? null,
      day: correction.day,
      changes: seal('changes', JSON.stringify(correction.changes))!,
      what: seal('what', correction.what)!,
      reason: seal('reason', correction.reason),
      status: correction.status,
      asked_at: correction.askedAt,
      decided_by: null,
      decided_at: null,
      decision_reason: null,
      message_id: correction.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCorrection(db, row)
}

/** @returns undefined where it was settled already, also by another process: nothing was changed */
export async function settleCorrection(
  db: StreetDb,
  id: string,
  decision: { status: 'approved' | 'rejected' | 'cancelled'; by: string; at: number; reason?: string },
): Promise<Correction | undefined> {
  const row = await db.sql
    .updateTable(TABLE)
    .set({
      status: decision.status,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_reason: fieldsOf(db, TABLE, id).seal('decision_reason', decision.reason),
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returningAll()
    .executeTakeFirst()
  return row && toCorrection(db, row)
}

/** Names the record that now stands instead of the old one. */
export async function linkCorrection(db: StreetDb, id: string, newId: string): Promise<void> {
  await db.sql
    .updateTable(TABLE)
    .set({ new_id: newId })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

export async function findCorrection(db: StreetDb, id: string): Promise<Correction | undefined> {
  const row = await select(db).where('id', '=', id).executeTakeFirst()
  return row && toCorrection(db, row)
}

export async function findCorrectionNumbered(db: StreetDb, no: number): Promise<Correction | undefined> {
  const row = await select(db).where('no', '=', no).executeTakeFirst()
  return row && toCorrection(db, row)
}

/** The correction that made this record; undefined for one that was told as it stands. */
export async function findCorrectionMaking(db: StreetDb, newId: string): Promise<Correction | undefined> {
  const row = await select(db).where('new_id', '=', newId).executeTakeFirst()
  return row && toCorrection(db, row)
}

export interface CorrectionFilter {
  statuses?: readonly CorrectionStatus[]
  memberId?: string
  /** The record that it is about. */
  subjectId?: string
  /** What stands since the first instant and up to before the second: at once, or by its decision. */
  settled?: { from: number; before: number }
}

/** In the order in which they were asked. */
export async function listCorrections(db: StreetDb, filter: CorrectionFilter): Promise<Correction[]> {
  let query = select(db).orderBy('id')
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.memberId) query = query.where('member_id', '=', filter.memberId)
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId)
  const { settled } = filter
  if (settled) {
    const settledAt = sql<number>`coalesce(decided_at, asked_at)`
    query = query.where(settledAt, '>=', settled.from).where(settledAt, '<', settled.before)
  }
  return (await query.execute()).map(row => toCorrection(db, row))
}

function select(db: StreetDb) {
  return db.sql.selectFrom(TABLE).selectAll().where('subdistrict_id', '=', db.street)
}

function toCorrection(db: StreetDb, row: Selectable<Schema['correction']>): Correction {
  const { open } = fieldsOf(db, TABLE, row.id)
  return {
    id: row.id,
    no: row.no ?? undefined,
    memberId: row.member_id,
    gridId: row.grid_id ?? undefined,
    subject: { type: row.subject_type, id: row.subject_id ?? undefined },
    newId: row.new_id ?? undefined,
    day: row.day,
    changes: JSON.parse(open('changes', row.changes)!.reveal()),
    what: open('what', row.what)!,
    reason: open('reason', row.reason),
    status: row.status,
    askedAt: row.asked_at,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    decisionReason: open('decision_reason', row.decision_reason),
    messageId: row.message_id,
  }
}
