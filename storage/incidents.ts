import type { Selectable } from 'kysely'
import type { HoldKind, IncidentLevel, IncidentStatus, IncidentTier } from '../policy/incident.ts'
import type { IncidentDeadlines, Judged } from '../policy/incident-deadlines.ts'
import type { TakenStep } from '../policy/incident-steps.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findNumberedRow, findRow, type RecordFilter, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'
import type { Personal } from './vault.ts'

export type { IncidentStatus } from '../policy/incident.ts'
export { OPEN_STATUSES } from '../policy/incident.ts'
export type { IncidentDeadline, IncidentDeadlines } from '../policy/incident-deadlines.ts'
export { type IncidentLog, insertIncidentLog, listIncidentLogs, listIncidentLogsBy } from './incident-logs.ts'

/** More time, a pause or a hang-up that is in force: who approved it, through which day, by which clause. */
export interface IncidentHold {
  kind: HoldKind
  by: string
  until: string
  clause: string
}

/** How an incident came: seen by the network itself, told by a resident, by the hotline, by an inspection, handed down. Source: S1-04, S4B-05 */
export type IncidentOrigin = 'found' | 'resident' | 'hotline' | 'inspection' | 'upper'

/** A problem that somebody must handle. */
export interface Incident {
  id: string
  /** From 1 per street, never reset. */
  no: number
  gridId?: string
  category: string
  urgent: boolean
  level?: IncidentLevel
  /** One of the document's kinds of case. */
  workClass?: string
  place?: Personal
  description: Personal
  /** Absent where a resident or an unknown person reported: then `reporterName`. */
  reporterId?: string
  reporterName?: Personal
  /** False where somebody outside the roster reported. */
  verified: boolean
  origin: IncidentOrigin
  /** `service` for an errand done for a resident (代办). */
  matter: 'incident' | 'service'
  /** Its root cause, as somebody named it. */
  cause?: Personal
  status: IncidentStatus
  hold?: IncidentHold
  /** The level on which it is handled. */
  tier: IncidentTier
  /** Who has it in hand: a member, or the office or unit it was dispatched to. */
  holderId?: string
  holderUnit?: string
  deadlines: IncidentDeadlines
  /** Day 0 of the deadlines where it is not the report day. */
  clockFrom?: string
  /** Within whose powers it was judged to lie, the first by the report. */
  jurisdiction: Judged[]
  /** What time did about it: reminded, supervised, escalated. */
  steps: TakenStep[]
  /** When time does something next. UTC epoch ms. */
  nextStepAt?: number
  /** The tier it was resolved on. */
  closedTier?: IncidentTier
  /** The incident it was merged into: a row id. */
  mergedInto?: string
  /** 1…5, given by who reported. */
  rating?: number
  reportedAt: number
  messageId: string
  voided?: Voided
}

export type NewIncident = Pick<
  Incident,
  | 'gridId'
  | 'category'
  | 'urgent'
  | 'level'
  | 'workClass'
  | 'reporterId'
  | 'verified'
  | 'status'
  | 'tier'
  | 'holderId'
  | 'deadlines'
  | 'jurisdiction'
  | 'nextStepAt'
  | 'closedTier'
  | 'reportedAt'
  | 'messageId'
> &
  Partial<Pick<Incident, 'origin' | 'matter'>> & { place?: string; description: string; reporterName?: string }

export interface IncidentFilter extends RecordFilter {
  statuses?: readonly IncidentStatus[]
  category?: string
  urgent?: boolean
  holderId?: string
}

const TABLE = 'incident'

/** Gives it the street's next number. `now` is the Clock's. */
export async function insertIncident(db: StreetDb, incident: NewIncident, now: number): Promise<Incident> {
  const id = newId(now)
  const { seal } = fieldsOf(db, TABLE, id)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      no: await nextNumber(db, 'incident'),
      grid_id: incident.gridId ?? null,
      category: incident.category,
      urgent: incident.urgent ? 1 : 0,
      level: incident.level ?? null,
      place: seal('place', incident.place),
      description: db.vault.seal(incident.description, { table: TABLE, column: 'description', id }),
      reporter_id: incident.reporterId ?? null,
      reporter_name: seal('reporter_name', incident.reporterName),
      verified: incident.verified ? 1 : 0,
      origin: incident.origin ?? 'found',
      matter: incident.matter ?? 'incident',
      cause: null,
      status: incident.status,
      hold: null,
      tier: incident.tier,
      holder_id: incident.holderId ?? null,
      holder_unit: null,
      deadlines: JSON.stringify(incident.deadlines),
      rating: null,
      reported_at: incident.reportedAt,
      message_id: incident.messageId,
      work_class: incident.workClass ?? null,
      clock_from: null,
      jurisdiction: JSON.stringify(incident.jurisdiction),
      steps: '[]',
      next_step_at: incident.nextStepAt ?? null,
      closed_tier: incident.closedTier ?? null,
      merged_into: null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toIncident(db, row)
}

/** By its number; undone ones are found too. */
export async function findIncident(db: StreetDb, no: number): Promise<Incident | undefined> {
  const row = await findNumberedRow(db, TABLE, no)
  return row && toIncident(db, row)
}

export async function findIncidentById(db: StreetDb, id: string): Promise<Incident | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toIncident(db, row)
}

/** In the order of their numbers; `from` and `to` look at the report, `memberIds` at who reported. */
export async function listIncidents(db: StreetDb, filter: IncidentFilter = {}): Promise<Incident[]> {
  if (isEmpty(filter)) return []
  let query = select(db, filter).selectAll().orderBy('id')
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(row => toIncident(db, row))
}

