import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** A community that is guided and helped, and why; a list of help, no ranking. Source: S2-51 */
export interface Support {
  id: string
  community: string
  reason: Personal
  /** UTC epoch ms. */
  at: number
  endedAt?: number
}

export async function insertSupport(
  db: StreetDb,
  support: { community: string; reason: string; byId: string; at: number; messageId: string },
): Promise<Support> {
  const id = newId(support.at)
  const row = await db.sql
    .insertInto('support')
    .values({
      id,
      subdistrict_id: db.street,
      community: support.community,
      reason: fieldsOf(db, 'support', id).seal('reason', support.reason)!,
      by_id: support.byId,
      at: support.at,
      ended_at: null,
      message_id: support.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toSupport(db, row)
}

/** Those that go on, oldest first. */
export async function listSupports(db: StreetDb): Promise<Support[]> {
  const rows = await db.sql
    .selectFrom('support')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(row => toSupport(db, row))
}

/** @returns whether it went on until now */
export async function endSupport(db: StreetDb, id: string, at: number): Promise<boolean> {
  const row = await db.sql
    .updateTable('support')
    .set({ ended_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function toSupport(db: StreetDb, row: Selectable<Schema['support']>): Support {
  return {
    id: row.id,
    community: row.community,
    reason: fieldsOf(db, 'support', row.id).open('reason', row.reason)!,
    at: row.at,
    endedAt: row.ended_at ?? undefined,
  }
}
