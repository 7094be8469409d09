import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** A household of a grid; whether it was visited is counted from the visits, never stored. Source: S3A-09, S3A-09b */
export interface Household {
  id: string
  gridId: string
  /** As it is named where its door must not be: `3-005`. */
  code: string
  /** `3`, `A`; absent where the address tells none. */
  building?: string
  /** The address as somebody wrote it: `3幢2单元501`. */
  door: Personal
  /** 户主. */
  name?: Personal
  /** Row id of the member who keeps in touch with it. */
  memberId?: string
  from: Day
  closed?: { on: Day; reason: 'moved' | 'empty' }
}

/** The same without personal data: what counting needs, quick for a whole street. */
export interface HouseholdKey {
  id: string
  gridId: string
  building?: string
  doorIndex: string
  /** Of the door without its entrance (单元): several households may share it. */
  shortIndex: string
  nameIndex?: string
  memberId?: string
  closedOn?: Day
}

export interface HouseholdFilter {
  gridIds?: readonly string[]
  memberIds?: readonly string[]
  /** Those that can be visited alone. */
  open?: boolean
}

const TABLE = 'household'

/** `doorKey`: one spelling for all ways of writing the address, `shortKey` the same without the entrance. */
export async function insertHousehold(
  db: StreetDb,
  household: Pick<Household, 'gridId' | 'code' | 'building' | 'memberId' | 'from'> & {
    door: string
    doorKey: string
    shortKey: string
    name?: string
  },
  now: number,
): Promise<Household> {
  const id = newId(now)
  const { seal } = fieldsOf(db, TABLE, id)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      grid_id: household.gridId,
      code: household.code,
      building: household.building ?? null,
      door: db.vault.seal(household.door, { table: TABLE, column: 'door', id }),
      door_index: indexDoor(db, household.doorKey),
      short_index: indexDoor(db, household.shortKey),
      name: seal('name', household.name),
      name_index: household.name === undefined ? null : db.vault.index(household.name, 'person'),
      member_id: household.memberId ?? null,
      from_day: household.from,
      closed_on: null,
      closed_reason: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toHousehold(db, row)
}

/** What `HouseholdKey.doorIndex` holds for an address in its one spelling. */
export function indexDoor(db: StreetDb, doorKey: string): string {
  return db.vault.index(doorKey, 'door')
}

/** What `HouseholdKey.nameIndex` holds for a name: the index under which visits keep whom they met. */
export function indexName(db: StreetDb, name: string): string {
  return db.vault.index(name, 'person')
}

/** By their codes, grid by grid. */
export async function listHouseholds(db: StreetDb, filter: HouseholdFilter = {}): Promise<Household[]> {
  if (isEmpty(filter)) return []
  const rows = await select(db, filter).selectAll().orderBy('grid_id').orderBy('code').execute()
  return rows.map(row => toHousehold(db, row))
}

export async function listHouseholdKeys(db: StreetDb, filter: HouseholdFilter = {}): Promise<HouseholdKey[]> {
  if (isEmpty(filter)) return []
  const rows = await select(db, filter)
    .select(['id', 'grid_id', 'building', 'door_index', 'short_index', 'name_index', 'member_id', 'closed_on'])
    .orderBy('code')
    .execute()
  return rows.map(row => ({
    id: row.id,
    gridId: row.grid_id,
    building: row.building ?? undefined,
    doorIndex: row.door_index,
    shortIndex: row.short_index,
    nameIndex: row.name_index ?? undefined,
    memberId: row.member_id ?? undefined,
    closedOn: row.closed_on ?? undefined,
  }))
}

function isEmpty({ gridIds, memberIds }: HouseholdFilter): boolean {
  return gridIds?.length === 0 || memberIds?.length === 0
}

function select(db: StreetDb, { gridIds, memberIds, open }: HouseholdFilter) {
  let query = db.sql.selectFrom(TABLE).where('subdistrict_id', '=', db.street)
  if (gridIds) query = query.where('grid_id', 'in', gridIds)
  if (memberIds) query = query.where('member_id', 'in', memberIds)
  if (open) query = query.where('closed_on', 'is', null)
  return query
}

/** The household behind a door of a grid. */
export async function findHousehold(db: StreetDb, gridId: string, doorKey: string): Promise<Household | undefined> {
  const row = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('grid_id', '=', gridId)
    .where('door_index', '=', indexDoor(db, doorKey))
    .executeTakeFirst()
  return row && toHousehold(db, row)
}

export async function findHouseholdById(db: StreetDb, id: string): Promise<Household | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toHousehold(db, row)
}

/** The next free code of a grid: `3-006`. */
export async function nextHouseholdCode(db: StreetDb, grid: { id: string; no: number }): Promise<string> {
  const rows = await select(db, { gridIds: [grid.id] })
    .select('code')
    .execute()
  const taken = new Set(rows.map(({ code }) => code))
  let number = taken.size + 1
  while (taken.has(spellCode(grid.no, number))) number += 1
  return spellCode(grid.no, number)
}

function spellCode(gridNo: number, number: number): string {
  return `${gridNo}-${String(number).padStart(3, '0')}`
}

/** One that was entered by mistake. */
export async function deleteHousehold(db: StreetDb, id: string): Promise<void> {
  await db.sql.deleteFrom(TABLE).where('subdistrict_id', '=', db.street).where('id', '=', id).execute()
}

/** Nobody to visit there any more, or somebody again (`undefined`). */
export async function closeHousehold(db: StreetDb, id: string, closed: Household['closed']): Promise<void> {
  await db.sql
    .updateTable(TABLE)
    .set({ closed_on: closed?.on ?? null, closed_reason: closed?.reason ?? null })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** Gives households to somebody, or to nobody. */
export async function assignHouseholds(db: StreetDb, ids: readonly string[], memberId: string | null): Promise<void> {
  if (ids.length === 0) return
  await db.sql
    .updateTable(TABLE)
    .set({ member_id: memberId })
    .where('subdistrict_id', '=', db.street)
    .where('id', 'in', ids)
    .execute()
}

function toHousehold(db: StreetDb, row: Selectable<Schema['household']>): Household {
  const { open } = fieldsOf(db, TABLE, row.id)
  return {
    id: row.id,
    gridId: row.grid_id,
    code: row.code,
    building: row.building ?? undefined,
    door: db.vault.open(row.door, { table: TABLE, column: 'door', id: row.id }),
    name: open('name', row.name),
    memberId: row.member_id ?? undefined,
    from: row.from_day,
    closed:
      row.closed_on === null || row.closed_reason === null
        ? undefined
        : { on: row.closed_on, reason: row.closed_reason },
  }
}
