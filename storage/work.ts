import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'

/** Something that needs the network and is done after the commit, with retries: fetching a photo, asking a completion endpoint. */
export interface Work {
  id: string
  street: string
  kind: string
  payload: unknown
  attempts: number
  messageId?: string
}

export async function insertWork(
  db: StreetDb,
  work: { kind: string; payload: unknown; messageId?: string; at: number; notBefore?: number },
): Promise<void> {
  const id = newId(work.at)
  await db.sql
    .insertInto('work')
    .values({
      id,
      subdistrict_id: db.street,
      kind: work.kind,
      payload: db.vault.seal(JSON.stringify(work.payload), { table: 'work', column: 'payload', id }),
      state: 'pending',
      attempts: 0,
      not_before: work.notBefore ?? work.at,
      lease_until: null,
      error: null,
      message_id: work.messageId ?? null,
      at: work.at,
    })
    .execute()
}

/** Whether work of a kind still waits, of the whole street. */
export async function isWorkPending(db: StreetDb, kind: string): Promise<boolean> {
  const row = await db.sql
    .selectFrom('work')
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('kind', '=', kind)
    .where('state', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Hands out what is due by the Clock, oldest first, on a lease in machine time: a process that dies gives it back. */
export async function claimWork(
  db: Db,
  { now, machineNow, leaseMs, limit }: { now: number; machineNow: number; leaseMs: number; limit: number },
): Promise<Work[]> {
  let due = db.sql
    .selectFrom('work')
    .select('id')
    .where('state', '=', 'pending')
    .where('not_before', '<=', now)
    .where(eb => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', machineNow)]))
    .orderBy('not_before')
    .orderBy('id')
    .limit(limit)
  if (db.dialect === 'postgres') due = due.forUpdate().skipLocked()
  const rows = await db.sql
    .updateTable('work')
    .set({ lease_until: machineNow + leaseMs })
    .where('id', 'in', due)
    .returningAll()
    .execute()
  return rows.map(row => ({
    id: row.id,
    street: row.subdistrict_id,
    kind: row.kind,
    payload: JSON.parse(db.vault.open(row.payload, { table: 'work', column: 'payload', id: row.id }).reveal()),
    attempts: row.attempts,
    messageId: row.message_id ?? undefined,
  }))
}

export async function finishWork(
  db: Db,
  id: string,
  outcome:
    | { state: 'done' }
    | { state: 'dead'; error: string }
    | { state: 'pending'; error: string; notBefore: number },
): Promise<void> {
  await db.sql
    .updateTable('work')
    .set(eb => ({
      state: outcome.state,
      attempts: eb('attempts', '+', 1),
      lease_until: null,
      error: outcome.state === 'done' ? null : outcome.error,
      ...(outcome.state === 'pending' ? { not_before: outcome.notBefore } : {}),
    }))
    .where('id', '=', id)
    .execute()
}
