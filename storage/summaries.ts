import { type Day, dayOf } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { findSetting, saveSetting } from './settings.ts'

const COVERED = 'weekly-summary-through'

/** The day on which the street began to use the program: nobody was absent before. */
export async function findFirstDay(db: StreetDb): Promise<Day> {
  const row = await db.sql
    .selectFrom('subdistrict')
    .select('created_at')
    .where('id', '=', db.street)
    .executeTakeFirstOrThrow()
  return dayOf(row.created_at)
}

/** The last day that a weekly summary has covered. */
export function findSummarisedThrough(db: StreetDb): Promise<Day | undefined> {
  return findSetting(db, COVERED, db.street)
}

export function saveSummarisedThrough(db: StreetDb, day: Day): Promise<void> {
  return saveSetting(db, COVERED, day, db.street)
}
