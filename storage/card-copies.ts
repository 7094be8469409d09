import type { Selectable } from 'kysely'
import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { OutboxItem } from './outbox.ts'
import type { Schema } from './schema.ts'

const MOST_IN_HAND = 50

/** One reader's copy of a card that can still be changed, once. `usableUntil` by the machine. */
export interface CardCopy {
  id: string
  /** The outbox row it was sent with. */
  cardId: string
  channel: string
  /** `@` and the platform id of whose it is, or the conversation. */
  target: string
  ref: string
  usableUntil: number
  spent: boolean
}

/** Each press hands out a new way to change the copy it was pressed on: the newest counts. */
export async function saveCardCopy(
  db: StreetDb,
  copy: Pick<CardCopy, 'cardId' | 'channel' | 'target' | 'ref' | 'usableUntil'>,
  at: number,
): Promise<string> {
  const { cardId, channel, target, usableUntil } = copy
  const known = await db.sql
    .selectFrom('card_copy')
    .select('id')
    .where('card_id', '=', cardId)
    .where('channel', '=', channel)
    .where('target', '=', target)
    .executeTakeFirst()
  const id = known?.id ?? newId(at)
  const ref = db.vault.seal(copy.ref, { table: 'card_copy', column: 'ref', id })
  const facts = { ref, usable_until: usableUntil, spent_at: null }
  await db.sql
    .insertInto('card_copy')
    .values({ id, subdistrict_id: db.street, card_id: cardId, channel, target, ...facts })
    .onConflict(c => c.column('id').doUpdateSet(facts))
    .execute()
  return id
}

export async function findCardCopy(db: Db, id: string): Promise<CardCopy | undefined> {
  const row = await db.sql.selectFrom('card_copy').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toCardCopy(db, row)
}

/** Written before the platform is asked: whatever happens then, the same way is not tried twice. */
export async function spendCardCopy(db: Db, id: string, machineAt: number): Promise<void> {
  await db.sql.updateTable('card_copy').set({ spent_at: machineAt }).where('id', '=', id).execute()
}

/** The platform surely did not take it: it can be used after all. */
export async function restoreCardCopy(db: Db, id: string): Promise<void> {
  await db.sql.updateTable('card_copy').set({ spent_at: null }).where('id', '=', id).execute()
}

/** The cards in a member's hands that can still be changed, the newest first. */
export async function listCopiesOf(
  db: StreetDb,
  memberId: string,
  machineNow: number,
): Promise<{ copyId: string; cardId: string }[]> {
  const rows = await db.sql
    .selectFrom('card_copy')
    .innerJoin('outbox', 'outbox.id', 'card_copy.card_id')
    .select(['card_copy.id', 'card_copy.card_id'])
    .where('card_copy.subdistrict_id', '=', db.street)
    .where('card_copy.usable_until', '>', machineNow)
    .where('card_copy.spent_at', 'is', null)
    .where('outbox.member_id', '=', memberId)
    .orderBy('card_copy.id', 'desc')
    .limit(MOST_IN_HAND)
    .execute()
  return rows.map(row => ({ copyId: row.id, cardId: row.card_id }))
}

/** The same card in other hands, where it can still be changed: sent about the same thing, under the same word. */
export async function listOtherCopies(
  db: StreetDb,
  card: Pick<OutboxItem, 'id' | 'kind' | 'subject'>,
  machineNow: number,
): Promise<{ copyId: string; to: OutboxItem['to'] }[]> {
  if (!card.subject) return []
  const rows = await db.sql
    .selectFrom('card_copy')
    .innerJoin('outbox', 'outbox.id', 'card_copy.card_id')
    .select(['card_copy.id', 'outbox.to_kind', 'outbox.chat_id', 'outbox.member_id', 'outbox.channel'])
    .select('outbox.platform_id')
    .where('outbox.subdistrict_id', '=', db.street)
    .where('outbox.subject_type', '=', card.subject.type)
    .where('outbox.subject_id', '=', card.subject.id)
    .where('outbox.kind', '=', card.kind)
    .where('outbox.id', '!=', card.id)
    .where('card_copy.spent_at', 'is', null)
    .where('card_copy.usable_until', '>', machineNow)
    .orderBy('card_copy.id')
    .execute()
  return rows.map(row => ({ copyId: row.id, to: recipientOf(row) }))
}

function recipientOf(
  row: Pick<Selectable<Schema['outbox']>, 'to_kind' | 'chat_id' | 'member_id' | 'channel' | 'platform_id'>,
) {
  if (row.to_kind === 'chat') return { kind: 'chat', chatId: row.chat_id! } as const
  if (row.to_kind === 'member') return { kind: 'member', memberId: row.member_id! } as const
  return { kind: 'person', channel: row.channel!, platformId: row.platform_id! } as const
}

function toCardCopy(db: Db, row: Selectable<Schema['card_copy']>): CardCopy {
  return {
    id: row.id,
    cardId: row.card_id,
    channel: row.channel,
    target: row.target,
    ref: db.vault.open(row.ref, { table: 'card_copy', column: 'ref', id: row.id }).reveal(),
    usableUntil: row.usable_until,
    spent: row.spent_at !== null,
  }
}
