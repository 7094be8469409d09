import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** One thing told about a grid: 出租房 12. Source: S0-08 */
export interface GridFact {
  id: string
  gridId: string
  name: string
  /** Absent where it is told in words alone. */
  count?: number
  /** 户, 人, where one was told. */
  unit?: string
  note?: Personal
  /** `doubtful`: it contradicts what was known and waits to be told once more. */
  state: 'stands' | 'doubtful'
  /** When it was told. UTC epoch ms. */
  at: number
  byId: string
  messageId: string
  voided?: Voided
}

export type NewGridFact = Omit<GridFact, 'id' | 'note' | 'voided'> & { note?: string }

const TABLE = 'grid_fact'

/** Keeps what was known before: the newest row that stands counts. `now` is the Clock's. */
export async function saveGridFact(db: StreetDb, fact: NewGridFact, now: number): Promise<GridFact> {
  const id = newId(now)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      grid_id: fact.gridId,
      name: fact.name,
      count: fact.count ?? null,
      unit: fact.unit ?? null,
      note: fieldsOf(db, TABLE, id).seal('note', fact.note),
      state: fact.state,
      at: fact.at,
      by_id: fact.byId,
      message_id: fact.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toGridFact(db, row)
}

/**
 * Moves a known count by `delta` (迁入 2 人), never below zero; what was noted beside it stays.
 * @param base what is known where nobody told a number yet, such as the roster's 常住人口
 * @returns undefined where no total is known: a change alone tells none
 */
export async function adjustGridFact(
  db: StreetDb,
  change: Pick<NewGridFact, 'gridId' | 'name' | 'at' | 'byId' | 'messageId'> & { delta: number; base?: number },
  now: number,
): Promise<GridFact | undefined> {
  const { delta, base, ...told } = change
  const known = await findKnownCount(db, told)
  const before = known?.count ?? base
  if (before === undefined) return undefined
  const count = Math.max(0, before + delta)
  return saveGridFact(db, { ...told, count, unit: known?.unit, note: known?.note?.reveal(), state: 'stands' }, now)
}

/** The newest number of one name that was told of a grid and stands. */
export async function findKnownCount(
  db: StreetDb,
  { gridId, name }: Pick<GridFact, 'gridId' | 'name'>,
): Promise<GridFact | undefined> {
  const told = await listGridFacts(db, [gridId])
  return told.findLast(fact => fact.name === name && fact.state === 'stands' && fact.count !== undefined)
}

/** Everything told about these grids, the oldest first; `currentFacts` picks what counts. */
export async function listGridFacts(db: StreetDb, gridIds: readonly string[]): Promise<GridFact[]> {
  if (gridIds.length === 0) return []
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('grid_id', 'in', gridIds)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(row => toGridFact(db, row))
}

export async function findGridFact(db: StreetDb, id: string): Promise<GridFact | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toGridFact(db, row)
}

/** What counts today of one name, and what contradicts it and was told later. */
export interface KnownFact {
  name: string
  fact?: GridFact
  doubtful?: GridFact
}

/** @param facts of one grid, the oldest first. @returns one entry for each name, in the order in which they were first told */
export function currentFacts(facts: readonly GridFact[]): KnownFact[] {
  const known = new Map<string, KnownFact>()
  for (const fact of facts) {
    const before = known.get(fact.name)
    known.set(
      fact.name,
      fact.state === 'stands' ? { name: fact.name, fact } : { ...before, name: fact.name, doubtful: fact },
    )
  }
  return [...known.values()]
}

function toGridFact(db: StreetDb, row: Selectable<Schema['grid_fact']>): GridFact {
  return {
    id: row.id,
    gridId: row.grid_id,
    name: row.name,
    count: row.count ?? undefined,
    unit: row.unit ?? undefined,
    note: fieldsOf(db, TABLE, row.id).open('note', row.note),
    state: row.state,
    at: row.at,
    byId: row.by_id,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
