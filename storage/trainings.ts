/** The plan of a year, training outside classes, who teaches. Classes themselves are meetings of the kind `training`. */
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

export interface PlannedTraining {
  id: string
  year: number
  /** 1 … 12. */
  month: number
  topic: string
  byId: string
}

export async function insertPlannedTraining(
  db: StreetDb,
  planned: Omit<PlannedTraining, 'id'> & { at: number; messageId: string },
): Promise<string> {
  const id = newId(planned.at)
  await db.sql
    .insertInto('training_plan')
    .values({
      id,
      subdistrict_id: db.street,
      year: planned.year,
      month: planned.month,
      topic: planned.topic,
      by_id: planned.byId,
      at: planned.at,
      dropped_at: null,
      message_id: planned.messageId,
    })
    .execute()
  return id
}

/** What stands in the plan of a year, by month. */
export async function listPlannedTrainings(db: StreetDb, year: number): Promise<PlannedTraining[]> {
  const rows = await db.sql
    .selectFrom('training_plan')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('year', '=', year)
    .where('dropped_at', 'is', null)
    .orderBy('month')
    .orderBy('id')
    .execute()
  return rows.map(({ id, month, topic, by_id }) => ({ id, year, month, topic, byId: by_id }))
}

export async function dropPlannedTraining(db: StreetDb, id: string, at: number): Promise<void> {
  await db.sql
    .updateTable('training_plan')
    .set({ dropped_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** Training outside a class: before duty, or made up for a class that was missed. */
export interface TrainingDone {
  id: string
  kind: Schema['training_done']['kind']
  memberId: string
  meetingId?: string
  day: string
  byId: string
}

export async function insertTrainingDone(
  db: StreetDb,
  done: Omit<TrainingDone, 'id'> & { at: number; messageId: string },
): Promise<string> {
  const id = newId(done.at)
  await db.sql
    .insertInto('training_done')
    .values({
      id,
      subdistrict_id: db.street,
      kind: done.kind,
      member_id: done.memberId,
      meeting_id: done.meetingId ?? null,
      day: done.day,
      by_id: done.byId,
      at: done.at,
      message_id: done.messageId,
    })
    .execute()
  return id
}

export async function listTrainingDone(
  db: StreetDb,
  filter: { kind: TrainingDone['kind']; memberId?: string },
): Promise<TrainingDone[]> {
  let query = db.sql
    .selectFrom('training_done')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('kind', '=', filter.kind)
    .orderBy('id')
  if (filter.memberId) query = query.where('member_id', '=', filter.memberId)
  const rows = await query.execute()
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    memberId: row.member_id,
    meetingId: row.meeting_id ?? undefined,
    day: row.day,
    byId: row.by_id,
  }))
}

/** 培训师资: somebody who can teach, whether on the roster or not. Source: S2-49 */
export interface Trainer {
  id: string
  name: Personal
  /** Where from and for what, in the words in which it was told. */
  about: Personal
}

export async function insertTrainer(
  db: StreetDb,
  trainer: { name: string; about: string; byId: string; at: number; messageId: string },
): Promise<string> {
  const id = newId(trainer.at)
  const { seal } = fieldsOf(db, 'trainer', id)
  await db.sql
    .insertInto('trainer')
    .values({
      id,
      subdistrict_id: db.street,
      name: seal('name', trainer.name)!,
      about: seal('about', trainer.about)!,
      by_id: trainer.byId,
      at: trainer.at,
      message_id: trainer.messageId,
    })
    .execute()
  return id
}

export async function listTrainers(db: StreetDb): Promise<Trainer[]> {
  const rows = await db.sql
    .selectFrom('trainer')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .orderBy('id')
    .execute()
  return rows.map(({ id, name, about }) => {
    const { open } = fieldsOf(db, 'trainer', id)
    return { id, name: open('name', name)!, about: open('about', about)! }
  })
}

/** What still stands in the plan. */
export async function findPlannedTraining(db: StreetDb, id: string): Promise<PlannedTraining | undefined> {
  const row = await db.sql
    .selectFrom('training_plan')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('dropped_at', 'is', null)
    .executeTakeFirst()
  return row && { id, year: row.year, month: row.month, topic: row.topic, byId: row.by_id }
}

export async function findTrainingDone(
  db: StreetDb,
  id: string,
): Promise<Pick<TrainingDone, 'kind' | 'memberId'> | undefined> {
  const row = await db.sql
    .selectFrom('training_done')
    .select(['kind', 'member_id'])
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { kind: row.kind, memberId: row.member_id }
}

/** Noted by mistake and taken back by who noted it; the audit keeps that it was. */
export async function deleteTrainingDone(db: StreetDb, id: string): Promise<void> {
  await db.sql.deleteFrom('training_done').where('subdistrict_id', '=', db.street).where('id', '=', id).execute()
}

/** The same for a trainer. */
export async function deleteTrainer(db: StreetDb, id: string): Promise<void> {
  await db.sql.deleteFrom('trainer').where('subdistrict_id', '=', db.street).where('id', '=', id).execute()
}
