/** Rounds of 应知应会: what was asked, what was answered. Source: S2-43, S3C-03 */
import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'

export interface QuizQuestion {
  text: string
  /** The first is A. */
  choices: string[]
  /** `A` … */
  answer: string
}

export interface Quiz {
  id: string
  /** From 1 per street. */
  no: number
  memberId: string
  gridId: string
  questions: QuizQuestion[]
  /** UTC epoch ms. */
  begunAt: number
  /** Absent while questions are open. */
  endedAt?: number
}

const TABLE = 'knowledge_quiz'

export async function insertQuiz(
  db: StreetDb,
  quiz: Omit<Quiz, 'id' | 'endedAt'> & { messageId: string },
): Promise<Quiz> {
  const id = newId(quiz.begunAt)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      no: quiz.no,
      member_id: quiz.memberId,
      grid_id: quiz.gridId,
      questions: db.vault.seal(JSON.stringify(quiz.questions), { table: TABLE, column: 'questions', id }),
      begun_at: quiz.begunAt,
      ended_at: null,
      message_id: quiz.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toQuiz(db, row)
}

/** By number. */
export async function listQuizzes(
  db: StreetDb,
  filter: { memberIds?: readonly string[]; open?: true; no?: number },
): Promise<Quiz[]> {
  if (filter.memberIds?.length === 0) return []
  let query = db.sql.selectFrom(TABLE).selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.memberIds) query = query.where('member_id', 'in', filter.memberIds)
  if (filter.open) query = query.where('ended_at', 'is', null)
  if (filter.no !== undefined) query = query.where('no', '=', filter.no)
  return (await query.execute()).map(row => toQuiz(db, row))
}

export async function endQuiz(db: StreetDb, id: string, at: number): Promise<void> {
  await db.sql
    .updateTable(TABLE)
    .set({ ended_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

export interface QuizAnswer {
  quizId: string
  /** From 1. */
  place: number
  choice: string
  correct: boolean
  at: number
}

/** @returns whether it counts: the first answer to a question stands */
export async function insertQuizAnswer(db: StreetDb, given: QuizAnswer & { messageId: string }): Promise<boolean> {
  const row = await db.sql
    .insertInto('knowledge_answer')
    .values({
      quiz_id: given.quizId,
      place: given.place,
      subdistrict_id: db.street,
      choice: given.choice,
      correct: given.correct ? 1 : 0,
      at: given.at,
      message_id: given.messageId,
    })
    .onConflict(c => c.columns(['quiz_id', 'place']).doNothing())
    .returning('place')
    .executeTakeFirst()
  return row !== undefined
}

/** In the order of the questions. */
export async function listQuizAnswers(db: StreetDb, quizIds: readonly string[]): Promise<QuizAnswer[]> {
  if (quizIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('knowledge_answer')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('quiz_id', 'in', quizIds)
    .orderBy('place')
    .execute()
  return rows.map(row => ({
    quizId: row.quiz_id,
    place: row.place,
    choice: row.choice,
    correct: row.correct === 1,
    at: row.at,
  }))
}

function toQuiz(db: StreetDb, row: Selectable<Schema['knowledge_quiz']>): Quiz {
  const sealed = db.vault.open(row.questions, { table: TABLE, column: 'questions', id: row.id })
  return {
    id: row.id,
    no: row.no,
    memberId: row.member_id,
    gridId: row.grid_id,
    questions: JSON.parse(sealed.reveal()) as QuizQuestion[],
    begunAt: row.begun_at,
    endedAt: row.ended_at ?? undefined,
  }
}
