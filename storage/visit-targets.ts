import type { Selectable } from 'kysely'
import type { VisitFrequency } from '../policy/visit-list.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'
import type { Personal } from './vault.ts'

/** Somebody or some place on a list of those to visit. Source: S1-16, S2-24, S4D-36 */
export interface VisitTarget {
  id: string
  /** As the pack or the office calls the list: 低保户. */
  list: string
  /** `低保-03`: how it is named where names must not be. */
  code: string
  name: Personal
  address?: Personal
  /** A local day. */
  bornOn?: Personal
  gridId: string
  /** 责任人; absent: the workers of the grid. */
  memberId?: string
  /** Its own frequency, where it has one. */
  frequency?: VisitFrequency
  /** Local days. `pausedUntil` is the last day of the pause. */
  fromDay: string
  pausedUntil?: string
  closedOn?: string
  closedReason?: string
  voided?: Voided
}

export type NewVisitTarget = Omit<
  VisitTarget,
  'id' | 'code' | 'name' | 'address' | 'bornOn' | 'voided' | 'pausedUntil' | 'closedOn' | 'closedReason'
> & {
  name: string
  address?: string
  bornOn?: string
  /** Absent: the next of the list's codes. */
  code?: string
  /** What the codes of the list begin with: 低保. */
  short: string
  byId?: string
  messageId?: string
}

export interface VisitTargetFilter {
  gridIds?: readonly string[]
  list?: string
  /** Exactly this name. */
  name?: string
  /** Lists those that left their list too. */
  closed?: boolean
}

const TABLE = 'visit_target'

export async function insertVisitTarget(db: StreetDb, target: NewVisitTarget, now: number): Promise<VisitTarget> {
  const id = newId(now)
  const { seal } = fieldsOf(db, TABLE, id)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      list: target.list,
      code: target.code ?? (await nextCode(db, target.short)),
      name: seal('name', target.name)!,
      name_index: indexName(db, target.name),
      address: seal('address', target.address),
      born_on: seal('born_on', target.bornOn),
      grid_id: target.gridId,
      member_id: target.memberId ?? null,
      at_least: target.frequency?.atLeast ?? null,
      per: target.frequency?.per ?? null,
      from_day: target.fromDay,
      paused_until: null,
      closed_on: null,
      closed_reason: null,
      by_id: target.byId ?? null,
      created_at: now,
      message_id: target.messageId ?? null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toVisitTarget(db, row)
}

/** `低保-01`, `低保-02`, …: numbers that a roster gave by itself are passed over. */
async function nextCode(db: StreetDb, short: string): Promise<string> {
  for (;;) {
    const code = `${short}-${String(await nextNumber(db, `visit-target ${short}`)).padStart(2, '0')}`
    if (!(await findVisitTargetByCode(db, code))) return code
  }
}

export async function findVisitTarget(db: StreetDb, id: string): Promise<VisitTarget | undefined> {
  const row = await select(db).where('id', '=', id).executeTakeFirst()
  return row && toVisitTarget(db, row)
}

/** By `低保-03`; zeros before the number do not matter. Closed ones are found too, undone ones not. */
export async function findVisitTargetByCode(db: StreetDb, code: string): Promise<VisitTarget | undefined> {
  const [, short, digits] = /^(.+)-(\d+)$/u.exec(code) ?? []
  const spellings =
    short && digits ? [1, 2, 3, 4].map(width => `${short}-${String(Number(digits)).padStart(width, '0')}`) : []
  const row = await select(db)
    .where('code', 'in', [code, ...spellings])
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return row && toVisitTarget(db, row)
}

/** Those that stand on their list, by code; undone ones never. */
export async function listVisitTargets(db: StreetDb, filter: VisitTargetFilter = {}): Promise<VisitTarget[]> {
  if (filter.gridIds?.length === 0) return []
  let query = select(db).where('voided_at', 'is', null)
  if (filter.gridIds) query = query.where('grid_id', 'in', filter.gridIds)
  if (filter.list !== undefined) query = query.where('list', '=', filter.list)
  if (filter.name !== undefined) query = query.where('name_index', '=', indexName(db, filter.name))
  if (!filter.closed) query = query.where('closed_on', 'is', null)
  const rows = await query.orderBy('code').execute()
  return rows.map(row => toVisitTarget(db, row))
}

/** How many stand on each list in some grids; every list where `gridIds` is absent. No row is opened. */
export async function countVisitTargets(db: StreetDb, gridIds?: readonly string[]): Promise<Map<string, number>> {
  if (gridIds?.length === 0) return new Map()
  let query = db.sql
    .selectFrom(TABLE)
    .select(['list', eb => eb.fn.countAll().as('count')])
    .where('subdistrict_id', '=', db.street)
    .where('voided_at', 'is', null)
    .where('closed_on', 'is', null)
  if (gridIds) query = query.where('grid_id', 'in', gridIds)
  const rows = await query.groupBy('list').orderBy('list').execute()
  return new Map(rows.map(({ list, count }) => [list, Number(count)]))
}

/** What may change of one; an absent key stays, `null` clears. */
export interface VisitTargetChange {
  gridId?: string
  address?: string
  bornOn?: string
  memberId?: string | null
  frequency?: VisitFrequency | null
  pausedUntil?: string | null
  closedOn?: string | null
  closedReason?: string | null
}

export async function updateVisitTarget(db: StreetDb, id: string, change: VisitTargetChange): Promise<VisitTarget> {
  const { seal } = fieldsOf(db, TABLE, id)
  const { address, bornOn, frequency } = change
  const row = await db.sql
    .updateTable(TABLE)
    .set({
      grid_id: change.gridId,
      ...(address !== undefined && { address: seal('address', address) }),
      ...(bornOn !== undefined && { born_on: seal('born_on', bornOn) }),
      ...(frequency !== undefined && { at_least: frequency?.atLeast ?? null, per: frequency?.per ?? null }),
      member_id: change.memberId,
      paused_until: change.pausedUntil,
      closed_on: change.closedOn,
      closed_reason: change.closedReason,
      // An update must set something, whatever the change holds.
      subdistrict_id: db.street,
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toVisitTarget(db, row)
}

function select(db: StreetDb) {
  return db.sql.selectFrom(TABLE).selectAll().where('subdistrict_id', '=', db.street)
}

/** Spaces that only align a list are no part of a name. */
function indexName(db: StreetDb, name: string): string {
  return db.vault.index(name.replace(/\s/g, ''), 'visit-target')
}

function toVisitTarget(db: StreetDb, row: Selectable<Schema['visit_target']>): VisitTarget {
  const { open } = fieldsOf(db, TABLE, row.id)
  return {
    id: row.id,
    list: row.list,
    code: row.code,
    name: open('name', row.name)!,
    address: open('address', row.address),
    bornOn: open('born_on', row.born_on),
    gridId: row.grid_id,
    memberId: row.member_id ?? undefined,
    frequency: row.at_least === null || row.per === null ? undefined : { atLeast: row.at_least, per: row.per },
    fromDay: row.from_day,
    pausedUntil: row.paused_until ?? undefined,
    closedOn: row.closed_on ?? undefined,
    closedReason: row.closed_reason ?? undefined,
    voided: toVoided(row),
  }
}
