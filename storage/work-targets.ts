/** What a community is to reach in a year (医保 320 人) and what was done of it, piece by piece. Source: S1-26, S1-22 */
import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export interface WorkTarget {
  id: string
  community: string
  year: number
  name: Personal
  /** Of the name: what is done of a target carries the same. */
  nameIndex: string
  count: number
  at: number
  messageId: string
}

export interface WorkDone {
  id: string
  community: string
  year: number
  nameIndex: string
  count: number
  gridId?: string
  byId: string
  at: number
  messageId: string
}

const TARGETS = 'work_target'
const DONE = 'work_done'
const NAME = 'target'

interface Source {
  byId: string
  at: number
  messageId: string
}

/** The newest of a name counts; those before it stay as they were told. `now` is the Clock's. */
export async function insertTarget(
  db: StreetDb,
  target: Pick<WorkTarget, 'community' | 'year' | 'count'> & Source & { name: string },
  now: number,
): Promise<string> {
  const id = newId(now)
  await db.sql
    .insertInto(TARGETS)
    .values({
      id,
      subdistrict_id: db.street,
      community: target.community,
      year: target.year,
      name: db.vault.seal(target.name, { table: TARGETS, column: 'name', id }),
      name_index: db.vault.index(target.name, NAME),
      count: target.count,
      by_id: target.byId,
      at: target.at,
      message_id: target.messageId,
      voided_at: null,
      voided_by: null,
    })
    .execute()
  return id
}

/** The targets of a year that count: of each community and name the newest that stands. */
export async function listTargets(db: StreetDb, year: number): Promise<WorkTarget[]> {
  const rows = await db.sql
    .selectFrom(TARGETS)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('year', '=', year)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return [...new Map(rows.map(row => [`${row.community} ${row.name_index}`, row])).values()].map(row =>
    toTarget(db, row),
  )
}

/** One that stands. */
export async function findTargetById(db: StreetDb, id: string): Promise<WorkTarget | undefined> {
  const row = await db.sql
    .selectFrom(TARGETS)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return row && toTarget(db, row)
}

function toTarget(db: StreetDb, row: Selectable<Schema['work_target']>): WorkTarget {
  return {
    id: row.id,
    community: row.community,
    year: row.year,
    name: db.vault.open(row.name, { table: TARGETS, column: 'name', id: row.id }),
    nameIndex: row.name_index,
    count: row.count,
    at: row.at,
    messageId: row.message_id,
  }
}

export async function insertDone(db: StreetDb, done: Omit<WorkDone, 'id'>, now: number): Promise<string> {
  const id = newId(now)
  await db.sql
    .insertInto(DONE)
    .values({
      id,
      subdistrict_id: db.street,
      community: done.community,
      year: done.year,
      name_index: done.nameIndex,
      count: done.count,
      grid_id: done.gridId ?? null,
      by_id: done.byId,
      at: done.at,
      message_id: done.messageId,
      voided_at: null,
      voided_by: null,
    })
    .execute()
  return id
}

/** Everything done in a year that stands, oldest first. */
export async function listDone(db: StreetDb, year: number): Promise<WorkDone[]> {
  const rows = await db.sql
    .selectFrom(DONE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('year', '=', year)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toDone)
}

/** One that stands. */
export async function findDoneById(db: StreetDb, id: string): Promise<WorkDone | undefined> {
  const row = await db.sql
    .selectFrom(DONE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return row && toDone(row)
}

function toDone(row: Selectable<Schema['work_done']>): WorkDone {
  return {
    id: row.id,
    community: row.community,
    year: row.year,
    nameIndex: row.name_index,
    count: row.count,
    gridId: row.grid_id ?? undefined,
    byId: row.by_id,
    at: row.at,
    messageId: row.message_id,
  }
}
