import type { Db, StreetDb } from './database.ts'
import { newId } from './ids.ts'

/** One due instant of a job. `subject` is the street for the jobs of the program, else the record that asked for the reminder. */
export interface DueRun {
  job: string
  subject: string
  dueAt: number
}

/**
 * Claims a due instant in the transaction that runs it: the unique row makes it run once, whatever restarts and however many
 * processes there are. A run that failed may be claimed again.
 */
export async function claimRun(db: Db, run: DueRun, now: number): Promise<boolean> {
  const claimed = await db.sql
    .insertInto('job_run')
    .values({ ...keyOf(run), state: 'running', started_at: now, finished_at: null, error: null })
    .onConflict(c =>
      c
        .columns(['job', 'subject', 'due_at'])
        .doUpdateSet({ started_at: now, state: 'running', error: null })
        .where('job_run.state', '=', 'failed'),
    )
    .returning('job')
    .executeTakeFirst()
  return claimed !== undefined
}

export async function finishRun(
  db: Db,
  run: DueRun,
  outcome: { state: 'done' | 'dropped'; now: number },
): Promise<void> {
  await db.sql
    .updateTable('job_run')
    .set({ state: outcome.state, finished_at: outcome.now })
    .where('job', '=', run.job)
    .where('subject', '=', run.subject)
    .where('due_at', '=', run.dueAt)
    .execute()
}

/** Its transaction was rolled back, so the row of the claim is gone too. */
export async function failRun(db: Db, run: DueRun, now: number, error: string): Promise<void> {
  const failed = { state: 'failed', started_at: now, finished_at: now, error } as const
  await db.sql
    .insertInto('job_run')
    .values({ ...keyOf(run), ...failed })
    .onConflict(c => c.columns(['job', 'subject', 'due_at']).doUpdateSet(failed).where('job_run.state', '!=', 'done'))
    .execute()
}

/** Runs that threw, last tried at or before `triedBefore`. */
export async function listFailedRuns(db: Db, triedBefore: number): Promise<(DueRun & { street: string })[]> {
  const rows = await db.sql
    .selectFrom('job_run')
    .leftJoin('timer', join =>
      join
        .onRef('timer.job', '=', 'job_run.job')
        .onRef('timer.subject', '=', 'job_run.subject')
        .onRef('timer.due_at', '=', 'job_run.due_at'),
    )
    .select(['job_run.job', 'job_run.subject', 'job_run.due_at', 'timer.subdistrict_id'])
    .where('job_run.state', '=', 'failed')
    .where('job_run.started_at', '<=', triedBefore)
    .orderBy('job_run.due_at')
    .execute()
  return rows.map(row => ({
    job: row.job,
    subject: row.subject,
    dueAt: row.due_at,
    street: row.subdistrict_id ?? row.subject,
  }))
}

function keyOf({ job, subject, dueAt }: DueRun) {
  return { job, subject, due_at: dueAt }
}

/** Asks for a reminder of one record at an instant; asking twice changes nothing. */
export async function insertTimer(db: StreetDb, timer: DueRun & { at: number }): Promise<void> {
  await db.sql
    .insertInto('timer')
    .values({
      id: newId(timer.at),
      subdistrict_id: db.street,
      job: timer.job,
      subject: timer.subject,
      due_at: timer.dueAt,
      cancelled: 0,
    })
    .onConflict(c => c.columns(['subdistrict_id', 'job', 'subject', 'due_at']).doUpdateSet({ cancelled: 0 }))
    .execute()
}

/** The record was moved, cancelled or settled: its reminders no longer apply. */
export async function cancelTimers(db: StreetDb, job: string, subject: string): Promise<void> {
  await db.sql
    .updateTable('timer')
    .set({ cancelled: 1 })
    .where('subdistrict_id', '=', db.street)
    .where('job', '=', job)
    .where('subject', '=', subject)
    .execute()
}

/** Reminders due up to `now` that have not run, earliest first. */
export async function listDueTimers(db: Db, now: number): Promise<(DueRun & { street: string })[]> {
  const rows = await db.sql
    .selectFrom('timer')
    .leftJoin('job_run', join =>
      join
        .onRef('job_run.job', '=', 'timer.job')
        .onRef('job_run.subject', '=', 'timer.subject')
        .onRef('job_run.due_at', '=', 'timer.due_at'),
    )
    .select(['timer.job', 'timer.subject', 'timer.due_at', 'timer.subdistrict_id'])
    .where('timer.due_at', '<=', now)
    .where('timer.cancelled', '=', 0)
    .where('job_run.job', 'is', null)
    .orderBy('timer.due_at')
    .execute()
  return rows.map(row => ({ job: row.job, subject: row.subject, dueAt: row.due_at, street: row.subdistrict_id }))
}

/** The earliest reminder after `after`. */
export async function nextTimerInstant(db: Db, after: number): Promise<number | undefined> {
  const row = await db.sql
    .selectFrom('timer')
    .select(eb => eb.fn.min('due_at').as('next'))
    .where('due_at', '>', after)
    .where('cancelled', '=', 0)
    .executeTakeFirst()
  return row?.next ?? undefined
}
