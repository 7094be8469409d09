import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** One clocking on or off. `day` is the local day it counts for; `at` the instant it tells. */
export interface CheckInRecord {
  id: string
  memberId: string
  day: string
  kind: 'on' | 'off'
  at: number
  result: 'onTime' | 'late' | 'early' | 'makeup'
  source: 'chat' | 'h5' | 'dingtalk' | 'wecom'
  place?: Personal
  /** Metres from the place of work, where both are known. */
  distanceM?: number
  messageId: string
  voided?: Voided
}

export type NewCheckIn = Omit<CheckInRecord, 'id' | 'place' | 'voided'> & { place?: string }

/** Days are local and both included. */
export interface CheckInFilter {
  from?: string
  to?: string
  memberIds?: readonly string[]
  voided?: boolean
  afterId?: string
  limit?: number
}

/** `now` is the Clock's: the id is born then, also where a make-up tells an earlier instant. */
export async function insertCheckIn(db: StreetDb, checkIn: NewCheckIn, now: number): Promise<CheckInRecord> {
  const id = newId(now)
  const row = await db.sql
    .insertInto('check_in')
    .values({
      id,
      subdistrict_id: db.street,
      member_id: checkIn.memberId,
      day: checkIn.day,
      kind: checkIn.kind,
      at: checkIn.at,
      result: checkIn.result,
      source: checkIn.source,
      place: fieldsOf(db, 'check_in', id).seal('place', checkIn.place),
      distance_m: checkIn.distanceM ?? null,
      message_id: checkIn.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCheckIn(db, row)
}

export async function findCheckIn(db: StreetDb, id: string): Promise<CheckInRecord | undefined> {
  const row = await findRow(db, 'check_in', id)
  return row && toCheckIn(db, row)
}

/** In the order in which they were recorded. */
export async function listCheckIns(db: StreetDb, filter: CheckInFilter = {}): Promise<CheckInRecord[]> {
  if (filter.memberIds?.length === 0) return []
  let query = select(db, filter).selectAll().orderBy('id')
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(row => toCheckIn(db, row))
}

/** How many there are in all, whatever page is asked for. */
export async function countCheckIns(db: StreetDb, filter: CheckInFilter = {}): Promise<number> {
  if (filter.memberIds?.length === 0) return 0
  const row = await select(db, filter)
    .select(eb => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function select(db: StreetDb, { from, to, memberIds, voided }: CheckInFilter) {
  let query = db.sql.selectFrom('check_in').where('subdistrict_id', '=', db.street)
  if (!voided) query = query.where('voided_at', 'is', null)
  if (from !== undefined) query = query.where('day', '>=', from)
  if (to !== undefined) query = query.where('day', '<=', to)
  if (memberIds) query = query.where('member_id', 'in', memberIds)
  return query
}

function toCheckIn(db: StreetDb, row: Selectable<Schema['check_in']>): CheckInRecord {
  return {
    id: row.id,
    memberId: row.member_id,
    day: row.day,
    kind: row.kind,
    at: row.at,
    result: row.result,
    source: row.source,
    place: fieldsOf(db, 'check_in', row.id).open('place', row.place),
    distanceM: row.distance_m ?? undefined,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
