import { OPEN_STATUSES } from '../policy/incident.ts'
import type { Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'

/** What one person has in hand and another can take over, as row ids. */
export interface OpenWork {
  /** Cases in hand. */
  incidents: string[]
  tasks: string[]
  /** Receipts of notices that went out and are not done. */
  receipts: string[]
  /** Leave that waits for a decision. */
  leaves: string[]
  /** People and places to visit. */
  visitTargets: string[]
  households: string[]
  /** Turns of duty to come. */
  shifts: string[]
}

export const workKinds = [
  'incidents',
  'tasks',
  'receipts',
  'leaves',
  'visitTargets',
  'households',
  'shifts',
] as const satisfies (keyof OpenWork)[]

export function noWork(): OpenWork {
  return { incidents: [], tasks: [], receipts: [], leaves: [], visitTargets: [], households: [], shifts: [] }
}

export function isIdle(work: OpenWork): boolean {
  return workKinds.every(kind => work[kind].length === 0)
}

/** Everything open of a member; turns of duty from `day` on. */
export async function listOpenWork(db: StreetDb, memberId: string, day: Day): Promise<OpenWork> {
  const { sql, street } = db
  const incidents = sql
    .selectFrom('incident')
    .select('id')
    .where('subdistrict_id', '=', street)
    .where('holder_id', '=', memberId)
    .where('status', 'in', OPEN_STATUSES)
    .where('voided_at', 'is', null)
  const tasks = sql
    .selectFrom('task')
    .select('id')
    .where('subdistrict_id', '=', street)
    .where('member_id', '=', memberId)
    .where('status', '=', 'open')
  const receipts = sql
    .selectFrom('notice_receiver')
    .innerJoin('notice', 'notice.id', 'notice_receiver.notice_id')
    .select('notice_receiver.id')
    .where('notice_receiver.subdistrict_id', '=', street)
    .where('notice_receiver.member_id', '=', memberId)
    .where('notice_receiver.done_at', 'is', null)
    .where('notice.status', '=', 'broadcast')
  const leaves = sql
    .selectFrom('leave_request')
    .select('id')
    .where('subdistrict_id', '=', street)
    .where('approver_id', '=', memberId)
    .where('status', '=', 'pending')
  const visitTargets = sql
    .selectFrom('visit_target')
    .select('id')
    .where('subdistrict_id', '=', street)
    .where('member_id', '=', memberId)
    .where('closed_on', 'is', null)
    .where('voided_at', 'is', null)
  const households = sql
    .selectFrom('household')
    .select('id')
    .where('subdistrict_id', '=', street)
    .where('member_id', '=', memberId)
    .where('closed_on', 'is', null)
  const shifts = sql
    .selectFrom('shift')
    .select('id')
    .where('subdistrict_id', '=', street)
    .where('member_id', '=', memberId)
    .where('day', '>=', day)
    .where('dropped_at', 'is', null)
  return {
    incidents: await idsOf(incidents),
    tasks: await idsOf(tasks),
    receipts: await idsOf(receipts),
    leaves: await idsOf(leaves),
    visitTargets: await idsOf(visitTargets),
    households: await idsOf(households),
    shifts: await idsOf(shifts),
  }
}

export interface Hands {
  from: string
  to: string
  /** Who decides the leave instead: seldom whoever takes the rest. Absent: it stays where it is. */
  approver?: string
  day: Day
}

/**
 * Puts into other hands what of `work` is still open and still with `from` on `day`. A notice that `to` owes anyway is owed once.
 *
 * @returns what moved: the same call the other way round takes it back
 */
export async function moveOpenWork(
  db: StreetDb,
  work: OpenWork,
  { from, to, approver, day }: Hands,
): Promise<OpenWork> {
  const open = await listOpenWork(db, from, day)
  const still = (kind: keyof OpenWork) => work[kind].filter(id => open[kind].includes(id))
  const moved: OpenWork = {
    ...noWork(),
    incidents: still('incidents'),
    tasks: still('tasks'),
    receipts: await listNotOwed(db, still('receipts'), to),
    leaves: approver === undefined ? [] : still('leaves'),
    visitTargets: still('visitTargets'),
    households: still('households'),
    shifts: still('shifts'),
  }
  await setHolder(db, moved.incidents, to)
  await setMember(db, 'task', moved.tasks, to)
  await setMember(db, 'notice_receiver', moved.receipts, to)
  if (approver !== undefined) await setApprover(db, moved.leaves, approver)
  await setMember(db, 'visit_target', moved.visitTargets, to)
  await setMember(db, 'household', moved.households, to)
  await setMember(db, 'shift', moved.shifts, to)
  return moved
}

async function idsOf(query: { execute(): Promise<{ id: string }[]> }): Promise<string[]> {
  return (await query.execute()).map(({ id }) => id)
}

/** Of these receipts those whose notice this member does not owe already. */
async function listNotOwed({ sql, street }: StreetDb, ids: readonly string[], memberId: string): Promise<string[]> {
  if (ids.length === 0) return []
  const owed = sql
    .selectFrom('notice_receiver')
    .select('notice_id')
    .where('subdistrict_id', '=', street)
    .where('member_id', '=', memberId)
  return idsOf(
    sql
      .selectFrom('notice_receiver')
      .select('id')
      .where('subdistrict_id', '=', street)
      .where('id', 'in', ids)
      .where('notice_id', 'not in', owed),
  )
}

async function setMember(
  { sql, street }: StreetDb,
  table: 'task' | 'notice_receiver' | 'visit_target' | 'household' | 'shift',
  ids: readonly string[],
  memberId: string,
): Promise<void> {
  if (ids.length === 0) return
  await sql
    .updateTable(table)
    .set({ member_id: memberId })
    .where('subdistrict_id', '=', street)
    .where('id', 'in', ids)
    .execute()
}

async function setHolder({ sql, street }: StreetDb, ids: readonly string[], memberId: string): Promise<void> {
  if (ids.length === 0) return
  await sql
    .updateTable('incident')
    .set({ holder_id: memberId })
    .where('subdistrict_id', '=', street)
    .where('id', 'in', ids)
    .execute()
}

async function setApprover({ sql, street }: StreetDb, ids: readonly string[], memberId: string): Promise<void> {
  if (ids.length === 0) return
  await sql
    .updateTable('leave_request')
    .set({ approver_id: memberId })
    .where('subdistrict_id', '=', street)
    .where('id', 'in', ids)
    .execute()
}
