import type { Selectable, Updateable } from 'kysely'
import type { Recurrence } from '../policy/recurrence.ts'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { findNumberedRow, findRow } from './records.ts'
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
  /** Roles that owe it, as the pack names them; absent: the pack's receivers. */
  roleNames?: string[]
  /** It goes to these people alone, in private. */
  memberIds?: string[]
  /** 条线 of a standing task. */
  line?: string
  /** A standing task that comes again; absent: once. */
  recurrence?: Recurrence
  /** First and last local day of a recurring task; open where absent. */
  startsOn?: Day
  endsOn?: Day
  /** The recurring task this is one time of, and the due day it stands for. */
  parentId?: string
  occursOn?: Day
  /** The notice that this one puts right. */
  correctsId?: string
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
  closedAt?: number
  withdrawnAt?: number
  withdrawReason?: string
  messageId: string
}

export type NewNotice = NoticeWords &
  Pick<Notice, 'no' | 'kind' | 'drafterId' | 'draftedAt' | 'messageId'> &
  Partial<
    Pick<
      Notice,
      | 'due'
      | 'gridIds'
      | 'roleNames'
      | 'memberIds'
      | 'line'
      | 'recurrence'
      | 'startsOn'
      | 'endsOn'
      | 'office'
      | 'parentId'
      | 'occursOn'
      | 'correctsId'
    >
  >

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
      grid_ids: toList(notice.gridIds),
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
      role_names: toList(notice.roleNames),
      member_ids: toList(notice.memberIds),
      line: notice.line ?? null,
      recurrence: notice.recurrence ? JSON.stringify(notice.recurrence) : null,
      starts_on: notice.startsOn ?? null,
      ends_on: notice.endsOn ?? null,
      parent_id: notice.parentId ?? null,
      occurs_on: notice.occursOn ?? null,
      corrects_id: notice.correctsId ?? null,
      closed_at: null,
      withdrawn_at: null,
      withdraw_reason: null,
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
      | 'line'
      | 'recurrence'
      | 'startsOn'
      | 'endsOn'
      | 'closedAt'
      | 'withdrawnAt'
      | 'withdrawReason'
    >
  > & {
    /** null: every grid, the pack's receivers, no single people. */
    gridIds?: string[] | null
    roleNames?: string[] | null
    memberIds?: string[] | null
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
  const row = await findRow(db, 'notice', id)
  return row && noticeRowToNotice(db, row)
}

/** @throws where there is none */
export async function getNotice(db: StreetDb, id: string): Promise<Notice> {
  const notice = await findNotice(db, id)
  if (!notice) throw new Error(`no notice ${id}`)
  return notice
}

export async function findNoticeNumbered(db: StreetDb, no: number): Promise<Notice | undefined> {
  const row = await findNumberedRow(db, 'notice', no)
  return row && noticeRowToNotice(db, row)
}

export interface NoticeFilter {
  ids?: readonly string[]
  statuses?: readonly NoticeStatus[]
  drafterId?: string
  reviewerId?: string
  kind?: Notice['kind']
  parentId?: string
  correctsId?: string
  /** To go out at this instant or earlier. */
  releaseBy?: number
  /** Drafted, or broadcast, from the first instant up to before the second. */
  drafted?: { from: number; before: number }
  broadcast?: { from: number; before: number }
}

/** By number. */
export async function listNotices(db: StreetDb, filter: NoticeFilter = {}): Promise<Notice[]> {
  let query = db.sql.selectFrom('notice').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.ids) query = query.where('id', 'in', filter.ids)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.drafterId) query = query.where('drafter_id', '=', filter.drafterId)
  if (filter.reviewerId) query = query.where('reviewer_id', '=', filter.reviewerId)
  if (filter.kind) query = query.where('kind', '=', filter.kind)
  if (filter.parentId) query = query.where('parent_id', '=', filter.parentId)
  if (filter.correctsId) query = query.where('corrects_id', '=', filter.correctsId)
  if (filter.releaseBy !== undefined) query = query.where('release_at', '<=', filter.releaseBy)
  if (filter.drafted)
    query = query.where('drafted_at', '>=', filter.drafted.from).where('drafted_at', '<', filter.drafted.before)
  if (filter.broadcast)
    query = query.where('broadcast_at', '>=', filter.broadcast.from).where('broadcast_at', '<', filter.broadcast.before)
  return (await query.execute()).map(row => noticeRowToNotice(db, row))
}

function sealWords(db: StreetDb, id: string, words: NoticeWords): Partial<Record<(typeof SEALED)[number], string>> {
  const given = SEALED.filter(column => words[column] !== undefined)
  return Object.fromEntries(
    given.map(column => [column, db.vault.seal(words[column]!, { table: 'notice', column, id })]),
  )
}

function toColumns(db: StreetDb, id: string, changes: NoticeChanges): Updateable<Schema['notice']> {
  const { expediteReason, withdrawReason, gridIds, roleNames, memberIds, recurrence, deferred, late } = changes
  const seal = (column: 'expedite_reason' | 'withdraw_reason', words: string | undefined) =>
    words === undefined ? undefined : db.vault.seal(words, { table: 'notice', column, id })
  const columns: Updateable<Schema['notice']> = {
    ...sealWords(db, id, changes),
    kind: changes.kind,
    due: changes.due,
    grid_ids: gridIds ? JSON.stringify(gridIds) : gridIds,
    status: changes.status,
    deferred: deferred === undefined ? undefined : deferred ? 1 : 0,
    late: late === undefined ? undefined : late ? 1 : 0,
    expedite_reason: seal('expedite_reason', expediteReason),
    withdraw_reason: seal('withdraw_reason', withdrawReason),
    role_names: roleNames ? JSON.stringify(roleNames) : roleNames,
    member_ids: memberIds ? JSON.stringify(memberIds) : memberIds,
    line: changes.line,
    recurrence: recurrence && JSON.stringify(recurrence),
    starts_on: changes.startsOn,
    ends_on: changes.endsOn,
    closed_at: changes.closedAt,
    withdrawn_at: changes.withdrawnAt,
    reviewer_id: changes.reviewerId,
    submitted_at: changes.submittedAt,
    signed_at: changes.signedAt,
    release_at: changes.releaseAt,
    broadcast_at: changes.broadcastAt,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

function noticeRowToNotice(db: StreetDb, row: Selectable<Schema['notice']>): Notice {
  const open = (column: (typeof SEALED)[number] | 'expedite_reason' | 'withdraw_reason') => {
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
    gridIds: fromJson<string[]>(row.grid_ids),
    roleNames: fromJson<string[]>(row.role_names),
    memberIds: fromJson<string[]>(row.member_ids),
    line: row.line ?? undefined,
    recurrence: fromJson<Recurrence>(row.recurrence),
    startsOn: row.starts_on ?? undefined,
    endsOn: row.ends_on ?? undefined,
    parentId: row.parent_id ?? undefined,
    occursOn: row.occurs_on ?? undefined,
    correctsId: row.corrects_id ?? undefined,
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
    closedAt: row.closed_at ?? undefined,
    withdrawnAt: row.withdrawn_at ?? undefined,
    withdrawReason: open('withdraw_reason'),
    messageId: row.message_id,
  }
}

function toList(list: readonly string[] | undefined): string | null {
  return list ? JSON.stringify(list) : null
}

function fromJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : (JSON.parse(text) as T)
}
