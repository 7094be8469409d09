import { type Leave, listLeaves } from '../storage/leaves.ts'
import { listNotices, type Notice, type NoticeStatus } from '../storage/notices.ts'
import type { Member } from '../storage/roster.ts'
import type { Desk } from './desk.ts'
import { renderLeave } from './leave/words.ts'
import { findHand, reviewersOf } from './notice/chain.ts'
import { nameNotice } from './notice/words.ts'

/** Something that stands still until one person decides. */
export type Waiting = { type: 'notice'; no: number; notice: Notice } | { type: 'leave'; no: number; leave: Leave }

/** Everything that waits for this person, also in the place of somebody on leave: notices to review or sign, leave to decide. By number, notices first. */
export async function listWaiting(desk: Desk, member: Member): Promise<Waiting[]> {
  const { db } = desk
  const reviews: Notice[] = []
  for (const notice of await listNotices(db, { statuses: ['submitted'] })) {
    if (await findHand(desk, member, 'review', reviewersOf(desk, notice))) reviews.push(notice)
  }
  const signs = (await findHand(desk, member, 'sign')) ? await listNotices(db, { statuses: ['reviewed'] }) : []
  const leaves = await listLeaves(db, { statuses: ['pending'], approverId: member.id })
  return [
    ...toWaiting([...reviews, ...signs].filter(({ drafterId }) => drafterId !== member.id)),
    ...leaves.map(leave => ({ type: 'leave', no: leave.no, leave }) as const),
  ]
}

/** Signed notices that this person could send out by hand now: 党政办 by `issue`, the principal by 加急. */
export async function listSendable(desk: Desk, member: Member): Promise<Waiting[]> {
  const { db } = desk
  const signed: NoticeStatus[] = ['signed']
  const sends = (await findHand(desk, member, 'issue')) ?? (await findHand(desk, member, 'sign'))
  return sends ? toWaiting(await listNotices(db, { statuses: signed })) : []
}

function toWaiting(notices: readonly Notice[]): Waiting[] {
  const own = [...notices].sort((a, b) => a.no - b.no)
  return own.map(notice => ({ type: 'notice', no: notice.no, notice }))
}

/** `12号提示单《消防检查》` or `3号请假（李敏，11月20日（周五）全天）`. */
export function nameWaiting({ roster }: Desk, waiting: Waiting): string {
  return waiting.type === 'notice' ? nameNotice(waiting.notice) : renderLeave(roster, waiting.leave)
}
