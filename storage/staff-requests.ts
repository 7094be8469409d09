import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'
import type { Personal } from './vault.ts'

const TABLE = 'staff_request'

/** What somebody asks about a post, and a person decides: to leave it, or to have one more. Source: S4E-12, S4E-07 */
export interface StaffRequest {
  id: string
  /** From 1 per street, never reset. */
  no: number
  kind: Schema['staff_request']['kind']
  memberId: string
  gridId?: string
  text?: Personal
  approverId: string
  status: Schema['staff_request']['status']
  at: number
}

export async function insertStaffRequest(
  db: StreetDb,
  request: Pick<StaffRequest, 'kind' | 'memberId' | 'gridId' | 'approverId' | 'at'> & {
    text?: string
    messageId: string
  },
): Promise<StaffRequest> {
  const id = newId(request.at)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      no: await nextNumber(db, 'staffRequest'),
      kind: request.kind,
      member_id: request.memberId,
      grid_id: request.gridId ?? null,
      text: fieldsOf(db, TABLE, id).seal('text', request.text),
      approver_id: request.approverId,
      status: 'pending',
      at: request.at,
      decided_at: null,
      decided_by: null,
      decision_reason: null,
      message_id: request.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toRequest(db, row)
}

/** @returns undefined where it was settled already */
export async function settleStaffRequest(
  db: StreetDb,
  id: string,
  decision: { status: 'approved' | 'rejected' | 'withdrawn'; by: string; at: number; reason?: string },
): Promise<StaffRequest | undefined> {
  const row = await db.sql
    .updateTable(TABLE)
    .set({
      status: decision.status,
      decided_at: decision.at,
      decided_by: decision.by,
      decision_reason: fieldsOf(db, TABLE, id).seal('decision_reason', decision.reason),
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returningAll()
    .executeTakeFirst()
  return row && toRequest(db, row)
}

export async function findStaffRequest(
  db: StreetDb,
  key: { id: string } | { no: number },
): Promise<StaffRequest | undefined> {
  const query = db.sql.selectFrom(TABLE).selectAll().where('subdistrict_id', '=', db.street)
  const row = await ('id' in key ? query.where('id', '=', key.id) : query.where('no', '=', key.no)).executeTakeFirst()
  return row && toRequest(db, row)
}

/** What somebody asked and nobody decided, by number. */
export async function listPendingRequests(db: StreetDb, filter: { memberId: string }): Promise<StaffRequest[]> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('member_id', '=', filter.memberId)
    .where('status', '=', 'pending')
    .orderBy('no')
    .execute()
  return rows.map(row => toRequest(db, row))
}

function toRequest(db: StreetDb, row: Selectable<Schema['staff_request']>): StaffRequest {
  return {
    id: row.id,
    no: row.no,
    kind: row.kind,
    memberId: row.member_id,
    gridId: row.grid_id ?? undefined,
    text: fieldsOf(db, TABLE, row.id).open('text', row.text),
    approverId: row.approver_id,
    status: row.status,
    at: row.at,
  }
}
