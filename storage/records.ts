import type { Db, StreetDb } from './database.ts'
import type { Sealed } from './schema.ts'
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

/** Seals and opens the personal columns of one row. */
export function fieldsOf(db: Db, table: string, id: string) {
  return {
    seal: (column: string, plain: string | undefined): Sealed | null =>
      plain === undefined ? null : db.vault.seal(plain, { table, column, id }),
    open: (column: string, sealed: Sealed | null): Personal | undefined =>
      sealed === null ? undefined : db.vault.open(sealed, { table, column, id }),
  }
}
