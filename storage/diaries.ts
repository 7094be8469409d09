import type { Selectable } from 'kysely'
import type { Day, DayRange } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import type { Personal } from './vault.ts'

/** A day's diary as its owner confirmed it; the lines themselves stand in the records. Source: S3B-03 */
export interface Diary {
  id: string
  memberId: string
  day: Day
  /** Of the lines that were confirmed. */
  stamp: string
  /** UTC epoch ms. */
  confirmedAt: number
  voided?: Voided
}

/** What no record tells, in the owner's words. */
export interface DiaryNote {
  id: string
  memberId: string
  day: Day
  text: Personal
  /** UTC epoch ms. */
  at: number
  voided?: Voided
}

/** A later confirmation stands beside the earlier one; the newest counts. */
export async function insertDiary(
  db: StreetDb,
  diary: Pick<Diary, 'memberId' | 'day' | 'stamp' | 'confirmedAt'> & { messageId: string },
  now: number,
): Promise<Diary> {
  const row = await db.sql
    .insertInto('diary')
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      member_id: diary.memberId,
      day: diary.day,
      stamp: diary.stamp,
      confirmed_at: diary.confirmedAt,
      message_id: diary.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toDiary(row)
}

/** Those that stand, on days of the range, both included; the newest confirmation of a day comes last. */
export async function listDiaries(
  db: StreetDb,
  { memberIds, from, to }: DayRange & { memberIds: readonly string[] },
): Promise<Diary[]> {
  if (memberIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('diary')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('voided_at', 'is', null)
    .where('member_id', 'in', memberIds)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('id')
    .execute()
  return rows.map(toDiary)
}

export async function findDiaryById(db: StreetDb, id: string): Promise<Diary | undefined> {
  const row = await findRow(db, 'diary', id)
  return row && toDiary(row)
}

export async function insertDiaryNote(
  db: StreetDb,
  note: Pick<DiaryNote, 'memberId' | 'day' | 'at'> & { text: string; messageId: string },
  now: number,
): Promise<DiaryNote> {
  const id = newId(now)
  const row = await db.sql
    .insertInto('diary_note')
    .values({
      id,
      subdistrict_id: db.street,
      member_id: note.memberId,
      day: note.day,
      text: db.vault.seal(note.text, { table: 'diary_note', column: 'text', id }),
      at: note.at,
      message_id: note.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toDiaryNote(db, row)
}

/** Those that stand, in the order in which they were told. */
export async function listDiaryNotes(
  db: StreetDb,
  { memberIds, from, to }: DayRange & { memberIds: readonly string[] },
): Promise<DiaryNote[]> {
  if (memberIds.length === 0) return []
  const rows = await db.sql
    .selectFrom('diary_note')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('voided_at', 'is', null)
    .where('member_id', 'in', memberIds)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('id')
    .execute()
  return rows.map(row => toDiaryNote(db, row))
}

export async function findDiaryNote(db: StreetDb, id: string): Promise<DiaryNote | undefined> {
  const row = await findRow(db, 'diary_note', id)
  return row && toDiaryNote(db, row)
}

function toDiary(row: Selectable<Schema['diary']>): Diary {
  return {
    id: row.id,
    memberId: row.member_id,
    day: row.day,
    stamp: row.stamp,
    confirmedAt: row.confirmed_at,
    voided: toVoided(row),
  }
}

function toDiaryNote(db: StreetDb, row: Selectable<Schema['diary_note']>): DiaryNote {
  return {
    id: row.id,
    memberId: row.member_id,
    day: row.day,
    text: fieldsOf(db, 'diary_note', row.id).open('text', row.text)!,
    at: row.at,
    voided: toVoided(row),
  }
}
