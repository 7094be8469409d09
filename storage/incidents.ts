import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, type RecordFilter, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'
import type { Personal } from './vault.ts'

export type IncidentStatus =
  | 'reported'
  | 'accepted'
  | 'dispatched'
  | 'returned'
  | 'resolved'
  | 'rechecked'
  | 'closed'
  | 'merged'
  | 'cancelled'

/** Statuses in which somebody still has to act. */
export const OPEN_STATUSES: readonly IncidentStatus[] = ['reported', 'accepted', 'dispatched', 'returned']

/** One stage's deadline: the day it ends on, with its sum in words. */
export interface IncidentDeadline {
  day: string
  /** 24:00 of that day. */
  at: number
  arithmetic: string
  provisional: boolean
}

export type IncidentDeadlines = Record<'accept' | 'dispatch' | 'resolve', IncidentDeadline | null>

export interface IncidentHold {
  kind: 'extended' | 'paused' | 'hungUp'
  by: string
  until: string
  clause: string
}

/** A problem that somebody must handle. */
export interface Incident {
  id: string
  /** From 1 per street, never reset. */
  no: number
  gridId?: string
  category: string
  urgent: boolean
  level?: 'ordinary' | 'complex' | 'major'
  place?: Personal
  description: Personal
  /** Absent where a resident or an unknown person reported: then `reporterName`. */
  reporterId?: string
  reporterName?: Personal
  /** False where somebody outside the roster reported. */
  verified: boolean
  status: IncidentStatus
  hold?: IncidentHold
  tier: 'grid' | 'community' | 'subdistrict' | 'county'
  /** Who has it in hand: a member, or the office or unit it was dispatched to. */
  holderId?: string
  holderUnit?: string
  deadlines: IncidentDeadlines
  /** 1…5, given by who reported. */
  rating?: number
  reportedAt: number
  messageId: string
  voided?: Voided
}

export type NewIncident = Pick<
  Incident,
  'gridId' | 'category' | 'urgent' | 'reporterId' | 'verified' | 'status' | 'holderId' | 'reportedAt' | 'messageId'
> & { place?: string; description: string; reporterName?: string }

export interface IncidentFilter extends RecordFilter {
  statuses?: readonly IncidentStatus[]
  category?: string
  urgent?: boolean
  holderId?: string
}

export interface IncidentLog {
  id: string
  incidentId: string
  at: number
  /** Member id; absent where somebody outside the roster or the time acted. */
  byId?: string
  /** reported, accept, dispatch, resolve, return, escalate, supervise, rate, note, cancel. */
  action: string
  text: Personal
  messageId?: string
}

const TABLE = 'incident'
const NO_DEADLINES: IncidentDeadlines = { accept: null, dispatch: null, resolve: null }

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
      level: null,
      place: seal('place', incident.place),
      description: db.vault.seal(incident.description, { table: TABLE, column: 'description', id }),
      reporter_id: incident.reporterId ?? null,
      reporter_name: seal('reporter_name', incident.reporterName),
      verified: incident.verified ? 1 : 0,
      status: incident.status,
      hold: null,
      tier: 'grid',
      holder_id: incident.holderId ?? null,
      holder_unit: null,
      deadlines: JSON.stringify(NO_DEADLINES),
      rating: null,
      reported_at: incident.reportedAt,
      message_id: incident.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toIncident(db, row)
}

/** By its number; undone ones are found too. */
export async function findIncident(db: StreetDb, no: number): Promise<Incident | undefined> {
  const row = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('no', '=', no)
    .executeTakeFirst()
  return row && toIncident(db, row)
}

export async function findIncidentById(db: StreetDb, id: string): Promise<Incident | undefined> {
  const row = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .executeTakeFirst()
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

export type IncidentChange = Partial<Pick<Incident, 'status' | 'tier' | 'rating' | 'gridId'>> & {
  /** Null takes it out of somebody's hand. */
  holderId?: string | null
  holderUnit?: string | null
}

/**
 * Moves an incident on from one of the statuses named; of two who act at once the first wins.
 *
 * @returns the incident as it is now, or undefined where it was in none of those statuses any more
 */
export async function moveIncident(
  db: StreetDb,
  id: string,
  from: readonly IncidentStatus[],
  change: IncidentChange,
): Promise<Incident | undefined> {
  const row = await db.sql
    .updateTable(TABLE)
    .set({
      status: change.status,
      tier: change.tier,
      rating: change.rating,
      grid_id: change.gridId,
      holder_id: change.holderId,
      holder_unit: change.holderUnit,
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', from)
    .where('voided_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row && toIncident(db, row)
}

export async function insertIncidentLog(
  db: StreetDb,
  log: Omit<IncidentLog, 'id' | 'text'> & { text: string },
): Promise<void> {
  const id = newId(log.at)
  await db.sql
    .insertInto('incident_log')
    .values({
      id,
      subdistrict_id: db.street,
      incident_id: log.incidentId,
      at: log.at,
      by_id: log.byId ?? null,
      action: log.action,
      text: db.vault.seal(log.text, { table: 'incident_log', column: 'text', id }),
      message_id: log.messageId ?? null,
    })
    .execute()
}

/** What happened to these incidents, oldest first. */
export async function listIncidentLogs(db: StreetDb, incidentIds: readonly string[]): Promise<IncidentLog[]> {
  if (incidentIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('incident_log')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('incident_id', 'in', incidentIds)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    incidentId: row.incident_id,
    at: row.at,
    byId: row.by_id ?? undefined,
    action: row.action,
    text: db.vault.open(row.text, { table: 'incident_log', column: 'text', id: row.id }),
    messageId: row.message_id ?? undefined,
  }))
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
    place: open('place', row.place),
    description: db.vault.open(row.description, { table: TABLE, column: 'description', id: row.id }),
    reporterId: row.reporter_id ?? undefined,
    reporterName: open('reporter_name', row.reporter_name),
    verified: row.verified === 1,
    status: row.status as IncidentStatus,
    hold: row.hold === null ? undefined : (JSON.parse(row.hold) as IncidentHold),
    tier: row.tier,
    holderId: row.holder_id ?? undefined,
    holderUnit: row.holder_unit ?? undefined,
    deadlines: JSON.parse(row.deadlines) as IncidentDeadlines,
    rating: row.rating ?? undefined,
    reportedAt: row.reported_at,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
