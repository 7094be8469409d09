import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'

/** What is not in the one net yet: an estate in no grid (`place`), or a net that an office still runs beside it (`network`). */
export interface GridGap {
  id: string
  no: number
  kind: 'place' | 'network'
  name: string
  at: number
  settledAt?: number
  voided?: Voided
}

export async function insertGridGap(
  db: StreetDb,
  gap: Pick<GridGap, 'kind' | 'name' | 'at'> & { byId: string; messageId: string },
  now: number,
): Promise<GridGap> {
  const row = await db.sql
    .insertInto('grid_gap')
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      no: await nextNumber(db, 'gridGap'),
      kind: gap.kind,
      name: gap.name,
      by_id: gap.byId,
      at: gap.at,
      message_id: gap.messageId,
      settled_at: null,
      settled_by: null,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toGridGap(row)
}

export async function findGridGap(db: StreetDb, id: string): Promise<GridGap | undefined> {
  const row = await findRow(db, 'grid_gap', id)
  return row && toGridGap(row)
}

/** Those that stand and are not settled, oldest first. */
export async function listGridGaps(db: StreetDb): Promise<GridGap[]> {
  const rows = await db.sql
    .selectFrom('grid_gap')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('settled_at', 'is', null)
    .where('voided_at', 'is', null)
    .orderBy('no')
    .execute()
  return rows.map(toGridGap)
}

export async function settleGridGap(db: StreetDb, id: string, { at, by }: Voided): Promise<void> {
  await db.sql
    .updateTable('grid_gap')
    .set({ settled_at: at, settled_by: by })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

export async function voidGridGap(db: StreetDb, id: string, { at, by }: Voided): Promise<void> {
  await db.sql
    .updateTable('grid_gap')
    .set({ voided_at: at, voided_by: by })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

function toGridGap(row: Selectable<Schema['grid_gap']>): GridGap {
  return {
    id: row.id,
    no: row.no,
    kind: row.kind,
    name: row.name,
    at: row.at,
    settledAt: row.settled_at ?? undefined,
    voided: toVoided(row),
  }
}
