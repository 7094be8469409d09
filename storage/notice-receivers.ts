import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** Somebody who owes an acknowledgement and the task's completion; one row per notice and person. */
export interface NoticeReceiver {
  id: string
  noticeId: string
  memberId: string
  gridId: string
  /** An extension that was granted: a later local day or time than the notice's own. */
  due?: string
  acknowledgedAt?: number
  doneAt?: number
  /** The message that acknowledged it. */
  messageId?: string
}

/** Who serves in two target grids receives once, in the first of them. */
export async function insertReceivers(
  db: StreetDb,
  noticeId: string,
  receivers: readonly { memberId: string; gridId: string }[],
  at: number,
): Promise<void> {
  for (const { memberId, gridId } of receivers) {
    await db.sql
      .insertInto('notice_receiver')
      .values({
        id: newId(at),
        subdistrict_id: db.street,
        notice_id: noticeId,
        member_id: memberId,
        grid_id: gridId,
        due: null,
        acknowledged_at: null,
        done_at: null,
        message_id: null,
      })
      .onConflict(c => c.columns(['notice_id', 'member_id']).doNothing())
      .execute()
  }
}

export async function listReceivers(db: StreetDb, noticeIds: readonly string[]): Promise<NoticeReceiver[]> {
  if (noticeIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('notice_receiver')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('notice_id', 'in', noticeIds)
    .orderBy('id')
    .execute()
  return rows.map(rowToReceiver)
}

/** What a person still owes under an open notice, and the newest `newest` whatever became of them; the newest notice first. */
export async function listReceiptsOf(db: StreetDb, memberId: string, newest: number): Promise<NoticeReceiver[]> {
  const own = db.sql
    .selectFrom('notice_receiver')
    .selectAll('notice_receiver')
    .where('notice_receiver.subdistrict_id', '=', db.street)
    .where('notice_receiver.member_id', '=', memberId)
    .orderBy('notice_receiver.id', 'desc')
  const owed = await own
    .innerJoin('notice', 'notice.id', 'notice_receiver.notice_id')
    .where('notice.status', '=', 'broadcast')
    .where(eb => eb.or([eb('notice_receiver.done_at', 'is', null), eb('notice_receiver.acknowledged_at', 'is', null)]))
    .execute()
  const latest = await own.limit(newest).execute()
  const byId = new Map([...owed, ...latest].map(row => [row.id, rowToReceiver(row)]))
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** One person's row of one notice, however long ago it was sent. */
export async function findReceiptOf(
  db: StreetDb,
  { noticeId, memberId }: { noticeId: string; memberId: string },
): Promise<NoticeReceiver | undefined> {
  const row = await db.sql
    .selectFrom('notice_receiver')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('notice_id', '=', noticeId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row && rowToReceiver(row)
}

/** What was addressed to one person, or to anybody for one grid, and was open at `since` or later (UTC epoch ms); the oldest first. */
export async function listReceipts(
  db: StreetDb,
  whose: { memberId: string } | { gridId: string },
  since: number,
): Promise<NoticeReceiver[]> {
  const rows = await db.sql
    .selectFrom('notice_receiver')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('memberId' in whose ? 'member_id' : 'grid_id', '=', 'memberId' in whose ? whose.memberId : whose.gridId)
    .where(eb => eb.or([eb('done_at', 'is', null), eb('done_at', '>=', since), eb('acknowledged_at', '>=', since)]))
    .orderBy('id')
    .execute()
  return rows.map(rowToReceiver)
}

export async function findReceipt(db: StreetDb, id: string): Promise<NoticeReceiver | undefined> {
  const row = await findRow(db, 'notice_receiver', id)
  return row && rowToReceiver(row)
}

/** Nobody owes these any more: somebody left, and who took over owes the same notice already. @returns what stood there */
export async function removeReceipts(db: StreetDb, ids: readonly string[]): Promise<NoticeReceiver[]> {
  if (ids.length === 0) return []
  const rows = await db.sql
    .deleteFrom('notice_receiver')
    .where('subdistrict_id', '=', db.street)
    .where('id', 'in', ids)
    .returningAll()
    .execute()
  return rows.map(rowToReceiver)
}

/** Owed again, as they were. */
export async function restoreReceipts(db: StreetDb, receipts: readonly NoticeReceiver[]): Promise<void> {
  for (const receipt of receipts) {
    await db.sql
      .insertInto('notice_receiver')
      .values({
        id: receipt.id,
        subdistrict_id: db.street,
        notice_id: receipt.noticeId,
        member_id: receipt.memberId,
        grid_id: receipt.gridId,
        due: receipt.due ?? null,
        acknowledged_at: receipt.acknowledgedAt ?? null,
        done_at: receipt.doneAt ?? null,
        message_id: receipt.messageId ?? null,
      })
      .onConflict(c => c.columns(['notice_id', 'member_id']).doNothing())
      .execute()
  }
}

/** Taken back by who gave it. */
export async function clearReceipt(db: StreetDb, id: string): Promise<void> {
  await db.sql
    .updateTable('notice_receiver')
    .set({ acknowledged_at: null, message_id: null })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** The first acknowledgement counts. */
export async function acknowledgeReceipt(
  db: StreetDb,
  id: string,
  { at, messageId }: { at: number; messageId: string },
): Promise<void> {
  await db.sql
    .updateTable('notice_receiver')
    .set({ acknowledged_at: at, message_id: messageId })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .execute()
}

/** `doneAt` undefined takes an earlier completion back. */
export async function markReceiptDone(db: StreetDb, id: string, doneAt: number | undefined): Promise<void> {
  await db.sql
    .updateTable('notice_receiver')
    .set({ done_at: doneAt ?? null })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** An extension for everybody in one grid who has not finished. `due` is a local day or time. */
export async function extendReceipts(
  db: StreetDb,
  { noticeId, gridId, due }: { noticeId: string; gridId: string; due: string },
): Promise<void> {
  await db.sql
    .updateTable('notice_receiver')
    .set({ due })
    .where('subdistrict_id', '=', db.street)
    .where('notice_id', '=', noticeId)
    .where('grid_id', '=', gridId)
    .where('done_at', 'is', null)
    .execute()
}

/** How far somebody told to be; later rows do not replace earlier ones. */
export interface NoticeProgress {
  id: string
  noticeId: string
  memberId: string
  at: number
  count?: number
  /** How many are left. */
  remaining?: number
  done?: boolean
  text: Personal
  messageId: string
}

export async function insertProgress(
  db: StreetDb,
  progress: Omit<NoticeProgress, 'id' | 'text'> & { text: string },
): Promise<string> {
  const id = newId(progress.at)
  await db.sql
    .insertInto('notice_progress')
    .values({
      id,
      subdistrict_id: db.street,
      notice_id: progress.noticeId,
      member_id: progress.memberId,
      at: progress.at,
      count: progress.count ?? null,
      remaining: progress.remaining ?? null,
      done: progress.done === undefined ? null : progress.done ? 1 : 0,
      text: db.vault.seal(progress.text, placeOfText(id)),
      message_id: progress.messageId,
    })
    .execute()
  return id
}

/** Oldest first. */
export async function listProgress(db: StreetDb, noticeIds: readonly string[]): Promise<NoticeProgress[]> {
  if (noticeIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('notice_progress')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('notice_id', 'in', noticeIds)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    noticeId: row.notice_id,
    memberId: row.member_id,
    at: row.at,
    count: row.count ?? undefined,
    remaining: row.remaining ?? undefined,
    done: row.done === null ? undefined : row.done === 1,
    text: db.vault.open(row.text, placeOfText(row.id)),
    messageId: row.message_id,
  }))
}

function placeOfText(id: string) {
  return { table: 'notice_progress', column: 'text', id }
}

function rowToReceiver(row: Selectable<Schema['notice_receiver']>): NoticeReceiver {
  return {
    id: row.id,
    noticeId: row.notice_id,
    memberId: row.member_id,
    gridId: row.grid_id,
    due: row.due ?? undefined,
    acknowledgedAt: row.acknowledged_at ?? undefined,
    doneAt: row.done_at ?? undefined,
    messageId: row.message_id ?? undefined,
  }
}
