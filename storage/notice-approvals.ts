import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'

/** One step of the chain, for ever: a rejected notice that comes again keeps its old steps. */
export interface NoticeApproval {
  noticeId: string
  /** Role code in which the step was taken. */
  role: string
  byId: string
  /** 代签: the member on leave whose step `byId` took. */
  forId?: string
  decision: Schema['notice_approval']['decision']
  at: number
  reason?: string
  messageId?: string
}

export async function insertApproval(db: StreetDb, approval: NoticeApproval): Promise<void> {
  const id = newId(approval.at)
  await db.sql
    .insertInto('notice_approval')
    .values({
      id,
      subdistrict_id: db.street,
      notice_id: approval.noticeId,
      role: approval.role,
      by_id: approval.byId,
      for_id: approval.forId ?? null,
      decision: approval.decision,
      at: approval.at,
      reason: approval.reason === undefined ? null : db.vault.seal(approval.reason, placeOfApproval(id)),
      message_id: approval.messageId ?? null,
    })
    .execute()
}

/** Oldest first. */
export async function listApprovals(db: StreetDb, noticeIds: readonly string[]): Promise<NoticeApproval[]> {
  if (noticeIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('notice_approval')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('notice_id', 'in', noticeIds)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    noticeId: row.notice_id,
    role: row.role,
    byId: row.by_id,
    forId: row.for_id ?? undefined,
    decision: row.decision,
    at: row.at,
    reason: row.reason === null ? undefined : db.vault.open(row.reason, placeOfApproval(row.id)).reveal(),
    messageId: row.message_id ?? undefined,
  }))
}

function placeOfApproval(id: string) {
  return { table: 'notice_approval', column: 'reason', id }
}
