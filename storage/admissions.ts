import type { Selectable } from 'kysely'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type AdmissionKind = Schema['admission']['kind']

/** 准入: a matter that may enter the grids, or an appraisal that was approved. Source: S2-29…32, S4D-28 */
export interface Admission {
  id: string
  /** 准入号, 备案号 or 批准文号 as people write it; unique in the street. */
  code: string
  /** `temporary` ends on `to`. */
  kind: AdmissionKind
  title: string
  department?: string
  /** The standard of the work and the training for it; without both nothing may be scored. */
  standard?: string
  training?: string
  from: Day
  /** The last day. */
  to?: Day
  status: Schema['admission']['status']
  registeredBy: string
  registeredAt: number
  messageId: string
}

export type NewAdmission = Omit<Admission, 'id' | 'status'>

/** @returns undefined where the code is taken */
export async function insertAdmission(db: StreetDb, admission: NewAdmission): Promise<Admission | undefined> {
  const row = await db.sql
    .insertInto('admission')
    .values({
      id: newId(admission.registeredAt),
      subdistrict_id: db.street,
      code: admission.code,
      kind: admission.kind,
      title: admission.title,
      department: admission.department ?? null,
      standard: admission.standard ?? null,
      training: admission.training ?? null,
      from_day: admission.from,
      to_day: admission.to ?? null,
      status: 'admitted',
      registered_by: admission.registeredBy,
      registered_at: admission.registeredAt,
      message_id: admission.messageId,
    })
    .onConflict(c => c.columns(['subdistrict_id', 'code']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && toAdmission(row)
}

/** What was missing at the registration and came later. */
export async function amendAdmission(
  db: StreetDb,
  id: string,
  changes: { standard?: string; training?: string; to?: Day; status?: Admission['status'] },
): Promise<Admission> {
  const columns = {
    standard: changes.standard,
    training: changes.training,
    to_day: changes.to,
    status: changes.status,
  }
  const row = await db.sql
    .updateTable('admission')
    .set(Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)))
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toAdmission(row)
}

/** By the order of their registration. */
export async function listAdmissions(
  db: StreetDb,
  filter: { ids?: readonly string[]; code?: string; statuses?: readonly Admission['status'][]; endedBefore?: Day } = {},
): Promise<Admission[]> {
  let query = db.sql.selectFrom('admission').selectAll().where('subdistrict_id', '=', db.street).orderBy('id')
  if (filter.ids) query = query.where('id', 'in', filter.ids)
  if (filter.code) query = query.where('code', '=', filter.code)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.endedBefore) query = query.where('to_day', '<', filter.endedBefore)
  return (await query.execute()).map(toAdmission)
}

/** Under which admission a notice goes out; `forced` where the principal leader let it through without one. */
export interface NoticeAdmission {
  noticeId: string
  admissionId?: string
  forced: boolean
}

/** The last word counts. */
export async function saveNoticeAdmission(db: StreetDb, link: NoticeAdmission & { at: number }): Promise<void> {
  const columns = { admission_id: link.admissionId ?? null, forced: link.forced ? 1 : 0, at: link.at } as const
  await db.sql
    .insertInto('notice_admission')
    .values({ notice_id: link.noticeId, subdistrict_id: db.street, ...columns })
    .onConflict(c => c.column('notice_id').doUpdateSet(columns))
    .execute()
}

export async function findNoticeAdmission(db: StreetDb, noticeId: string): Promise<NoticeAdmission | undefined> {
  const row = await db.sql
    .selectFrom('notice_admission')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('notice_id', '=', noticeId)
    .executeTakeFirst()
  return row && { noticeId, admissionId: row.admission_id ?? undefined, forced: row.forced === 1 }
}

/** Row ids of the notices that went out under an admission. */
export async function listNoticesUnder(db: StreetDb, admissionId: string): Promise<string[]> {
  const rows = await db.sql
    .selectFrom('notice_admission')
    .select('notice_id')
    .where('subdistrict_id', '=', db.street)
    .where('admission_id', '=', admissionId)
    .orderBy('notice_id')
    .execute()
  return rows.map(row => row.notice_id)
}

export type GateKind = Schema['admission_log']['kind']

/** What the gate turned away (`refused`, `appraisal`), and what was `forced` through it. Source: S2-30 (不得随意向网格员转嫁) */
export interface GateEntry {
  kind: GateKind
  at: number
  byId: string
  office?: string
  noticeId?: string
  text: Personal
  reason?: Personal
  messageId: string
}

export async function insertGateEntry(
  db: StreetDb,
  entry: Omit<GateEntry, 'text' | 'reason'> & { text: string; reason?: string },
): Promise<string> {
  const id = newId(entry.at)
  const { seal } = fieldsOf(db, 'admission_log', id)
  await db.sql
    .insertInto('admission_log')
    .values({
      id,
      subdistrict_id: db.street,
      kind: entry.kind,
      at: entry.at,
      by_id: entry.byId,
      office: entry.office ?? null,
      notice_id: entry.noticeId ?? null,
      text: seal('text', entry.text)!,
      reason: seal('reason', entry.reason),
      message_id: entry.messageId,
    })
    .execute()
  return id
}

/** Oldest first. Instants; `to` not included. */
export async function listGateEntries(
  db: StreetDb,
  filter: { from?: number; to?: number; noticeId?: string; kinds?: readonly GateKind[] } = {},
): Promise<GateEntry[]> {
  let query = db.sql.selectFrom('admission_log').selectAll().where('subdistrict_id', '=', db.street).orderBy('id')
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  if (filter.noticeId) query = query.where('notice_id', '=', filter.noticeId)
  if (filter.kinds) query = query.where('kind', 'in', filter.kinds)
  return (await query.execute()).map(row => {
    const { open } = fieldsOf(db, 'admission_log', row.id)
    return {
      kind: row.kind,
      at: row.at,
      byId: row.by_id,
      office: row.office ?? undefined,
      noticeId: row.notice_id ?? undefined,
      text: open('text', row.text)!,
      reason: open('reason', row.reason),
      messageId: row.message_id,
    }
  })
}

function toAdmission(row: Selectable<Schema['admission']>): Admission {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    title: row.title,
    department: row.department ?? undefined,
    standard: row.standard ?? undefined,
    training: row.training ?? undefined,
    from: row.from_day,
    to: row.to_day ?? undefined,
    status: row.status,
    registeredBy: row.registered_by,
    registeredAt: row.registered_at,
    messageId: row.message_id,
  }
}
