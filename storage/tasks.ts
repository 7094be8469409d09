import type { Selectable, Updateable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findNumberedRow, findRow } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export type TaskStatus = Schema['task']['status']

/** A task that one person was given beside the notices. Instants are UTC epoch ms. Source: S0-15 (交办的其他工作) */
export interface Task {
  id: string
  no: number
  /** Who is to do it. */
  memberId: string
  giverId?: string
  /** A giver whom the roster does not know. */
  giverName?: Personal
  content: Personal
  /** Local day or time, `2026-11-20` or `2026-11-20T15:00`. A day ends at 24:00. */
  due: string
  /** Done only with a photo. */
  photoAsked: boolean
  /** 条线: the office or 社区 it comes from. */
  line?: string
  /** The record whose decision it is, such as a meeting. */
  source?: { type: string; id: string }
  admissionId?: string
  status: TaskStatus
  assignedAt: number
  acknowledgedAt?: number
  doneAt?: number
  messageId?: string
}

export type NewTask = Pick<
  Task,
  'no' | 'memberId' | 'giverId' | 'due' | 'photoAsked' | 'line' | 'source' | 'admissionId' | 'assignedAt' | 'messageId'
> & { giverName?: string; content: string }

/** Stored as `open`. */
export async function insertTask(db: StreetDb, task: NewTask): Promise<Task> {
  const id = newId(task.assignedAt)
  const { seal } = fieldsOf(db, 'task', id)
  const row = await db.sql
    .insertInto('task')
    .values({
      id,
      subdistrict_id: db.street,
      no: task.no,
      member_id: task.memberId,
      giver_id: task.giverId ?? null,
      giver_name: seal('giver_name', task.giverName),
      content: seal('content', task.content)!,
      due: task.due,
      photo_asked: task.photoAsked ? 1 : 0,
      line: task.line ?? null,
      source_type: task.source?.type ?? null,
      source_id: task.source?.id ?? null,
      admission_id: task.admissionId ?? null,
      status: 'open',
      assigned_at: task.assignedAt,
      acknowledged_at: null,
      done_at: null,
      message_id: task.messageId ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toTask(db, row)
}

export type TaskChanges = Partial<Pick<Task, 'status' | 'due' | 'acknowledgedAt'>> & {
  /** null takes an earlier completion back. */
  doneAt?: number | null
}

/** Changes what is given and leaves the rest. */
export async function updateTask(db: StreetDb, id: string, changes: TaskChanges): Promise<Task> {
  const columns: Updateable<Schema['task']> = {
    status: changes.status,
    due: changes.due,
    acknowledged_at: changes.acknowledgedAt,
    done_at: changes.doneAt,
  }
  const row = await db.sql
    .updateTable('task')
    .set(Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)))
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toTask(db, row)
}

export async function findTask(db: StreetDb, id: string): Promise<Task | undefined> {
  const row = await findRow(db, 'task', id)
  return row && toTask(db, row)
}

export async function findTaskNumbered(db: StreetDb, no: number): Promise<Task | undefined> {
  const row = await findNumberedRow(db, 'task', no)
  return row && toTask(db, row)
}

export interface TaskFilter {
  memberId?: string
  giverId?: string
  statuses?: readonly TaskStatus[]
  /** The record whose decisions they are. */
  sourceId?: string
  /** Given from the first instant up to before the second. */
  assigned?: { from: number; before: number }
}

/** By number. */
export async function listTasks(db: StreetDb, filter: TaskFilter = {}): Promise<Task[]> {
  let query = db.sql.selectFrom('task').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.memberId) query = query.where('member_id', '=', filter.memberId)
  if (filter.giverId) query = query.where('giver_id', '=', filter.giverId)
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.sourceId) query = query.where('source_id', '=', filter.sourceId)
  if (filter.assigned)
    query = query.where('assigned_at', '>=', filter.assigned.from).where('assigned_at', '<', filter.assigned.before)
  return (await query.execute()).map(row => toTask(db, row))
}

/** How far somebody told to be with a task; later rows do not replace earlier ones. */
export interface TaskProgress {
  id: string
  taskId: string
  memberId: string
  at: number
  count?: number
  remaining?: number
  done?: boolean
  text: Personal
  messageId: string
}

export async function insertTaskProgress(
  db: StreetDb,
  progress: Omit<TaskProgress, 'id' | 'text'> & { text: string },
): Promise<string> {
  const id = newId(progress.at)
  await db.sql
    .insertInto('task_progress')
    .values({
      id,
      subdistrict_id: db.street,
      task_id: progress.taskId,
      member_id: progress.memberId,
      at: progress.at,
      count: progress.count ?? null,
      remaining: progress.remaining ?? null,
      done: progress.done === undefined ? null : progress.done ? 1 : 0,
      text: fieldsOf(db, 'task_progress', id).seal('text', progress.text)!,
      message_id: progress.messageId,
    })
    .execute()
  return id
}

/** Oldest first. */
export async function listTaskProgress(db: StreetDb, taskIds: readonly string[]): Promise<TaskProgress[]> {
  if (taskIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('task_progress')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('task_id', 'in', taskIds)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    taskId: row.task_id,
    memberId: row.member_id,
    at: row.at,
    count: row.count ?? undefined,
    remaining: row.remaining ?? undefined,
    done: row.done === null ? undefined : row.done === 1,
    text: fieldsOf(db, 'task_progress', row.id).open('text', row.text)!,
    messageId: row.message_id,
  }))
}

function toTask(db: StreetDb, row: Selectable<Schema['task']>): Task {
  const { open } = fieldsOf(db, 'task', row.id)
  return {
    id: row.id,
    no: row.no,
    memberId: row.member_id,
    giverId: row.giver_id ?? undefined,
    giverName: open('giver_name', row.giver_name),
    content: open('content', row.content)!,
    due: row.due,
    photoAsked: row.photo_asked === 1,
    line: row.line ?? undefined,
    source: row.source_type && row.source_id ? { type: row.source_type, id: row.source_id } : undefined,
    admissionId: row.admission_id ?? undefined,
    status: row.status,
    assignedAt: row.assigned_at,
    acknowledgedAt: row.acknowledged_at ?? undefined,
    doneAt: row.done_at ?? undefined,
    messageId: row.message_id ?? undefined,
  }
}
