import { addDays, type Day } from '../policy/time.ts'
import { recordAudit } from './audit.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { touchRoster } from './load-roster.ts'
import type { Member, MemberRole } from './roster.ts'

/** When and by whom (as the audit names them) something about a member is changed. */
export interface ChangeSource {
  now: number
  by: string
  messageId?: string
}

/** A role's last day as it was before it was ended; open where null. */
export interface EndedRole {
  id: string
  to: Day | null
}

/**
 * Somebody left: every role ends with the day before `today`; the rows stay, since every record of that person points at them.
 * @returns false where they had left already
 */
export async function markLeft(
  db: StreetDb,
  member: Member,
  { today, ...source }: ChangeSource & { today: Day },
): Promise<boolean> {
  if (member.status === 'left') return false
  await endRoles(db, member, addDays(today, -1), source)
  await setStatus(db, member, 'left', source)
  return true
}

/** Ends every role that lasts beyond a day; a day to come is fine. @returns what each was before */
export async function endRoles(
  db: StreetDb,
  { key, roles }: Member,
  lastDay: Day,
  { now, by, messageId }: ChangeSource,
): Promise<EndedRole[]> {
  const ended = roles.filter(({ to }) => to === undefined || to > lastDay)
  for (const role of ended) {
    await setLastDay(db, role.id, lastDay)
    const detail = { member: key, role: role.roleName, to: lastDay }
    const subject = { type: 'memberRole', id: role.id }
    await recordAudit(db, { at: now, by, action: 'ended', subject, messageId, detail })
  }
  if (ended.length > 0) await touchRoster(db, newId(now))
  return ended.map(({ id, to }) => ({ id, to: to ?? null }))
}

/** Puts ended roles back as they were. */
export async function resumeRoles(
  db: StreetDb,
  ended: readonly EndedRole[],
  { now, by, messageId }: ChangeSource,
): Promise<void> {
  for (const { id, to } of ended) {
    await setLastDay(db, id, to)
    const subject = { type: 'memberRole', id }
    await recordAudit(db, { at: now, by, action: 'resumed', subject, messageId, detail: { to } })
  }
  await touchRoster(db, newId(now))
}

/** Gives somebody the post that another leaves, from a day on. @returns the new role's id */
export async function giveRole(
  db: StreetDb,
  { id: memberId, key }: Member,
  post: MemberRole,
  from: Day,
  { now, by, messageId }: ChangeSource,
): Promise<string> {
  const id = newId(now)
  await db.sql
    .insertInto('member_role')
    .values({
      id,
      subdistrict_id: db.street,
      member_id: memberId,
      role: post.role,
      role_name: post.roleName,
      employment: post.employment ?? null,
      community: post.community ?? null,
      grid_id: post.gridId ?? null,
      office: post.office ?? null,
      supervises: post.supervises.length > 0 ? JSON.stringify(post.supervises) : null,
      stand_in: null,
      point: post.point ?? null,
      from_day: from,
      to_day: null,
    })
    .execute()
  const detail = { member: key, role: post.roleName, from }
  await recordAudit(db, { at: now, by, action: 'created', subject: { type: 'memberRole', id }, messageId, detail })
  await touchRoster(db, newId(now))
  return id
}

/** A post that was given by mistake never was: left behind with a last day to come, it would pass for one that somebody holds. */
export async function dropRole(db: StreetDb, id: string, { now, by, messageId }: ChangeSource): Promise<void> {
  await db.sql.deleteFrom('member_role').where('subdistrict_id', '=', db.street).where('id', '=', id).execute()
  await recordAudit(db, { at: now, by, action: 'dropped', subject: { type: 'memberRole', id }, messageId })
  await touchRoster(db, newId(now))
}

export async function setStatus(
  db: StreetDb,
  { id, status }: Pick<Member, 'id' | 'status'>,
  next: Member['status'],
  { now, by, messageId }: ChangeSource,
): Promise<void> {
  if (status === next) return
  await db.sql
    .updateTable('member')
    .set({ status: next })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
  const detail = { status: { from: status, to: next } }
  await recordAudit(db, { at: now, by, action: 'changed', subject: { type: 'member', id }, messageId, detail })
  await touchRoster(db, newId(now))
}

async function setLastDay(db: StreetDb, roleId: string, day: Day | null): Promise<void> {
  await db.sql
    .updateTable('member_role')
    .set({ to_day: day })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', roleId)
    .execute()
}
