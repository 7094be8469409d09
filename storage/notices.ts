import type { Selectable, Updateable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'

export type NoticeStatus =
  | 'draft'
  | 'submitted'
  | 'reviewed'
  | 'signed'
  | 'broadcast'
  | 'closed'
  | 'rejected'
  | 'withdrawn'

/** The words of a notice. They are written for everybody in the grid groups: sealed at rest, not masked when shown. */
interface NoticeWords {
  title?: string
  content?: string
  requirement?: string
  appraisal?: string
}

/** A task notice (工作提示单) from its first draft on. Instants are UTC epoch ms. */
export interface Notice extends NoticeWords {
  id: string
  no: number
  kind: 'campaign' | 'standing'
  /** Local day or time, `2026-11-20` or `2026-11-20T15:00`. A day ends at 24:00. */
  due?: string
  /** Target grids; absent: every grid. */
  gridIds?: string[]
  status: NoticeStatus
  deferred: boolean
  late: boolean
  expediteReason?: string
  drafterId: string
  office?: string
  reviewerId?: string
  draftedAt: number
  submittedAt?: number
  signedAt?: number
  /** When it is to go out, judged at the signature. */
  releaseAt?: number
  broadcastAt?: number
  messageId: string
}

export type NewNotice = NoticeWords &
  Pick<Notice, 'no' | 'kind' | 'due' | 'gridIds' | 'drafterId' | 'office' | 'draftedAt' | 'messageId'>

const SEALED = ['title', 'content', 'requirement', 'appraisal'] as const

/** Stored as `draft`. */
export async function insertNotice(db: StreetDb, notice: NewNotice): Promise<Notice> {
  const id = newId(notice.draftedAt)
  const row = await db.sql
    .insertInto('notice')
    .values({
      id,
      subdistrict_id: db.street,
      no: notice.no,
      kind: notice.kind,
      title: null,
      content: null,
      requirement: null,
      appraisal: null,
      ...sealWords(db, id, notice),
      due: notice.due ?? null,
      grid_ids: notice.gridIds ? JSON.stringify(notice.gridIds) : null,
      status: 'draft',
      deferred: 0,
      late: 0,
      expedite_reason: null,
      drafter_id: notice.drafterId,
      office: notice.office ?? null,
      reviewer_id: null,
      drafted_at: notice.draftedAt,
      submitted_at: null,
      signed_at: null,
      release_at: null,
      broadcast_at: null,
      message_id: notice.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return noticeRowToNotice(db, row)
}

export type NoticeChanges = NoticeWords &
  Partial<
    Pick<
      Notice,
      | 'kind'
      | 'due'
      | 'status'
      | 'deferred'
      | 'late'
      | 'expediteReason'
      | 'reviewerId'
      | 'submittedAt'
      | 'signedAt'
      | 'releaseAt'
      | 'broadcastAt'
    >
  > & {
    /** null: every grid. */
    gridIds?: string[] | null
  }

/** Changes what is given and leaves the rest. */
export async function updateNotice(db: StreetDb, id: string, changes: NoticeChanges): Promise<Notice> {
  const row = await db.sql
    .updateTable('notice')
    .set(toColumns(db, id, changes))
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return noticeRowToNotice(db, row)
}

/**
 * Takes a notice one step on, if it still stands where the step begins.
 *
 * @returns undefined where somebody was quicker, also in another process: nothing was changed
 */
export async function moveNotice(
  db: StreetDb,
  id: string,
  from: NoticeStatus,
  changes: NoticeChanges & { status: NoticeStatus },
): Promise<Notice | undefined> {
  const row = await db.sql
    .updateTable('notice')
    .set(toColumns(db, id, changes))
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('status', '=', from)
    .returningAll()
    .executeTakeFirst()
  return row && noticeRowToNotice(db, row)
}

export async function findNotice(db: StreetDb, id: string): Promise<Notice | undefined> {
  const row = await db.sql
    .selectFrom('notice')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && noticeRowToNotice(db, row)
}

/** @throws where there is none */
export async function getNotice(db: StreetDb, id: string): Promise<Notice> {
  const notice = await findNotice(db, id)
  if (!notice) throw new Error(`no notice ${id}`)
  return notice
}

export async function findNoticeNumbered(db: StreetDb, no: number): Promise<Notice | undefined> {
  const row = await db.sql
    .selectFrom('notice')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('no', '=', no)
    .executeTakeFirst()
  return row && noticeRowToNotice(db, row)
}

export interface NoticeFilter {
  statuses?: readonly NoticeStatus[]
  drafterId?: string
  reviewerId?: string
  /** To go out at this instant or earlier. */
  releaseBy?: number
  /** Drafted, or broadcast, from the first instant up to before the second. */
  drafted?: { from: number; before: number }
  broadcast?: { from: number; before: number }
}

/** By number. */
export async function listNotices(db: StreetDb, filter: NoticeFilter = {}): Promise<Notice[]> {
  let query = db.sql.selectFrom('notice').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.drafterId) query = query.where('drafter_id', '=', filter.drafterId)
  if (filter.reviewerId) query = query.where('reviewer_id', '=', filter.reviewerId)
  if (filter.releaseBy !== undefined) query = query.where('release_at', '<=', filter.releaseBy)
  if (filter.drafted)
    query = query.where('drafted_at', '>=', filter.drafted.from).where('drafted_at', '<', filter.drafted.before)
  if (filter.broadcast)
    query = query.where('broadcast_at', '>=', filter.broadcast.from).where('broadcast_at', '<', filter.broadcast.before)
  return (await query.execute()).map(row => noticeRowToNotice(db, row))
}

/** One step of the chain, for ever: a rejected notice that comes again keeps its old steps. */
export interface NoticeApproval {
  noticeId: string
  /** Role code in which the step was taken. */
  role: string
  byId: string
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
    decision: row.decision,
    at: row.at,
    reason: row.reason === null ? undefined : db.vault.open(row.reason, placeOfApproval(row.id)).reveal(),
    messageId: row.message_id ?? undefined,
  }))
}