/** How many there are in all, whatever page is asked for. */
export async function countIncidents(db: StreetDb, filter: IncidentFilter = {}): Promise<number> {
  if (isEmpty(filter)) return 0
  const row = await select(db, filter)
    .select(eb => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export type IncidentChange = Partial<
  Pick<
    Incident,
    | 'status'
    | 'tier'
    | 'rating'
    | 'gridId'
    | 'urgent'
    | 'level'
    | 'workClass'
    | 'deadlines'
    | 'jurisdiction'
    | 'steps'
    | 'mergedInto'
  >
> & {
  /** Null takes it out of somebody's hand. */
  holderId?: string | null
  holderUnit?: string | null
  hold?: IncidentHold | null
  clockFrom?: string | null
  nextStepAt?: number | null
  closedTier?: IncidentTier | null
}

/**
 * Moves an incident on from one of the statuses named; of two who act at once the first wins.
 *
 * @param expected the look that time takes at it: nothing is done where somebody moved it meanwhile
 * @returns the incident as it is now, or undefined where it was in none of those statuses any more
 */
export async function moveIncident(
  db: StreetDb,
  id: string,
  from: readonly IncidentStatus[],
  change: IncidentChange,
  expected: { nextStepAt?: number } = {},
): Promise<Incident | undefined> {
  let query = db.sql
    .updateTable(TABLE)
    .set({
      status: change.status,
      tier: change.tier,
      rating: change.rating,
      grid_id: change.gridId,
      urgent: change.urgent === undefined ? undefined : change.urgent ? 1 : 0,
      level: change.level,
      work_class: change.workClass,
      holder_id: change.holderId,
      holder_unit: change.holderUnit,
      hold: toJson(change.hold),
      clock_from: change.clockFrom,
      deadlines: toJson(change.deadlines),
      jurisdiction: toJson(change.jurisdiction),
      steps: toJson(change.steps),
      next_step_at: change.nextStepAt,
      closed_tier: change.closedTier,
      merged_into: change.mergedInto,
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', from)
    .where('voided_at', 'is', null)
  if (expected.nextStepAt !== undefined) query = query.where('next_step_at', '=', expected.nextStepAt)
  const row = await query.returningAll().executeTakeFirst()
  return row && toIncident(db, row)
}

/** Undefined leaves a column as it is, null empties it. */
function toJson(value: object | undefined): string | undefined
function toJson(value: object | null | undefined): string | null | undefined
function toJson(value: unknown): string | null | undefined {
  return value === undefined ? undefined : value === null ? null : JSON.stringify(value)
}

/** Incidents at which time must look by `now`, the longest waiting first. */
export async function listDueIncidents(db: StreetDb, now: number, limit: number): Promise<Incident[]> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('next_step_at', '<=', now)
    .where('voided_at', 'is', null)
    .orderBy('next_step_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => toIncident(db, row))
}

function isEmpty({ memberIds, gridIds, statuses }: IncidentFilter): boolean {
  return memberIds?.length === 0 || gridIds?.length === 0 || statuses?.length === 0
}

function select(db: StreetDb, filter: IncidentFilter) {
  const { statuses, category, urgent, holderId, from, to, memberIds, gridIds, voided } = filter
  let query = db.sql.selectFrom(TABLE).where('subdistrict_id', '=', db.street)
  if (!voided) query = query.where('voided_at', 'is', null)
  if (statuses) query = query.where('status', 'in', statuses)
  if (category !== undefined) query = query.where('category', '=', category)
  if (urgent !== undefined) query = query.where('urgent', '=', urgent ? 1 : 0)
  if (holderId !== undefined) query = query.where('holder_id', '=', holderId)
  if (from !== undefined) query = query.where('reported_at', '>=', from)
  if (to !== undefined) query = query.where('reported_at', '<', to)
  if (memberIds) query = query.where('reporter_id', 'in', memberIds)
  if (gridIds) query = query.where('grid_id', 'in', gridIds)
  return query
}

function toIncident(db: StreetDb, row: Selectable<Schema['incident']>): Incident {
  const { open } = fieldsOf(db, TABLE, row.id)
  return {
    id: row.id,
    no: row.no,
    gridId: row.grid_id ?? undefined,
    category: row.category,
    urgent: row.urgent === 1,
    level: row.level ?? undefined,
    workClass: row.work_class ?? undefined,
    place: open('place', row.place),
    description: db.vault.open(row.description, { table: TABLE, column: 'description', id: row.id }),
    reporterId: row.reporter_id ?? undefined,
    reporterName: open('reporter_name', row.reporter_name),
    verified: row.verified === 1,
    origin: row.origin as IncidentOrigin,
    matter: row.matter as Incident['matter'],
    cause: open('cause', row.cause),
    status: row.status as IncidentStatus,
    hold: row.hold === null ? undefined : (JSON.parse(row.hold) as IncidentHold),
    tier: row.tier,
    holderId: row.holder_id ?? undefined,
    holderUnit: row.holder_unit ?? undefined,
    deadlines: JSON.parse(row.deadlines) as IncidentDeadlines,
    clockFrom: row.clock_from ?? undefined,
    jurisdiction: JSON.parse(row.jurisdiction) as Judged[],
    steps: JSON.parse(row.steps) as TakenStep[],
    nextStepAt: row.next_step_at ?? undefined,
    closedTier: row.closed_tier ?? undefined,
    mergedInto: row.merged_into ?? undefined,
    rating: row.rating ?? undefined,
    reportedAt: row.reported_at,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
