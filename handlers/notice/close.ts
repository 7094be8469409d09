import { listReceivers } from '../../storage/notice-receivers.ts'
import { moveNotice, type Notice } from '../../storage/notices.ts'
import type { Member } from '../../storage/roster.ts'
import { takeTurn } from '../../storage/turns.ts'
import type { Desk } from '../desk.ts'
import type { Ctx } from '../handler.ts'
import { officeOf } from './chain.ts'
import { nameNotice } from './words.ts'

/** The last completion closes a notice; its drafter is told once. A standing task itself goes on; each of its times is closed. */
export async function closeWhenDone(ctx: Ctx, notice: Notice): Promise<void> {
  const { db, at, roster, actor, say } = ctx
  if (notice.kind === 'standing' && notice.parentId === undefined) return
  // Two who finish last at the same moment must see each other.
  await takeTurn(db, `notice ${notice.id}`)
  const rows = await listReceivers(db, [notice.id])
  if (rows.some(({ doneAt }) => doneAt === undefined)) return
  const closed = await moveNotice(db, notice.id, 'broadcast', { status: 'closed', closedAt: at })
  if (!closed) return
  await ctx.record('closed', { type: 'notice', id: notice.id }, { by: 'allDone' })
  const drafter = roster.memberById(notice.drafterId)
  if (!drafter || drafter.id === actor.id) return
  await say.toMember(drafter, `${nameNotice(notice)}${rows.length}人全部完成，已办结。`, {
    kind: 'notice-closed',
    urgency: 'normal',
    subject: { type: 'notice', id: notice.id },
  })
}

/** Somebody took a completion back: there is work left. */
export async function reopen(ctx: Ctx, notice: Notice): Promise<void> {
  const reopened = await moveNotice(ctx.db, notice.id, 'closed', { status: 'broadcast' })
  if (reopened) await ctx.record('reopened', { type: 'notice', id: notice.id })
}

/** Who answers for a notice: its drafter, the drafter's office, and 党政办 that sent it. */
export function isIssuer(ctx: Ctx, { drafterId, office }: Pick<Notice, 'drafterId' | 'office'>): boolean {
  const { actor } = ctx
  if (actor.id === drafterId || ctx.may('issueNotice')) return true
  return office !== undefined && ctx.may('draftNotice') && officeOf(ctx, actor) === office
}

/** To whom what concerns the issuing office goes: the drafter while active, else whoever drafts for that office. */
export function issuersOf(desk: Desk, { drafterId, office }: Pick<Notice, 'drafterId' | 'office'>): Member[] {
  const { roster } = desk
  const drafter = roster.memberById(drafterId)
  if (drafter?.status === 'active') return [drafter]
  return roster.members.filter(member => member.status === 'active' && officeOf(desk, member) === office)
}
