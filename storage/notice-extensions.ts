import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findNumberedRow, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type ExtensionStatus = Schema['notice_extension']['status']

/** A grid's wish for a later day on one notice; the issuing office decides. */
export interface NoticeExtension {
  id: string
  no: number
  noticeId: string
  gridId: string
  /** Who asked. */
  memberId: string
  /** Local day or time, `2026-11-20` or `2026-11-20T15:00`. */
  due: string
  reason: Personal
  status: ExtensionStatus
  askedAt: number
  decidedBy?: string
  decidedAt?: number
  decisionReason?: Personal
  messageId: string
}

export type NewExtension = Omit<
  NoticeExtension,
  'id' | 'status' | 'reason' | 'decidedBy' | 'decidedAt' | 'decisionReason'
> & {
  reason: string
}

/** Stored as `pending`. */
export async function insertExtension(db: StreetDb, extension: NewExtension): Promise<NoticeExtension> {
  const id = newId(extension.askedAt)
  const row = await db.sql
    .insertInto('notice_extension')
    .values({
      id,
      subdistrict_id: db.street,
      no: extension.no,
      notice_id: extension.noticeId,
      grid_id: extension.gridId,
      member_id: extension.memberId,
      due: extension.due,
      reason: fieldsOf(db, 'notice_extension', id).seal('reason', extension.reason)!,
      status: 'pending',
      asked_at: extension.askedAt,
      decided_by: null,
      decided_at: null,
      decision_reason: null,
      message_id: extension.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toExtension(db, row)
}

/** @returns undefined where it was decided already, also by another process: nothing was changed */
export async function settleExtension(
  db: StreetDb,
  id: string,
  decision: { status: Exclude<ExtensionStatus, 'pending'>; by: string; at: number; reason?: string },
): Promise<NoticeExtension | undefined> {
  const row = await db.sql
    .updateTable('notice_extension')
    .set({
      status: decision.status,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_reason: fieldsOf(db, 'notice_extension', id).seal('decision_reason', decision.reason),
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returningAll()
    .executeTakeFirst()
  return row && toExtension(db, row)
}

export async function findExtension(db: StreetDb, id: string): Promise<NoticeExtension | undefined> {
  const row = await findRow(db, 'notice_extension', id)
  return row && toExtension(db, row)
}

export async function findExtensionNumbered(db: StreetDb, no: number): Promise<NoticeExtension | undefined> {
  const row = await findNumberedRow(db, 'notice_extension', no)
  return row && toExtension(db, row)
}

/** By number. */
export async function listExtensions(
  db: StreetDb,
  filter: { noticeId?: string; status?: ExtensionStatus } = {},
): Promise<NoticeExtension[]> {
  let query = db.sql.selectFrom('notice_extension').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.noticeId) query = query.where('notice_id', '=', filter.noticeId)
  if (filter.status) query = query.where('status', '=', filter.status)
  return (await query.execute()).map(row => toExtension(db, row))
}

function toExtension(db: StreetDb, row: Selectable<Schema['notice_extension']>): NoticeExtension {
  const { open } = fieldsOf(db, 'notice_extension', row.id)
  return {
    id: row.id,
    no: row.no,
    noticeId: row.notice_id,
    gridId: row.grid_id,
    memberId: row.member_id,
    due: row.due,
    reason: open('reason', row.reason)!,
    status: row.status,
    askedAt: row.asked_at,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    decisionReason: open('decision_reason', row.decision_reason),
    messageId: row.message_id,
  }
}
