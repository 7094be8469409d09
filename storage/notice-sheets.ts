import type { StreetDb } from './database.ts'
import type { OutboxItem } from './outbox.ts'

/** One sheet that carries a notice to one chat of a group, and how its sending stands: the proof of 16:00. */
export interface NoticeSheet {
  noticeId: string
  /** Absent: a private one. */
  groupId?: string
  memberId?: string
  state: OutboxItem['state']
  sentAt?: number
}

export async function insertSheet(
  db: StreetDb,
  sheet: { noticeId: string; outboxId: string; groupId: string | undefined },
): Promise<void> {
  await db.sql
    .insertInto('notice_sheet')
    .values({
      notice_id: sheet.noticeId,
      outbox_id: sheet.outboxId,
      group_id: sheet.groupId ?? null,
      subdistrict_id: db.street,
    })
    .execute()
}

/** The sheets of these notices with the state of their outbox rows. */
export async function listSheets(db: StreetDb, noticeIds: readonly string[]): Promise<NoticeSheet[]> {
  if (noticeIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('notice_sheet')
    .innerJoin('outbox', 'outbox.id', 'notice_sheet.outbox_id')
    .select(['notice_sheet.notice_id', 'notice_sheet.group_id', 'outbox.member_id', 'outbox.state', 'outbox.sent_at'])
    .where('notice_sheet.subdistrict_id', '=', db.street)
    .where('notice_sheet.notice_id', 'in', noticeIds)
    .orderBy('outbox.id')
    .execute()
  return rows.map(row => ({
    noticeId: row.notice_id,
    groupId: row.group_id ?? undefined,
    memberId: row.member_id ?? undefined,
    state: row.state,
    sentAt: row.sent_at ?? undefined,
  }))
}
