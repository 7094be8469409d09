import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

const TABLE = 'contact_card'

/** One person on the card of a grid. */
export interface CardLine {
  /** As the pack names it. */
  post: string
  name: string
  phone?: string
}

/** Cards of a grid that were given out, printed, or told to be out of date. Source: S3B-02 */
export interface ContactCard {
  id: string
  gridId: string
  /** How many were given out; 0 where they were only printed, or a change was told. */
  issued: number
  at: number
  isVoided: boolean
}

/** `content` is what stood on the card then; without `byId` time noted it. */
export async function insertContactCard(
  db: StreetDb,
  card: Pick<ContactCard, 'gridId' | 'issued' | 'at'> & {
    content: readonly CardLine[]
    byId?: string
    messageId?: string
  },
): Promise<ContactCard> {
  const id = newId(card.at)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      grid_id: card.gridId,
      issued: card.issued,
      content: fieldsOf(db, TABLE, id).seal('content', JSON.stringify(card.content))!,
      by_id: card.byId ?? null,
      at: card.at,
      message_id: card.messageId ?? null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCard(row)
}

export async function findContactCard(db: StreetDb, id: string): Promise<ContactCard | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toCard(row)
}

/** What stood on the newest card of a grid; undefined where none was ever made. */
export async function findLastCard(db: StreetDb, gridId: string): Promise<CardLine[] | undefined> {
  const row = await db.sql
    .selectFrom(TABLE)
    .select(['id', 'content'])
    .where('subdistrict_id', '=', db.street)
    .where('grid_id', '=', gridId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const content: Personal = fieldsOf(db, TABLE, row.id).open('content', row.content)!
  return JSON.parse(content.reveal()) as CardLine[]
}

/** How many cards of a grid were given out in all. */
export async function countIssued(db: StreetDb, gridId: string): Promise<number> {
  const row = await db.sql
    .selectFrom(TABLE)
    .select(eb => eb.fn.sum('issued').as('issued'))
    .where('subdistrict_id', '=', db.street)
    .where('grid_id', '=', gridId)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.issued ?? 0)
}

function toCard(row: Selectable<Schema['contact_card']>): ContactCard {
  return { id: row.id, gridId: row.grid_id, issued: row.issued, at: row.at, isVoided: row.voided_at !== null }
}
