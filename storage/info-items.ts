import type { Selectable } from 'kysely'
import type { GrowthKind } from '../policy/information.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findNumberedRow, findRow, type RecordFilter, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'
import type { Personal } from './vault.ts'

/** Something told with nothing to handle. */
export interface InfoItem {
  id: string
  /** From 1 per street, never reset. */
  no: number
  memberId: string
  gridId?: string
  at: number
  /** Code of the annotation guide: population, housing, … */
  topic: string
  /** As the pack of its day lists them: 人, 地, 物, 事, 组织; absent where it lists none. */
  kind?: string
  text: Personal
  place?: Personal
  messageId: string
  /** Row id of the item that said the same before: this one is kept and not counted. */
  repeatOf?: string
  /** The number in the ledger of 社情民意, from 1 per street. */
  opinionNo?: number
  /** Row id of the incident that was made of it. */
  incidentId?: string
  /** A figure that must reach the pack's threshold; `amount` in yuan. */
  growth?: GrowthKind
  amount?: number
  voided?: Voided
}

export type NewInfoItem = Omit<InfoItem, 'id' | 'no' | 'text' | 'place' | 'voided' | 'opinionNo'> & {
  text: string
  place?: string
}

export interface InfoItemFilter extends RecordFilter {
  topic?: string
  /** Those alone that repeat nothing. */
  counted?: true
}

/** The topic whose items stand in the ledger of 社情民意, with a number of their own. Source: S0-09 */
export const OPINION = 'publicOpinion'

const TABLE = 'info_item'

/** Gives it the street's next number. `now` is the Clock's. */
export async function insertInfoItem(db: StreetDb, item: NewInfoItem, now: number): Promise<InfoItem> {
  const id = newId(now)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      no: await nextNumber(db, 'infoItem'),
      member_id: item.memberId,
      grid_id: item.gridId ?? null,
      at: item.at,
      topic: item.topic,
      kind: item.kind ?? null,
      text: db.vault.seal(item.text, { table: TABLE, column: 'text', id }),
      place: fieldsOf(db, TABLE, id).seal('place', item.place),
      message_id: item.messageId,
      repeat_of: item.repeatOf ?? null,
      opinion_no: item.topic === OPINION ? await nextNumber(db, 'opinion') : null,
      incident_id: item.incidentId ?? null,
      growth: item.growth ?? null,
      amount: item.amount ?? null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toInfoItem(db, row)
}

export async function findInfoItem(db: StreetDb, id: string): Promise<InfoItem | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toInfoItem(db, row)
}

/** By its number in the street. */
export async function findInfoItemNumbered(db: StreetDb, no: number): Promise<InfoItem | undefined> {
  const row = await findNumberedRow(db, TABLE, no)
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

/** What repeated one item repeats the other, which took its place. */
export async function passRepeats(db: StreetDb, from: string, to: string): Promise<void> {
  await db.sql
    .updateTable(TABLE)
    .set({ repeat_of: to })
    .where('subdistrict_id', '=', db.street)
    .where('repeat_of', '=', from)
    .execute()
}

/** Of an item that counts no more, the first that repeated it takes its place, and the others repeat that one. */
export async function releaseRepeats(db: StreetDb, id: string): Promise<void> {
  const repeats = db.sql
    .selectFrom(TABLE)
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('repeat_of', '=', id)
    .where('voided_at', 'is', null)
    .orderBy('id')
  const heir = await repeats.executeTakeFirst()
  if (!heir) return
  await markRepeat(db, heir.id, undefined)
  await passRepeats(db, id, heir.id)
}

/** @param repeatOf row id of what it repeats; undefined where it counts by itself */
export async function markRepeat(db: StreetDb, id: string, repeatOf: string | undefined): Promise<void> {
  await update(db, id, { repeat_of: repeatOf ?? null })
}

/** What became of it. */
export async function linkIncident(db: StreetDb, id: string, incidentId: string): Promise<void> {
  await update(db, id, { incident_id: incidentId })
}

/** The incident was taken back: what it was made of is as before. */
export async function unlinkIncident(db: StreetDb, incidentId: string): Promise<void> {
  await db.sql
    .updateTable(TABLE)
    .set({ incident_id: null })
    .where('subdistrict_id', '=', db.street)
    .where('incident_id', '=', incidentId)
    .execute()
}

async function update(
  db: StreetDb,
  id: string,
  values: Partial<Pick<Schema['info_item'], 'repeat_of' | 'incident_id'>>,
): Promise<void> {
  await db.sql.updateTable(TABLE).set(values).where('subdistrict_id', '=', db.street).where('id', '=', id).execute()
}

function select(db: StreetDb, { topic, counted, from, to, memberIds, gridIds, voided }: InfoItemFilter) {
  let query = db.sql.selectFrom(TABLE).where('subdistrict_id', '=', db.street)
  if (!voided) query = query.where('voided_at', 'is', null)
  if (topic !== undefined) query = query.where('topic', '=', topic)
  if (counted) query = query.where('repeat_of', 'is', null)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (memberIds) query = query.where('member_id', 'in', memberIds)
  if (gridIds) query = query.where('grid_id', 'in', gridIds)
  return query
}

function toInfoItem(db: StreetDb, row: Selectable<Schema['info_item']>): InfoItem {
  return {
    id: row.id,
    no: row.no,
    memberId: row.member_id,
    gridId: row.grid_id ?? undefined,
    at: row.at,
    topic: row.topic,
    kind: row.kind ?? undefined,
    text: db.vault.open(row.text, { table: TABLE, column: 'text', id: row.id }),
    place: fieldsOf(db, TABLE, row.id).open('place', row.place),
    messageId: row.message_id,
    repeatOf: row.repeat_of ?? undefined,
    opinionNo: row.opinion_no ?? undefined,
    incidentId: row.incident_id ?? undefined,
    growth: row.growth ?? undefined,
    amount: row.amount ?? undefined,
    voided: toVoided(row),
  }
}
