import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import type { Row } from './schema/columns.ts'
import type { Schema, Sealed } from './schema.ts'
import type { Personal } from './vault.ts'

/** What the lists of work records may be narrowed to. `from` and `to` are instants of the work, `to` not included. */
export interface RecordFilter {
  from?: number
  to?: number
  memberIds?: readonly string[]
  gridIds?: readonly string[]
  /** Lists the undone ones too. */
  voided?: boolean
  /** Ids sort by birth: a page begins after this one. */
  afterId?: string
  limit?: number
}

/** Who took a record back, and when. */
export interface Voided {
  at: number
  /** Member id. */
  by: string
}

export function toVoided(row: { voided_at: number | null; voided_by: string | null }): Voided | undefined {
  return row.voided_at === null ? undefined : { at: row.voided_at, by: row.voided_by ?? '' }
}

/** The tables whose rows can be taken back; such a row stays, and nothing counts it any more. */
export type VoidableTable =
  | 'check_in'
  | 'outing'
  | 'field_record'
  | 'info_item'
  | 'population_change'
  | 'population_check'
  | 'info_campaign'
  | 'incident'
  | 'round'
  | 'review'
  | 'shift_handover'
  | 'member_detail'
  | 'contact_card'
  | 'grid_fact'
  | 'diary'
  | 'diary_note'
  | 'household_assignment'
  | 'coverage_report'
  | 'work_target'
  | 'work_done'
  | 'visit_target'

/** @returns whether the record stood until now */
export async function voidRecord(db: StreetDb, table: VoidableTable, id: string, { at, by }: Voided): Promise<boolean> {
  const row = await db.sql
    .updateTable(table)
    .set({ voided_at: at, voided_by: by })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('voided_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The tables whose rows belong to a street and have an id of their own. */
type RowTable = { [T in keyof Schema]: Schema[T] extends Row ? T : never }[keyof Schema]

/** Those that people call by a number, too. */
type NumberedTable = { [T in RowTable]: Schema[T] extends { no: number | null } ? T : never }[RowTable]

/** The row of that id, where it is one of this street's. */
export function findRow<T extends RowTable>(
  db: StreetDb,
  table: T,
  id: string,
): Promise<Selectable<Schema[T]> | undefined> {
  return findWhere(db, table, sql`id = ${id}`)
}

/** The row that people call by this number. */
export function findNumberedRow<T extends NumberedTable>(
  db: StreetDb,
  table: T,
  no: number,
): Promise<Selectable<Schema[T]> | undefined> {
  return findWhere(db, table, sql`no = ${no}`)
}

async function findWhere<T extends RowTable>(
  db: StreetDb,
  table: T,
  condition: RawBuilder<unknown>,
): Promise<Selectable<Schema[T]> | undefined> {
  const found = sql<
    Selectable<Schema[T]>
  >`select * from ${sql.table(table)} where subdistrict_id = ${db.street} and ${condition} limit 1`
  return (await found.execute(db.sql)).rows[0]
}

/** Seals and opens the personal columns of one row. */
export function fieldsOf(db: Db, table: string, id: string) {
  return {
    seal: (column: string, plain: string | undefined): Sealed | null =>
      plain === undefined ? null : db.vault.seal(plain, { table, column, id }),
    open: (column: string, sealed: Sealed | null): Personal | undefined =>
      sealed === null ? undefined : db.vault.open(sealed, { table, column, id }),
  }
}
