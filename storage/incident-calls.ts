import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow } from './records.ts'
import type { Schema } from './schema.ts'

/** 吹哨: a unit called to an incident, which must answer (应哨) in time. Source: S4D-24 */
export interface IncidentCall {
  id: string
  incidentId: string
  unit: string
  calledBy: string
  calledAt: number
  dueAt: number
  answeredBy?: string
  answeredAt?: number
  /** When it was found silent. */
  remindedAt?: number
}

const TABLE = 'incident_call'

/** A unit that is called again has its time anew. */
export async function insertCall(
  db: StreetDb,
  call: Pick<IncidentCall, 'incidentId' | 'unit' | 'calledBy' | 'calledAt' | 'dueAt'> & { messageId: string },
): Promise<IncidentCall> {
  const { calledBy, calledAt, dueAt, messageId } = call
  const again = { called_by: calledBy, called_at: calledAt, due_at: dueAt, message_id: messageId }
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id: newId(calledAt),
      subdistrict_id: db.street,
      incident_id: call.incidentId,
      unit: call.unit,
      ...again,
      answered_by: null,
      answered_at: null,
      reminded_at: null,
    })
    .onConflict(c =>
      c
        .columns(['incident_id', 'unit'])
        .doUpdateSet({ ...again, answered_by: null, answered_at: null, reminded_at: null }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCall(row)
}

/** In the order of their calling. */
export async function listCalls(db: StreetDb, incidentId: string): Promise<IncidentCall[]> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('incident_id', '=', incidentId)
    .orderBy('id')
    .execute()
  return rows.map(toCall)
}

export async function findCall(db: StreetDb, id: string): Promise<IncidentCall | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toCall(row)
}

/** Calls that nobody answered yet, oldest first. */
export async function listSilentCalls(db: StreetDb, units: readonly string[]): Promise<IncidentCall[]> {
  if (units.length === 0) return []
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('unit', 'in', units)
    .where('answered_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toCall)
}

/** @returns false where it was answered already */
export async function answerCall(db: StreetDb, id: string, by: { memberId: string; at: number }): Promise<boolean> {
  const row = await db.sql
    .updateTable(TABLE)
    .set({ answered_by: by.memberId, answered_at: by.at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** @returns false where it was answered, or found silent, before */
export async function markSilent(db: StreetDb, id: string, at: number): Promise<boolean> {
  const row = await db.sql
    .updateTable(TABLE)
    .set({ reminded_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .where('reminded_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function toCall(row: Selectable<Schema['incident_call']>): IncidentCall {
  return {
    id: row.id,
    incidentId: row.incident_id,
    unit: row.unit,
    calledBy: row.called_by,
    calledAt: row.called_at,
    dueAt: row.due_at,
    answeredBy: row.answered_by ?? undefined,
    answeredAt: row.answered_at ?? undefined,
    remindedAt: row.reminded_at ?? undefined,
  }
}
