import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

const TABLE = 'member_detail'

/** One fact of somebody's file: 身份, 任职文号, 平安通, 补贴, 党员. Source: S0-04, S2-20, S2-21, S2-46, S2-09 */
export interface MemberDetail {
  id: string
  memberId: string
  field: Schema['member_detail']['field']
  value: Personal
  /** When it was noted. UTC epoch ms. */
  at: number
  isVoided: boolean
}

export type NewMemberDetail = Pick<MemberDetail, 'memberId' | 'field' | 'at'> & {
  value: string
  byId: string
  messageId: string
}

export async function insertMemberDetail(db: StreetDb, detail: NewMemberDetail): Promise<MemberDetail> {
  const id = newId(detail.at)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      member_id: detail.memberId,
      field: detail.field,
      value: fieldsOf(db, TABLE, id).seal('value', detail.value)!,
      by_id: detail.byId,
      at: detail.at,
      message_id: detail.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toDetail(db, row)
}

export async function findMemberDetail(db: StreetDb, id: string): Promise<MemberDetail | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toDetail(db, row)
}

/** What stands of a member, the newest of each field. */
export async function readMemberDetails(
  db: StreetDb,
  memberId: string,
): Promise<Partial<Record<MemberDetail['field'], MemberDetail>>> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('member_id', '=', memberId)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return Object.fromEntries(rows.map(row => [row.field, toDetail(db, row)]))
}

function toDetail(db: StreetDb, row: Selectable<Schema['member_detail']>): MemberDetail {
  return {
    id: row.id,
    memberId: row.member_id,
    field: row.field,
    value: fieldsOf(db, TABLE, row.id).open('value', row.value)!,
    at: row.at,
    isVoided: row.voided_at !== null,
  }
}
