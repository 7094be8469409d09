/** Question bank, exams and what people answered. Source: S2-36 (组织考试) */
import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import type { Schema } from './schema.ts'

export interface ExamQuestion {
  id: string
  /** From 1 per street. */
  no: number
  topic: string
  text: string
  /** The first is A. */
  choices: string[]
  /** `A` … */
  answer: string
}

export async function insertQuestion(
  db: StreetDb,
  question: Omit<ExamQuestion, 'id'> & { byId: string; at: number; messageId: string },
): Promise<string> {
  const id = newId(question.at)
  await db.sql
    .insertInto('exam_question')
    .values({
      id,
      subdistrict_id: db.street,
      no: question.no,
      topic: question.topic,
      text: question.text,
      choices: JSON.stringify(question.choices),
      answer: question.answer,
      by_id: question.byId,
      at: question.at,
      dropped_at: null,
      message_id: question.messageId,
    })
    .execute()
  return id
}

/** What stands in the bank, of one topic where it is given; by number. */
export async function listQuestions(db: StreetDb, topic?: string): Promise<ExamQuestion[]> {
  let query = db.sql
    .selectFrom('exam_question')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('dropped_at', 'is', null)
    .orderBy('no')
  if (topic) query = query.where('topic', '=', topic)
  return (await query.execute()).map(toQuestion)
}

/** Whatever an exam asks, also where it was dropped from the bank since; in the order of `ids`. */
export async function findQuestions(db: StreetDb, ids: readonly string[]): Promise<ExamQuestion[]> {
  if (ids.length === 0) return []
  const rows = await db.sql
    .selectFrom('exam_question')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('id', 'in', ids)
    .execute()
  const found = rows.map(toQuestion)
  return ids.flatMap(id => found.find(question => question.id === id) ?? [])
}

export async function dropQuestion(db: StreetDb, id: string, at: number): Promise<void> {
  await db.sql
    .updateTable('exam_question')
    .set({ dropped_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

export interface Exam {
  id: string
  no: number
  topic: string
  questionIds: string[]
  openedBy: string
  openedAt: number
  closedAt?: number
}

export async function insertExam(
  db: StreetDb,
  exam: Omit<Exam, 'id' | 'closedAt'> & { messageId: string },
): Promise<Exam> {
  const row = await db.sql
    .insertInto('exam')
    .values({
      id: newId(exam.openedAt),
      subdistrict_id: db.street,
      no: exam.no,
      topic: exam.topic,
      question_ids: JSON.stringify(exam.questionIds),
      opened_by: exam.openedBy,
      opened_at: exam.openedAt,
      closed_at: null,
      message_id: exam.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toExam(row)
}

/** By number. */
export async function listExams(db: StreetDb, filter: { open?: true; no?: number } = {}): Promise<Exam[]> {
  let query = db.sql.selectFrom('exam').selectAll().where('subdistrict_id', '=', db.street).orderBy('no')
  if (filter.open) query = query.where('closed_at', 'is', null)
  if (filter.no !== undefined) query = query.where('no', '=', filter.no)
  return (await query.execute()).map(toExam)
}

export async function closeExam(db: StreetDb, id: string, at: number): Promise<void> {
  await db.sql
    .updateTable('exam')
    .set({ closed_at: at })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute()
}

export interface ExamAnswer {
  examId: string
  memberId: string
  questionId: string
  choice: string
  correct: boolean
  at: number
}

/** @returns whether it counts: the first answer to a question stands */
export async function insertExamAnswer(db: StreetDb, given: ExamAnswer & { messageId: string }): Promise<boolean> {
  const row = await db.sql
    .insertInto('exam_answer')
    .values({
      exam_id: given.examId,
      member_id: given.memberId,
      question_id: given.questionId,
      subdistrict_id: db.street,
      choice: given.choice,
      correct: given.correct ? 1 : 0,
      at: given.at,
      message_id: given.messageId,
    })
    .onConflict(c => c.columns(['exam_id', 'member_id', 'question_id']).doNothing())
    .returning('exam_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function listExamAnswers(
  db: StreetDb,
  examIds: readonly string[],
  memberId?: string,
): Promise<ExamAnswer[]> {
  if (examIds.length === 0) return []
  let query = db.sql
    .selectFrom('exam_answer')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('exam_id', 'in', examIds)
    .orderBy('at')
  if (memberId) query = query.where('member_id', '=', memberId)
  return (await query.execute()).map(row => ({
    examId: row.exam_id,
    memberId: row.member_id,
    questionId: row.question_id,
    choice: row.choice,
    correct: row.correct === 1,
    at: row.at,
  }))
}

function toQuestion(row: Selectable<Schema['exam_question']>): ExamQuestion {
  const { id, no, topic, text, choices, answer } = row
  return { id, no, topic, text, choices: JSON.parse(choices) as string[], answer }
}

function toExam(row: Selectable<Schema['exam']>): Exam {
  return {
    id: row.id,
    no: row.no,
    topic: row.topic,
    questionIds: JSON.parse(row.question_ids) as string[],
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    closedAt: row.closed_at ?? undefined,
  }
}
