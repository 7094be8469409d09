import { type CalendarDay, createCalendar, type WorkCalendar } from '../policy/calendar.ts'
import type { StreetDb } from './database.ts'
import { findSetting, saveSetting } from './settings.ts'

const VERSION = 'calendar-version'
const cached = new WeakMap<object, Map<string, { version: string; calendar: WorkCalendar }>>()

/** The published years with the days and years an administrator added; read anew only after a change. */
export async function loadCalendar(db: StreetDb): Promise<WorkCalendar> {
  const version = (await findSetting(db, VERSION, db.street)) ?? ''
  const perVault = cached.get(db.vault) ?? new Map<string, { version: string; calendar: WorkCalendar }>()
  cached.set(db.vault, perVault)
  const known = perVault.get(db.street)
  if (known?.version === version) return known.calendar
  const rows = await db.sql
    .selectFrom('calendar_day')
    .select(['day', 'kind', 'name'])
    .where('subdistrict_id', '=', db.street)
    .orderBy('day')
    .execute()
  const years = JSON.parse((await findSetting(db, 'calendar-years', db.street)) ?? '[]') as number[]
  const days = rows.map(({ day, kind, name }) => ({ day, workday: kind === 'workday', name }))
  const calendar = createCalendar({ days, years })
  perVault.set(db.street, { version, calendar })
  return calendar
}

/**
 * Adds days that differ from the plain week, and years that are now known completely.
 * @param version changes with every call, such as the audit row's instant
 */
export async function saveCalendarDays(
  db: StreetDb,
  days: readonly CalendarDay[],
  years: readonly number[],
  { at, version }: { at: number; version: string },
): Promise<void> {
  for (const { day, workday, name = '' } of days) {
    const kind = workday ? 'workday' : 'holiday'
    await db.sql
      .insertInto('calendar_day')
      .values({ subdistrict_id: db.street, day, kind, name, added_at: at })
      .onConflict(c => c.columns(['subdistrict_id', 'day']).doUpdateSet({ kind, name, added_at: at }))
      .execute()
  }
  const known = JSON.parse((await findSetting(db, 'calendar-years', db.street)) ?? '[]') as number[]
  await saveSetting(
    db,
    'calendar-years',
    JSON.stringify([...new Set([...known, ...years])].sort((a, b) => a - b)),
    db.street,
  )
  await saveSetting(db, VERSION, version, db.street)
}
