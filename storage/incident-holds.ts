import type { Selectable } from 'kysely'
import type { HoldKind } from '../policy/incident.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** More time, a pause or a hang-up: asked for with a reason, in force once approved. */
export interface HoldRequest {
  id: string
  incidentId: string
  kind: HoldKind
  state: 'asked' | 'approved' | 'refused' | 'ended'
  /** Member ids. */
  askedBy: string
  askedAt: number
  reason: Personal
  /** What an extension adds, in the unit of the limit; 0 for the others. */
  days: number
  /** First and last local day of a pause or hang-up, both included. */
  fromDay?: string
  untilDay?: string
  decidedBy?: string
  decidedAt?: number
}

export type NewHoldRequest = Pick<HoldRequest, 'incidentId' | 'kind' | 'askedBy' | 'askedAt' | 'days' | 'untilDay'> & {
  reason: string
  messageId: string
}

const TABLE = 'incident_hold'

export async function insertHold(db: StreetDb, hold: NewHoldRequest): Promise<HoldRequest> {
  const id = newId(hold.askedAt)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      incident_id: hold.incidentId,
      kind: hold.kind,
      state: 'asked',
      asked_by: hold.askedBy,
      asked_at: hold.askedAt,
      reason: db.vault.seal(hold.reason, { table: TABLE, column: 'reason', id }),
      days: hold.days,
      from_day: null,
      until_day: hold.untilDay ?? null,
      decided_by: null,
      decided_at: null,
      message_id: hold.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toHold(db, row)
}

/** All of an incident, in the order in which they were asked for. */
export async function listHolds(db: StreetDb, incidentId: string): Promise<HoldRequest[]> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('incident_id', '=', incidentId)
    .orderBy('id')
    .execute()
  return rows.map(row => toHold(db, row))
}

/** @returns the hold as it is now; undefined where it was in another state, for somebody else decided it first */
export async function settleHold(
  db: StreetDb,
  id: string,
  from: HoldRequest['state'],
  change: Partial<Pick<HoldRequest, 'state' | 'fromDay' | 'untilDay' | 'decidedBy' | 'decidedAt'>>,
): Promise<HoldRequest | undefined> {
  const row = await db.sql
    .updateTable(TABLE)
    .set({
      state: change.state,
      from_day: change.fromDay,
      until_day: change.untilDay,
      decided_by: change.decidedBy,
      decided_at: change.decidedAt,
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst()
  return row && toHold(db, row)
}

function toHold(db: StreetDb, row: Selectable<Schema['incident_hold']>): HoldRequest {
  return {
    id: row.id,
    incidentId: row.incident_id,
    kind: row.kind,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    reason: fieldsOf(db, TABLE, row.id).open('reason', row.reason)!,
    days: row.days,
    fromDay: row.from_day ?? undefined,
    untilDay: row.until_day ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
  }
}
