import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { EndedRole } from './leavers.ts'
import type { NoticeReceiver } from './notice-receivers.ts'
import { noWork, type OpenWork } from './open-work.ts'
import { findRow } from './records.ts'
import type { Schema } from './schema.ts'

/** Somebody leaves a post and somebody else takes over what is open. Instants are UTC epoch ms, days local. */
export interface HandOver {
  id: string
  memberId: string
  /** Absent where the leader was only asked who it is to be. */
  takerId?: string
  /** The first day on which the taker has it. */
  fromDay: Day
  status: Schema['hand_over']['status']
  /** The roles that ended, as they were; the new roles of the taker. */
  ended: EndedRole[]
  given: string[]
  /** The rows that changed hands. */
  moved: OpenWork
  /** Receipts that nobody owes any more, since the taker owes the same notice. */
  doubles: NoticeReceiver[]
  /** Who has the leave to decide instead of the taker. */
  approverId?: string
  /** Absent where time asked. */
  byId?: string
  at: number
}

export type NewHandOver = Pick<
  HandOver,
  'memberId' | 'takerId' | 'fromDay' | 'status' | 'ended' | 'given' | 'byId' | 'at'
> & { messageId?: string }

/** What came of it on the day. */
export type Outcome = Pick<HandOver, 'moved' | 'doubles' | 'approverId'>

function toJson({ moved, doubles, approverId }: Outcome): string {
  return JSON.stringify({ moved, doubles, approverId } satisfies Outcome)
}

export async function insertHandOver(db: StreetDb, handOver: NewHandOver): Promise<HandOver> {
  const row = await db.sql
    .insertInto('hand_over')
    .values({
      id: newId(handOver.at),
      subdistrict_id: db.street,
      member_id: handOver.memberId,
      taker_id: handOver.takerId ?? null,
      from_day: handOver.fromDay,
      status: handOver.status,
      roles: JSON.stringify({ ended: handOver.ended, given: handOver.given }),
      moved: null,
      by_id: handOver.byId ?? null,
      at: handOver.at,
      done_at: null,
      message_id: handOver.messageId ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toHandOver(row)
}

/**
 * Moves a hand-over on from `planned` or `done`.
 *
 * @returns false where it was cancelled already
 */
export async function settleHandOver(
  db: StreetDb,
  id: string,
  outcome: { at: number } & ({ status: 'cancelled' } | ({ status: 'done' } & Outcome)),
): Promise<boolean> {
  const row = await db.sql
    .updateTable('hand_over')
    .set({
      status: outcome.status,
      done_at: outcome.at,
      ...(outcome.status === 'done' && { moved: toJson(outcome) }),
    })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', 'in', ['planned', 'done'])
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function findHandOver(db: StreetDb, id: string): Promise<HandOver | undefined> {
  const row = await findRow(db, 'hand_over', id)
  return row && toHandOver(row)
}

/** Everything that somebody handed over, or was asked to, and that stands; oldest first. */
export async function listHandOvers(db: StreetDb, memberId: string): Promise<HandOver[]> {
  const rows = await db.sql
    .selectFrom('hand_over')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('member_id', '=', memberId)
    .where('status', '!=', 'cancelled')
    .orderBy('id')
    .execute()
  return rows.map(toHandOver)
}

function toHandOver(row: Selectable<Schema['hand_over']>): HandOver {
  const { ended, given } = JSON.parse(row.roles) as Pick<HandOver, 'ended' | 'given'>
  const outcome = row.moved === null ? undefined : (JSON.parse(row.moved) as Outcome)
  return {
    id: row.id,
    memberId: row.member_id,
    takerId: row.taker_id ?? undefined,
    fromDay: row.from_day,
    status: row.status,
    ended,
    given,
    moved: outcome?.moved ?? noWork(),
    doubles: outcome?.doubles ?? [],
    approverId: outcome?.approverId,
    byId: row.by_id ?? undefined,
    at: row.at,
  }
}
