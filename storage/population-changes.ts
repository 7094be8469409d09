import type { Selectable } from 'kysely'
import type { PopulationChange } from '../policy/information.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow, type RecordFilter, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** What one message told of people who came and went: counts for everybody entitled, its words sealed. Source: S1-12 */
export interface PopulationRecord {
  id: string
  gridId: string
  memberId: string
  /** To which it belongs, `2026-11`: what is told late belongs to the month before. */
  month: string
  at: number
  changes: PopulationChange[]
  detail: Personal
  messageId: string
  voided?: Voided
}

export type NewPopulationRecord = Omit<PopulationRecord, 'id' | 'detail' | 'voided'> & { detail: string }

/** That a grid's month holds nothing else, or that a community's figures were checked. Source: S1-14 */
export interface PopulationCheck {
  id: string
  /** `2026-11` */
  month: string
  kind: 'noMore' | 'verified'
  /** Of `noMore`. */
  gridId?: string
  /** Of `verified`. */
  community?: string
  byId: string
  at: number
  messageId: string
  voided?: Voided
}

const CHANGE = 'population_change'
const CHECK = 'population_check'

/** `now` is the Clock's. */
export async function insertPopulationRecord(
  db: StreetDb,
  record: NewPopulationRecord,
  now: number,
): Promise<PopulationRecord> {
  const id = newId(now)
  const row = await db.sql
    .insertInto(CHANGE)
    .values({
      id,
      subdistrict_id: db.street,
      grid_id: record.gridId,
      member_id: record.memberId,
      month: record.month,
      at: record.at,
      changes: JSON.stringify(record.changes),
      detail: db.vault.seal(record.detail, { table: CHANGE, column: 'detail', id }),
      message_id: record.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toRecord(db, row)
}

export async function findPopulationRecord(db: StreetDb, id: string): Promise<PopulationRecord | undefined> {
  const row = await findRow(db, CHANGE, id)
  return row && toRecord(db, row)
}

/** Those of a month `2026-11` that stand, in the order in which they were told. */
export async function listPopulationRecords(
  db: StreetDb,
  month: string,
  { gridIds, memberIds }: Pick<RecordFilter, 'gridIds' | 'memberIds'> = {},
): Promise<PopulationRecord[]> {
  if (gridIds?.length === 0 || memberIds?.length === 0) return []
  let query = db.sql
    .selectFrom(CHANGE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('voided_at', 'is', null)
    .where('month', '=', month)
    .orderBy('id')
  if (gridIds) query = query.where('grid_id', 'in', gridIds)
  if (memberIds) query = query.where('member_id', 'in', memberIds)
  return (await query.execute()).map(row => toRecord(db, row))
}

/** `now` is the Clock's. */
export async function insertPopulationCheck(
  db: StreetDb,
  check: Omit<PopulationCheck, 'id' | 'voided'>,
  now: number,
): Promise<PopulationCheck> {
  const row = await db.sql
    .insertInto(CHECK)
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      month: check.month,
      kind: check.kind,
      grid_id: check.gridId ?? null,
      community: check.community ?? null,
      by_id: check.byId,
      at: check.at,
      message_id: check.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCheck(row)
}

export async function findPopulationCheck(db: StreetDb, id: string): Promise<PopulationCheck | undefined> {
  const row = await findRow(db, CHECK, id)
  return row && toCheck(row)
}

/** Those of a month `2026-11` that stand, oldest first. */
export async function listPopulationChecks(
  db: StreetDb,
  month: string,
  kind: PopulationCheck['kind'],
): Promise<PopulationCheck[]> {
  const rows = await db.sql
    .selectFrom(CHECK)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('month', '=', month)
    .where('kind', '=', kind)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toCheck)
}

function toRecord(db: StreetDb, row: Selectable<Schema['population_change']>): PopulationRecord {
  return {
    id: row.id,
    gridId: row.grid_id,
    memberId: row.member_id,
    month: row.month,
    at: row.at,
    changes: JSON.parse(row.changes) as PopulationChange[],
    detail: db.vault.open(row.detail, { table: CHANGE, column: 'detail', id: row.id }),
    messageId: row.message_id,
    voided: toVoided(row),
  }
}

function toCheck(row: Selectable<Schema['population_check']>): PopulationCheck {
  return {
    id: row.id,
    month: row.month,
    kind: row.kind,
    gridId: row.grid_id ?? undefined,
    community: row.community ?? undefined,
    byId: row.by_id,
    at: row.at,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
