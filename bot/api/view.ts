import { type Desk, openDesk } from '../../handlers/desk.ts'
import { type Day, dayOf, formatInstant, parseInstant } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import type { Voided } from '../../storage/records.ts'
import type { Grid, Roster } from '../../storage/roster.ts'
import { codeOn } from '../../storage/roster-view.ts'
import type { Page } from './page.ts'
import type { ListQuery } from './request.ts'

/** What a resource sees of the world: one street, read only, at one instant. */
export interface View {
  db: StreetDb
  roster: Roster
  now: number
  today: Day
  desk: () => Promise<Desk>
}

/** One kind of thing under `/api`. */
export interface Resource {
  /** `check-ins` answers at `/api/check-ins`. */
  path: string
  list?: (view: View, query: ListQuery) => Promise<Page<object>>
  /** One alone, by its number, key or id; undefined is answered 404. */
  find?: (view: View, id: string) => Promise<object | undefined>
}

export function deskOf({ db, now }: Pick<View, 'db' | 'now'>): Promise<Desk> {
  return openDesk(db, { by: 'admin', now, at: now })
}

/** The person's key. Whoever left keeps it. */
export function keyOf({ roster }: View, memberId: string | undefined): string | undefined {
  return memberId === undefined ? undefined : (roster.memberById(memberId)?.key ?? memberId)
}

/** Row ids of the members with this key, for a filter; nobody where the key is unknown, everybody where none is given. */
export function memberIdsOf({ roster }: View, key: string | undefined): string[] | undefined {
  if (key === undefined) return undefined
  const member = roster.memberByKey(key)
  return member ? [member.id] : []
}

/** Every answer that names a grid carries its code too; of a record from `at` the code of that day, whatever came later. */
export function showGrid(
  { roster }: View,
  gridId: string | undefined,
  at?: number,
): { gridNo?: number; gridCode?: string } {
  const grid: Grid | undefined = roster.gridById(gridId)
  return { gridNo: grid?.no, gridCode: grid && at !== undefined ? codeOn(grid, dayOf(at)) : grid?.code }
}

export function showInstant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : formatInstant(at)
}

/** A day stays a day (it ends at 24:00); a time of day becomes an instant. */
export function showDue(due: string): string {
  const at = due.includes('T') ? parseInstant(due) : undefined
  return at === undefined ? due : formatInstant(at)
}

export function showVoided(view: View, voided: Voided | undefined): { voided?: { by: string; at: string } } {
  return voided ? { voided: { by: keyOf(view, voided.by) ?? voided.by, at: formatInstant(voided.at) } } : {}
}

/** `12` of a path; undefined where it is no number of a record. */
export function readNo(said: string): number | undefined {
  return /^\d{1,9}$/.test(said) ? Number(said) : undefined
}