function placeOfApproval(id: string) {
  return { table: 'notice_approval', column: 'reason', id }
}

function sealWords(db: StreetDb, id: string, words: NoticeWords): Partial<Record<(typeof SEALED)[number], string>> {
  const given = SEALED.filter(column => words[column] !== undefined)
  return Object.fromEntries(
    given.map(column => [column, db.vault.seal(words[column]!, { table: 'notice', column, id })]),
  )
}

function toColumns(db: StreetDb, id: string, changes: NoticeChanges): Updateable<Schema['notice']> {
  const { expediteReason, gridIds, deferred, late } = changes
  const columns: Updateable<Schema['notice']> = {
    ...sealWords(db, id, changes),
    kind: changes.kind,
    due: changes.due,
    grid_ids: gridIds ? JSON.stringify(gridIds) : gridIds,
    status: changes.status,
    deferred: deferred === undefined ? undefined : deferred ? 1 : 0,
    late: late === undefined ? undefined : late ? 1 : 0,
    expedite_reason:
      expediteReason === undefined
        ? undefined
        : db.vault.seal(expediteReason, { table: 'notice', column: 'expedite_reason', id }),
    reviewer_id: changes.reviewerId,
    submitted_at: changes.submittedAt,
    signed_at: changes.signedAt,
    release_at: changes.releaseAt,
    broadcast_at: changes.broadcastAt,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

function noticeRowToNotice(db: StreetDb, row: Selectable<Schema['notice']>): Notice {
  const open = (column: (typeof SEALED)[number] | 'expedite_reason') => {
    const sealed = row[column]
    return sealed === null ? undefined : db.vault.open(sealed, { table: 'notice', column, id: row.id }).reveal()
  }
  return {
    id: row.id,
    no: row.no,
    kind: row.kind,
    title: open('title'),
    content: open('content'),
    requirement: open('requirement'),
    appraisal: open('appraisal'),
    due: row.due ?? undefined,
    gridIds: row.grid_ids === null ? undefined : (JSON.parse(row.grid_ids) as string[]),
    status: row.status as NoticeStatus,
    deferred: row.deferred === 1,
    late: row.late === 1,
    expediteReason: open('expedite_reason'),
    drafterId: row.drafter_id,
    office: row.office ?? undefined,
    reviewerId: row.reviewer_id ?? undefined,
    draftedAt: row.drafted_at,
    submittedAt: row.submitted_at ?? undefined,
    signedAt: row.signed_at ?? undefined,
    releaseAt: row.release_at ?? undefined,
    broadcastAt: row.broadcast_at ?? undefined,
    messageId: row.message_id,
  }
}
