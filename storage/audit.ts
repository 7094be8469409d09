import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'

export interface AuditEntry {
  at: number
  /** Member id, or `job:NAME`, `import`, `cli`, `stranger`. */
  by: string
  /** A verb of the program: created, voided, approved, … */
  action: string
  subject: { type: string; id: string }
  messageId?: string
  /** What changed; may hold personal data, so it is sealed. */
  detail?: unknown
}

/** Writes the change down in the transaction that makes it. The sealer gives it its place in the chain soon after. */
export async function recordAudit(db: StreetDb, entry: AuditEntry): Promise<void> {
  const id = newId(entry.at)
  await db.sql
    .insertInto('audit')
    .values({
      id,
      subdistrict_id: db.street,
      at: entry.at,
      by: entry.by,
      action: entry.action,
      subject_type: entry.subject.type,
      subject_id: entry.subject.id,
      message_id: entry.messageId ?? null,
      detail:
        entry.detail === undefined
          ? null
          : db.vault.seal(JSON.stringify(entry.detail), { table: 'audit', column: 'detail', id }),
      seq: null,
      hash: null,
    })
    .execute()
}

export const SEALED_AT_ONCE = 500
const GENESIS = '0'.repeat(64)

/**
 * Gives unsealed rows of one street their number and hash, in the order of their ids. One sealer per street at a time (leased),
 * since a chain inside the message's own transaction would make a cluster commit one by one.
 * @returns how many rows were sealed
 */
export async function sealAudit(db: StreetDb): Promise<number> {
  const last = await db.sql
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .where('subdistrict_id', '=', db.street)
    .where('seq', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const rows = await db.sql
    .selectFrom('audit')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('seq', 'is', null)
    .orderBy('id')
    .limit(SEALED_AT_ONCE)
    .execute()
  let seq = last?.seq ?? 0
  let hash = last?.hash ?? GENESIS
  for (const row of rows) {
    seq += 1
    hash = chainHash(hash, seq, row)
    await db.sql.updateTable('audit').set({ seq, hash }).where('id', '=', row.id).execute()
  }
  return rows.length
}

export interface ChainReport {
  sealed: number
  unsealed: number
  /** The number at which the chain breaks first: a row was changed, removed or put in between. */
  brokenAt?: number
  /** Number and hash of the newest link: kept elsewhere, it proves later that the tail was not cut off. */
  head?: { seq: number; hash: string }
}

export async function verifyAudit(db: StreetDb): Promise<ChainReport> {
  let hash = GENESIS
  let seq = 0
  for (;;) {
    const rows = await db.sql
      .selectFrom('audit')
      .selectAll()
      .where('subdistrict_id', '=', db.street)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(1_000)
      .execute()
    for (const row of rows) {
      if (row.seq !== seq + 1 || chainHash(hash, row.seq, row) !== row.hash) {
        return { sealed: seq, unsealed: await countUnsealed(db), brokenAt: seq + 1 }
      }
      seq = row.seq
      hash = row.hash
    }
    if (rows.length === 0) break
  }
  return { sealed: seq, unsealed: await countUnsealed(db), head: seq > 0 ? { seq, hash } : undefined }
}

/** The hash of one link: a head noted down earlier must still be there. */
export async function findAuditHash(db: StreetDb, seq: number): Promise<string | undefined> {
  const row = await db.sql
    .selectFrom('audit')
    .select('hash')
    .where('subdistrict_id', '=', db.street)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.hash ?? undefined
}

async function countUnsealed(db: StreetDb): Promise<number> {
  const row = await db.sql
    .selectFrom('audit')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('subdistrict_id', '=', db.street)
    .where('seq', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function chainHash(previous: string, seq: number, row: Selectable<Schema['audit']>): string {
  const fields = [seq, row.id, row.subdistrict_id, row.at, row.by, row.action, row.subject_type, row.subject_id]
  return createHash('sha256')
    .update(JSON.stringify([previous, ...fields, row.message_id, row.detail]))
    .digest('hex')
}

/** The records a message made, in the order they were made: each is where its audit says `created`. */
export async function listRecordsOfMessage(db: StreetDb, messageId: string): Promise<{ type: string; id: string }[]> {
  const rows = await db.sql
    .selectFrom('audit')
    .select(['subject_type', 'subject_id'])
    .where('subdistrict_id', '=', db.street)
    .where('message_id', '=', messageId)
    .where('action', '=', 'created')
    .orderBy('id')
    .execute()
  return rows.map(row => ({ type: row.subject_type, id: row.subject_id }))
}

/** One change as it was written down, without its sealed detail. */
export interface AuditLine {
  id: string
  at: number
  by: string
  action: string
  subject: { type: string; id: string }
  messageId?: string
}

/** Changes after a known one, oldest first; without one, the newest `limit`, oldest first. */
export async function listAuditLines(
  db: StreetDb,
  { afterId, limit }: { afterId?: string; limit: number },
): Promise<AuditLine[]> {
  let query = db.sql
    .selectFrom('audit')
    .select(['id', 'at', 'by', 'action', 'subject_type', 'subject_id', 'message_id'])
    .where('subdistrict_id', '=', db.street)
    .orderBy('id', afterId === undefined ? 'desc' : 'asc')
    .limit(limit)
  if (afterId !== undefined) query = query.where('id', '>', afterId)
  const rows = await query.execute()
  const lines = rows.map(row => ({
    id: row.id,
    at: row.at,
    by: row.by,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    messageId: row.message_id ?? undefined,
  }))
  return afterId === undefined ? lines.reverse() : lines
}

export interface AuditRow extends AuditEntry {
  id: string
  /** Place and hash in the chain; absent until the sealer came by. */
  seq?: number
  hash?: string
}

/** Narrows the trail; `to` is not included. */
export interface AuditFilter {
  type?: string
  subjectId?: string
  from?: number
  to?: number
  /** Ids sort by birth: a page begins after this one. */
  afterId?: string
  limit?: number
}

/** The trail, oldest first. */
export async function listAudit(db: StreetDb, filter: AuditFilter): Promise<AuditRow[]> {
  let query = selectAudit(db, filter).selectAll().orderBy('id')
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(row => toAuditRow(db, row))
}

export async function countAudit(db: StreetDb, filter: AuditFilter): Promise<number> {
  const row = await selectAudit(db, filter)
    .select(eb => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function selectAudit(db: StreetDb, { type, subjectId, from, to }: AuditFilter) {
  let query = db.sql.selectFrom('audit').where('subdistrict_id', '=', db.street)
  if (type !== undefined) query = query.where('subject_type', '=', type)
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  return query
}

function toAuditRow(db: StreetDb, row: Selectable<Schema['audit']>): AuditRow {
  const place = { table: 'audit', column: 'detail', id: row.id }
  return {
    id: row.id,
    at: row.at,
    by: row.by,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    messageId: row.message_id ?? undefined,
    detail: row.detail === null ? undefined : JSON.parse(db.vault.open(row.detail, place).reveal()),
    seq: row.seq ?? undefined,
    hash: row.hash ?? undefined,
  }
}
