import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type InspectionStatus = Schema['inspection']['status']
export type InspectionStepKind = Schema['inspection_step']['step']

/** 督导: what an inspector found in a grid, or at one person of it. Source: S0-26, S1-10 */
export interface Inspection {
  id: string
  no: number
  /** The notice whose carrying out was looked at. */
  noticeId?: string
  gridId?: string
  /** The inspected person; absent where the grid as a whole was inspected. */
  memberId?: string
  inspectorId: string
  at: number
  findings: Personal
  /** Points proposed to be taken off: design decision 7, nothing follows until a named person signs. */
  deduct?: number
  status: InspectionStatus
  /** The day by which the inspected are to answer, and the sum that led to it. */
  feedbackDay: Day
  feedbackSum: string
  messageId: string
}

export type NewInspection = Omit<Inspection, 'id' | 'findings'> & { findings: string }

export async function insertInspection(db: StreetDb, inspection: NewInspection): Promise<Inspection> {
  const id = newId(inspection.at)
  const row = await db.sql
    .insertInto('inspection')
    .values({
      id,
      subdistrict_id: db.street,
      no: inspection.no,
      notice_id: inspection.noticeId ?? null,
      grid_id: inspection.gridId ?? null,
      member_id: inspection.memberId ?? null,
      inspector_id: inspection.inspectorId,
      at: inspection.at,
      findings: fieldsOf(db, 'inspection', id).seal('findings', inspection.findings)!,
      deduct: inspection.deduct ?? null,
      status: inspection.status,
      feedback_day: inspection.feedbackDay,
      feedback_sum: inspection.feedbackSum,
      message_id: inspection.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toInspection(db, row)
}

/** @returns undefined where it stands in none of `from` any more: nothing was changed */
export async function moveInspection(
  db: StreetDb,
  id: string,
  from: readonly InspectionStatus[],
  to: { status: InspectionStatus; feedbackDay?: Day; feedbackSum?: string },
): Promise<Inspection | undefined> {
  const { status, feedbackDay, feedbackSum } = to
  const again = feedbackDay && feedbackSum ? { feedback_day: feedbackDay, feedback_sum: feedbackSum } : {}
  const row = await db.sql
    .updateTable('inspection')
    .set({ status, ...again })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', from)
    .returningAll()
    .executeTakeFirst()
  return row && toInspection(db, row)
}

export async function findInspection(db: StreetDb, id: string): Promise<Inspection | undefined> {
  const row = await findRow(db, 'inspection', id)
  return row && toInspection(db, row)
}

export interface InspectionFilter {
  nos?: readonly number[]
  noticeId?: string
  memberId?: string
  gridIds?: readonly string[]
  inspectorId?: string
  statuses?: readonly InspectionStatus[]
  /** Instants; `to` not included. */
  from?: number
  to?: number
}

/** By number. */
export async function listInspections(db: StreetDb, filter: InspectionFilter = {}): Promise<Inspection[]> {
  let query = db.sql.selectFrom('inspection').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.nos) query = query.where('no', 'in', filter.nos)
  if (filter.noticeId) query = query.where('notice_id', '=', filter.noticeId)
  if (filter.memberId) query = query.where('member_id', '=', filter.memberId)
  if (filter.gridIds) query = query.where('grid_id', 'in', filter.gridIds)
  if (filter.inspectorId) query = query.where('inspector_id', '=', filter.inspectorId)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  return (await query.execute()).map(row => toInspection(db, row))
}

/** What was said about an inspection afterwards: the answer, the correction, the second look. */
export interface InspectionStep {
  inspectionId: string
  at: number
  byId: string
  step: InspectionStepKind
  text: Personal
  messageId: string
}

export async function insertInspectionStep(
  db: StreetDb,
  step: Omit<InspectionStep, 'text'> & { text: string },
): Promise<string> {
  const id = newId(step.at)
  await db.sql
    .insertInto('inspection_step')
    .values({
      id,
      subdistrict_id: db.street,
      inspection_id: step.inspectionId,
      at: step.at,
      by_id: step.byId,
      step: step.step,
      text: fieldsOf(db, 'inspection_step', id).seal('text', step.text)!,
      message_id: step.messageId,
    })
    .execute()
  return id
}

/** Oldest first. */
export async function listInspectionSteps(db: StreetDb, inspectionIds: readonly string[]): Promise<InspectionStep[]> {
  if (inspectionIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('inspection_step')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('inspection_id', 'in', inspectionIds)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    inspectionId: row.inspection_id,
    at: row.at,
    byId: row.by_id,
    step: row.step,
    text: fieldsOf(db, 'inspection_step', row.id).open('text', row.text)!,
    messageId: row.message_id,
  }))
}

function toInspection(db: StreetDb, row: Selectable<Schema['inspection']>): Inspection {
  return {
    id: row.id,
    no: row.no,
    noticeId: row.notice_id ?? undefined,
    gridId: row.grid_id ?? undefined,
    memberId: row.member_id ?? undefined,
    inspectorId: row.inspector_id,
    at: row.at,
    findings: fieldsOf(db, 'inspection', row.id).open('findings', row.findings)!,
    deduct: row.deduct ?? undefined,
    status: row.status,
    feedbackDay: row.feedback_day,
    feedbackSum: row.feedback_sum,
    messageId: row.message_id,
  }
}
