import { addDays, type Day } from '../policy/time.ts'
import { recordAudit } from './audit.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { type Member, touchRoster } from './roster.ts'

/**
 * Somebody left: every role ends with the day before `today`; the rows stay, since every record of that person points at them.
 * @param by who says so, as the audit names it
 * @returns false where they had left already
 */
export async function markLeft(
  db: StreetDb,
  { id, key, status, roles }: Member,
  { now, today, by }: { now: number; today: Day; by: string },
): Promise<boolean> {
  if (status === 'left') return false
  const lastDay = addDays(today, -1)
  const ended = roles.filter(({ to }) => to === undefined || to >= today)
  for (const role of ended) {
    await db.sql.updateTable('member_role').set({ to_day: lastDay }).where('id', '=', role.id).execute()
    const detail = { member: key, role: role.roleName, to: lastDay }
    await recordAudit(db, { at: now, by, action: 'ended', subject: { type: 'memberRole', id: role.id }, detail })
  }
  await db.sql.updateTable('member').set({ status: 'left' }).where('id', '=', id).execute()
  const detail = { status: { from: status, to: 'left' } }
  await recordAudit(db, { at: now, by, action: 'changed', subject: { type: 'member', id }, detail })
  await touchRoster(db, newId(now))
  return true
}
