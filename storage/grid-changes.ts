import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import type { FormerCode } from './grid-codes.ts'
import type { MovedRegisters } from './grid-registers.ts'
import { newId } from './ids.ts'
import type { EndedRole } from './leavers.ts'
import { toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'

/** 拆分, 合并 or 改码, in force from `day` on. */
export interface GridChange {
  id: string
  no: number
  kind: Schema['grid_change']['kind']
  /** Local. */
  day: Day
  /** In the words it is told in. */
  words: string
  touched: TouchedRows
  byId: string
  at: number
  /** 备案: when and by whom it was filed with the county. */
  filed?: { at: number; byId: string }
  voided?: Voided
}

/** The rows a change made or ended, so that it can be taken back. */
export interface TouchedRows {
  formed: string[]
  ended: { id: string; to: Day | null; successorId: string | null }[]
  recoded: FormerCode[]
  /** Where the day was the same: what went along at once. */
  moved?: MovedRegisters[]
  endedRoles: EndedRole[]
  givenRoles: string[]
}

export type NewGridChange = Pick<GridChange, 'kind' | 'day' | 'words' | 'touched' | 'byId' | 'at'> & {
  messageId: string
}

export async function insertGridChange(db: StreetDb, change: NewGridChange, now: number): Promise<GridChange> {
  const row = await db.sql
    .insertInto('grid_change')
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      no: await nextNumber(db, 'gridChange'),
      kind: change.kind,
      day: change.day,
      words: change.words,
      touched: JSON.stringify(change.touched),
      by_id: change.byId,
      at: change.at,
      message_id: change.messageId,
      filed_at: null,
      filed_by: null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toGridChange(row)
}

export async function findGridChange(
  db: StreetDb,
  by: { id: string } | { no: number },
): Promise<GridChange | undefined> {
  const query = db.sql.selectFrom('grid_change').selectAll().where('subdistrict_id', '=', db.street)
  const row = await ('id' in by ? query.where('id', '=', by.id) : query.where('no', '=', by.no)).executeTakeFirst()
  return row && toGridChange(row)
}

/** Those that stand, the newest first. */
export async function listGridChanges(db: StreetDb): Promise<GridChange[]> {
  const rows = await db.sql
    .selectFrom('grid_change')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('voided_at', 'is', null)
    .orderBy('no', 'desc')
    .execute()
  return rows.map(toGridChange)
}

/** @returns false where it was filed or taken back already */
export async function fileGridChange(
  db: StreetDb,
  id: string,
  { at, byId }: { at: number; byId: string },
): Promise<boolean> {
  const row = await db.sql
    .updateTable('grid_change')
    .set({ filed_at: at, filed_by: byId })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('filed_at', 'is', null)
    .where('voided_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function voidGridChange(db: StreetDb, id: string, { at, by }: Voided): Promise<void> {
  await db.sql
    .updateTable('grid_change')
    .set({ voided_at: at, voided_by: by })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

function toGridChange(row: Selectable<Schema['grid_change']>): GridChange {
  return {
    id: row.id,
    no: row.no,
    kind: row.kind,
    day: row.day,
    words: row.words,
    touched: JSON.parse(row.touched) as TouchedRows,
    byId: row.by_id,
    at: row.at,
    filed: row.filed_at === null ? undefined : { at: row.filed_at, byId: row.filed_by ?? '' },
    voided: toVoided(row),
  }
}
