import { type Selectable, sql } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, type RecordFilter, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type VisitOutcome = 'notHome' | 'refused' | 'hospital' | 'moved' | 'died'

/** Work done in the grid: somebody seen, or a round walked. */
export interface FieldRecord {
  id: string
  kind: 'visit' | 'patrol'
  memberId: string
  /** Absent where the person serves in no grid. */
  gridId?: string
  /** When it was told. */
  at: number
  /** When it was done, where the person tells an earlier time (补报). */
  claimedAt?: number
  person?: Personal
  place?: Personal
  minutes?: number
  km?: number
  /** How many were called on. */
  households?: number
  findings?: Personal
  messageId: string
  /** What sort of visit it was: 企业, 宣传. */
  visitKind?: string
  /** What was told: 困难, 建议. */
  visitTopic?: string
  /** Which of the document's duties it is. */
  duty?: string
  /** Why nobody was seen: a dated attempt. */
  outcome?: VisitOutcome
  /** How many people something was told to. */
  people?: number
  /** The incident that what was found became. */
  incidentId?: string
  voided?: Voided
}

export type NewFieldRecord = Omit<FieldRecord, 'id' | 'person' | 'place' | 'findings' | 'voided'> & {
  person?: string
  place?: string
  findings?: string
}

export interface FieldRecordFilter extends RecordFilter {
  kind?: 'visit' | 'patrol'
  /** Visits to exactly this person. */
  person?: string
}

const TABLE = 'field_record'

/** `now` is the Clock's. */
export async function insertFieldRecord(db: StreetDb, record: NewFieldRecord, now: number): Promise<FieldRecord> {
  const id = newId(now)
  const { seal } = fieldsOf(db, TABLE, id)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      kind: record.kind,
      member_id: record.memberId,
      grid_id: record.gridId ?? null,
      at: record.at,
      claimed_at: record.claimedAt ?? null,
      person: seal('person', record.person),
      person_index: record.person === undefined ? null : db.vault.index(record.person, 'person'),
      place: seal('place', record.place),
      minutes: record.minutes ?? null,
      km: record.km ?? null,
      households: record.households ?? null,
      findings: seal('findings', record.findings),
      message_id: record.messageId,
      visit_kind: record.visitKind ?? null,
      visit_topic: record.visitTopic ?? null,
      duty: record.duty ?? null,
      outcome: record.outcome ?? null,
      people: record.people ?? null,
      incident_id: record.incidentId ?? null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toFieldRecord(db, row)
}

export async function findFieldRecord(db: StreetDb, id: string): Promise<FieldRecord | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toFieldRecord(db, row)
}

/** In the order in which they were told; `from` and `to` look at when the work was done. */
export async function listFieldRecords(db: StreetDb, filter: FieldRecordFilter = {}): Promise<FieldRecord[]> {
  if (isEmpty(filter)) return []
  let query = select(db, filter).selectAll().orderBy('id')
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(row => toFieldRecord(db, row))
}

/** The visits that somebody's last message about visits brought, or about this person; in the order in which they were told. */
export async function listLastVisits(
  db: StreetDb,
  memberId: string,
  filter: { person?: string; before?: string } = {},
): Promise<FieldRecord[]> {
  let query = select(db, { kind: 'visit', memberIds: [memberId], person: filter.person }).selectAll()
  if (filter.before !== undefined) query = query.where('message_id', '!=', filter.before)
  const last = await query.orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (!last) return []
  if (filter.person !== undefined) return [toFieldRecord(db, last)]
  return listVisitsOfMessage(db, last.message_id)
}

/** The visits that one message told of and that still stand. */
export async function listVisitsOfMessage(db: StreetDb, messageId: string): Promise<FieldRecord[]> {
  const rows = await select(db, { kind: 'visit' })
    .selectAll()
    .where('message_id', '=', messageId)
    .orderBy('id')
    .execute()
  return rows.map(row => toFieldRecord(db, row))
}

/** Ties a visit to the incident that what was found became. */
export async function tieVisitToIncident(db: StreetDb, id: string, incidentId: string): Promise<void> {
  await db.sql
    .updateTable(TABLE)
    .set({ incident_id: incidentId })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** How many there are in all, whatever page is asked for. */
export async function countFieldRecords(db: StreetDb, filter: FieldRecordFilter = {}): Promise<number> {
  if (isEmpty(filter)) return 0
  const row = await select(db, filter)
    .select(eb => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function isEmpty({ memberIds, gridIds }: RecordFilter): boolean {
  return memberIds?.length === 0 || gridIds?.length === 0
}

function select(db: StreetDb, { kind, person, from, to, memberIds, gridIds, voided }: FieldRecordFilter) {
  const doneAt = sql<number>`coalesce(claimed_at, at)`
  let query = db.sql.selectFrom(TABLE).where('subdistrict_id', '=', db.street)
  if (!voided) query = query.where('voided_at', 'is', null)
  if (kind) query = query.where('kind', '=', kind)
  if (person !== undefined) query = query.where('person_index', '=', db.vault.index(person, 'person'))
  // Nothing is told before it is done, so the index on `at` narrows the search from below.
  if (from !== undefined) query = query.where('at', '>=', from).where(doneAt, '>=', from)
  if (to !== undefined) query = query.where(doneAt, '<', to)
  if (memberIds) query = query.where('member_id', 'in', memberIds)
  if (gridIds) query = query.where('grid_id', 'in', gridIds)
  return query
}

function toFieldRecord(db: StreetDb, row: Selectable<Schema['field_record']>): FieldRecord {
  const { open } = fieldsOf(db, TABLE, row.id)
  return {
    id: row.id,
    kind: row.kind,
    memberId: row.member_id,
    gridId: row.grid_id ?? undefined,
    at: row.at,
    claimedAt: row.claimed_at ?? undefined,
    person: open('person', row.person),
    place: open('place', row.place),
    minutes: row.minutes ?? undefined,
    km: row.km ?? undefined,
    households: row.households ?? undefined,
    findings: open('findings', row.findings),
    messageId: row.message_id,
    visitKind: row.visit_kind ?? undefined,
    visitTopic: row.visit_topic ?? undefined,
    duty: row.duty ?? undefined,
    outcome: row.outcome ?? undefined,
    people: row.people ?? undefined,
    incidentId: row.incident_id ?? undefined,
    voided: toVoided(row),
  }
}
