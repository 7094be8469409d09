import { mayDo } from '../../policy/permission.ts'
import { addDays, formatDayShort } from '../../policy/time.ts'
import { type HandOver, settleHandOver } from '../../storage/hand-overs.ts'
import { findIncidentById, insertIncidentLog } from '../../storage/incidents.ts'
import { setStatus } from '../../storage/leavers.ts'
import { removeReceipts } from '../../storage/notice-receivers.ts'
import { listOpenWork, moveOpenWork, type OpenWork, workKinds } from '../../storage/open-work.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { findApprover } from '../leave/approver.ts'
import { leadersOf } from '../presence/leaders.ts'

export const HAND_OVER_JOB = 'hand-over'

const units: Record<keyof OpenWork, string> = {
  incidents: '件事件',
  tasks: '件交办',
  receipts: '份提示单',
  leaves: '件待批请假',
  visitTargets: '个走访对象',
  households: '户联系户',
  shifts: '个班次',
}

/** `2件事件、1件交办`; empty where nothing is open. */
export function countWork(work: OpenWork): string {
  return workKinds
    .filter(kind => work[kind].length > 0)
    .map(kind => `${work[kind].length}${units[kind]}`)
    .join('、')
}

/** On the day: what is open changes hands, with a line in each case's log; the leaver, the taker and their leader are told once. */
export async function carryOut(
  desk: Desk,
  handOver: HandOver,
  source: { by: string; messageId?: string },
): Promise<OpenWork> {
  const { db, roster, now, today } = desk
  const member = roster.memberById(handOver.memberId)!
  const taker = roster.memberById(handOver.takerId ?? '')!
  const open = await listOpenWork(db, member.id, today)
  const approver = findDecider(desk, member, taker)
  const hands = { from: member.id, to: taker.id, approver: approver?.id, day: today }
  const moved = await moveOpenWork(db, open, hands)
  const staysOn = member.roles.some(({ to }) => to === undefined || to >= today)
  if (!staysOn) await setStatus(db, member, 'left', { now, ...source })
  const doubles = await removeReceipts(
    db,
    open.receipts.filter(id => !moved.receipts.includes(id)),
  )
  await settleHandOver(db, handOver.id, { status: 'done', moved, doubles, approverId: approver?.id, at: now })
  await desk.record('handedOver', { type: 'handOver', id: handOver.id }, moved)
  await logCases(desk, moved, `${member.name}离岗，由${taker.name}接手`, source)
  await tellAll(desk, { member, taker, moved, by: handOver.byId, fromDay: handOver.fromDay })
  return moved
}

/** Who decides the leave that waited for the leaver: the taker where their role may, else whoever decides for the leaver. */
function findDecider(desk: Desk, member: Member, taker: Member): Member | undefined {
  const roles = rolesOn(taker, desk.today).map(({ role }) => role)
  return mayDo(desk.pack, 'decideLeave', roles).ok ? taker : findApprover(desk, member)
}

export async function logCases(
  { db, now }: Desk,
  { incidents }: OpenWork,
  text: string,
  { by, messageId }: { by: string; messageId?: string },
): Promise<void> {
  for (const incidentId of incidents) {
    const incident = await findIncidentById(db, incidentId)
    if (!incident) continue
    const byId = by.startsWith('job:') ? undefined : by
    await insertIncidentLog(db, { incidentId, at: now, byId, action: 'handOver', text, messageId })
  }
}

async function tellAll(
  desk: Desk,
  {
    member,
    taker,
    moved,
    by,
    fromDay,
  }: { member: Member; taker: Member; moved: OpenWork; by?: string; fromDay: string },
): Promise<void> {
  const counts = countWork(moved) || '没有在办的事'
  const options = { kind: 'hand-over', urgency: 'normal' } as const
  await desk.say.toMember(taker, `${member.name}离岗，您接手：${counts}。回“我的任务”可看。`, options)
  if (member.id !== by)
    await desk.say.toMember(member, `您${formatDayShort(fromDay)}起离岗，${taker.name}接手：${counts}。`, options)
  for (const leader of leadersOf(desk, { ...member, status: 'active' }, addDays(fromDay, -1))) {
    if (leader.id === by || leader.id === taker.id) continue
    await desk.say.toMember(leader, `${member.name}离岗，${taker.name}接手：${counts}。`, options)
  }
}
