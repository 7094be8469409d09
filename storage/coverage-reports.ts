import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'

/** How far the visits of a grid were when it was reported. Source: S3A-10 */
export interface CoverageReport {
  id: string
  gridId: string
  /** `2026-10` */
  month: string
  round: 'first' | 'final'
  /** Households. */
  visited: number
  total: number
  byId: string
  at: number
  messageId: string
  voided?: Voided
}

const TABLE = 'coverage_report'

/** `now` is the Clock's. */
export async function insertCoverageReport(
  db: StreetDb,
  report: Omit<CoverageReport, 'id' | 'voided'>,
  now: number,
): Promise<CoverageReport> {
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      grid_id: report.gridId,
      month: report.month,
      round: report.round,
      visited: report.visited,
      total: report.total,
      by_id: report.byId,
      at: report.at,
      message_id: report.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toReport(row)
}

export async function findCoverageReport(db: StreetDb, id: string): Promise<CoverageReport | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toReport(row)
}

/** Those of a month that stand, oldest first. */
export async function listCoverageReports(db: StreetDb, month: string): Promise<CoverageReport[]> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('month', '=', month)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toReport)
}

function toReport(row: Selectable<Schema['coverage_report']>): CoverageReport {
  return {
    id: row.id,
    gridId: row.grid_id,
    month: row.month,
    round: row.round,
    visited: row.visited,
    total: row.total,
    byId: row.by_id,
    at: row.at,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
