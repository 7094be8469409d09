import type { WorkCalendar } from '../policy/calendar.ts'
import type { Pack } from '../policy/pack.ts'
import { type Day, dayOf } from '../policy/time.ts'
import { recordAudit } from '../storage/audit.ts'
import { loadCalendar } from '../storage/calendar-days.ts'
import type { StreetDb } from '../storage/database.ts'
import { loadRoster } from '../storage/load-roster.ts'
import { loadPack } from '../storage/packs.ts'
import type { Roster } from '../storage/roster.ts'
import { createSay, type Say } from './say.ts'

/** The desk that work is done at, whether a message or the time asked for it: one street, one transaction, one instant. */
export interface Desk {
  db: StreetDb
  /** The Clock's now: UTC epoch ms. */
  now: number
  /** The local day of the work at hand. */
  today: Day
  roster: Roster
  /** The pack in force today. */
  pack: Pack
  calendar: WorkCalendar
  say: Say
  /** Writes the change down with its source. `created` makes the record show up with the message that caused it. */
  record(action: string, subject: { type: string; id: string }, detail?: unknown): Promise<void>
}

/**
 * @param source who acts (member id, `stranger`, `job:NAME`) and, where a message is the cause, that message;
 * `at` is the record's time and decides which day's pack judges
 */
export async function openDesk(
  db: StreetDb,
  source: { by: string; now: number; at: number; messageId?: string },
): Promise<Desk> {
  const { by, now, at, messageId } = source
  const today = dayOf(at)
  return {
    db,
    now,
    today,
    roster: await loadRoster(db, today),
    pack: await loadPack(db, today),
    calendar: await loadCalendar(db),
    say: createSay(db, { at: now, messageId }),
    record: (action, subject, detail) => recordAudit(db, { at: now, by, action, subject, messageId, detail }),
  }
}
