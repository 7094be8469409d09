import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, type RecordFilter, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** Something told with nothing to handle. */
export interface InfoItem {
  id: string
  memberId: string
  gridId?: string
  at: number
  /** Code of the annotation guide: population, housing, … */
  topic: string
  text: Personal
  place?: Personal
  messageId: string
  voided?: Voided
}

export type NewInfoItem = Omit<InfoItem, 'id' | 'text' | 'place' | 'voided'> & { text: string; place?: string }

export interface InfoItemFilter extends RecordFilter {
  topic?: string
}

const TABLE = 'info_item'

/** `now` is the Clock's. */
export async function insertInfoItem(db: StreetDb, item: NewInfoItem, now: number): Promise<InfoItem> {
  const id = newId(now)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      member_id: item.memberId,
      grid_id: item.gridId ?? null,
      at: item.at,
      topic: item.topic,
      text: db.vault.seal(item.text, { table: TABLE, column: 'text', id }),
      place: fieldsOf(db, TABLE, id).seal('place', item.place),
      message_id: item.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toInfoItem(db, row)
}

export async function findInfoItem(db: StreetDb, id: string): Promise<InfoItem | undefined> {
  const row = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toInfoItem(db, row)
}

/** In the order in which they were told. */
export async function listInfoItems(db: StreetDb, filter: InfoItemFilter = {}): Promise<InfoItem[]> {
  if (filter.memberIds?.length === 0 || filter.gridIds?.length === 0) return []
  let query = select(db, filter).selectAll().orderBy('id')
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(row => toInfoItem(db, row))
}

/** How many there are in all, whatever page is asked for. */
export async function countInfoItems(db: StreetDb, filter: InfoItemFilter = {}): Promise<number> {
  if (filter.memberIds?.length === 0 || filter.gridIds?.length === 0) return 0
  const row = await select(db, filter)
    .select(eb => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function select(db: StreetDb, { topic, from, to, memberIds, gridIds, voided }: InfoItemFilter) {
  let query = db.sql.selectFrom(TABLE).where('subdistrict_id', '=', db.street)
  if (!voided) query = query.where('voided_at', 'is', null)
  if (topic !== undefined) query = query.where('topic', '=', topic)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (memberIds) query = query.where('member_id', 'in', memberIds)
  if (gridIds) query = query.where('grid_id', 'in', gridIds)
  return query
}

function toInfoItem(db: StreetDb, row: Selectable<Schema['info_item']>): InfoItem {
  return {
    id: row.id,
    memberId: row.member_id,
    gridId: row.grid_id ?? undefined,
    at: row.at,
    topic: row.topic,
    text: db.vault.open(row.text, { table: TABLE, column: 'text', id: row.id }),
    place: fieldsOf(db, TABLE, row.id).open('place', row.place),
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
