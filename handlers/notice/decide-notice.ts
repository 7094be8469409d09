import { insertApproval } from '../../storage/notice-approvals.ts'
import { getNotice, moveNotice, type Notice } from '../../storage/notices.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import type { SlotsOf } from '../slots.ts'
import { clauseOfChain, findHand, reviewersOf, roleOfStep } from './chain.ts'
import { tellRejected, tellSigners } from './say-notice.ts'
import { expediteNotice, issueNotice, signNotice } from './sign.ts'
import { nameHand, nameNotice, nameState } from './words.ts'

/** What stays open after 退回 without a reason. */
export interface RejectDraft {
  kind: 'reject'
  noticeId: string
}

export type Wish = Pick<SlotsOf['decide'], 'decision' | 'reason' | 'expedite'>

/**
 * One step of the chain: the deputy reviews, the principal signs, 党政办 sends out; either leader returns it with a reason. Who is
 * on leave is replaced by the 代理人, and nobody passes what they drafted themselves.
 * Whatever does not fit role and state is refused and changes nothing. Source: S0-20, S0-21
 */
export async function decideNotice(ctx: Ctx, notice: Notice, wish: Wish): Promise<Answer> {
  const { status } = notice
  if (wish.decision === 'reject') return rejectNotice(ctx, notice, wish.reason)
  if (
    status === 'signed' &&
    (wish.expedite || (wish.decision === 'issue' && (await findHand(ctx, ctx.actor, 'sign'))))
  ) {
    return expediteNotice(ctx, notice, wish.reason)
  }
  if (wish.decision === 'issue' && status === 'signed') return issueNotice(ctx, notice)
  if (status === 'submitted') return reviewNotice(ctx, notice, wish)
  if (status === 'reviewed') return sign(ctx, notice, wish)
  return refuseState(ctx, notice)
}

async function reviewNotice(ctx: Ctx, notice: Notice, { decision }: Wish): Promise<Answer> {
  const { db, actor, at, message, pack } = ctx
  if (notice.drafterId === actor.id) return refuseOwn(ctx, notice)
  const hand = await findHand(ctx, actor, 'review', reviewersOf(ctx, notice))
  if (!hand) {
    if (ctx.may('reviewNotice')) return refuseNotYours(ctx, notice)
    const isLater = decision === 'issue' || (await findHand(ctx, actor, 'sign'))
    return isLater ? refuseState(ctx, notice) : refuseRole(ctx, 'reviewNotice')
  }
  if (decision === 'sign' || decision === 'issue')
    return refuseRole(ctx, decision === 'sign' ? 'signNotice' : 'issueNotice')
  const reviewed = await moveNotice(db, notice.id, 'submitted', { status: 'reviewed' })
  if (!reviewed) return refuseState(ctx, await getNotice(db, notice.id))
  await insertApproval(db, {
    noticeId: notice.id,
    role: roleOfStep(pack, 'review'),
    byId: actor.id,
    forId: hand.forMember?.id,
    decision: 'approve',
    at,
    messageId: message.id,
  })
  await ctx.record('reviewed', { type: 'notice', id: notice.id }, { for: hand.forMember?.key })
  await tellSigners(ctx, reviewed, hand)
  return answer(`${nameNotice(notice)}审核通过${nameHand(hand)}，已报主要领导签发。`)
}

async function sign(ctx: Ctx, notice: Notice, wish: Wish): Promise<Answer> {
  if (notice.drafterId === ctx.actor.id) return refuseOwn(ctx, notice)
  const hand = await findHand(ctx, ctx.actor, 'sign')
  if (hand) return (await signNotice(ctx, notice, wish, hand)) ?? refuseState(ctx, await getNotice(ctx.db, notice.id))
  if (wish.decision === 'issue' && (await findHand(ctx, ctx.actor, 'issue'))) return refuseState(ctx, notice)
  return refuseRole(ctx, 'signNotice')
}

/** Also the answer to the question for the reason. */
export async function rejectNotice(ctx: Ctx, notice: Notice, reason: string | undefined): Promise<Answer> {
  const { db, actor, at, message, pack } = ctx
  const step = notice.status === 'submitted' ? 'review' : 'sign'
  if (notice.status !== 'submitted' && notice.status !== 'reviewed') return refuseState(ctx, notice)
  if (notice.drafterId === actor.id) return refuseOwn(ctx, notice)
  const hand = await findHand(ctx, actor, step, step === 'review' ? reviewersOf(ctx, notice) : undefined)
  if (!hand) {
    const action = step === 'review' ? 'reviewNotice' : 'signNotice'
    return step === 'review' && ctx.may(action) ? refuseNotYours(ctx, notice) : refuseRole(ctx, action)
  }
  if (!reason?.trim()) {
    const draft: RejectDraft = { kind: 'reject', noticeId: notice.id }
    return ask('decide', draft, `${nameNotice(notice)}退回的原因是什么？回一句话，我转给起草人。`)
  }
  const rejected = await moveNotice(db, notice.id, notice.status, { status: 'rejected' })
  if (!rejected) return refuseState(ctx, await getNotice(db, notice.id))
  await insertApproval(db, {
    noticeId: notice.id,
    role: roleOfStep(pack, step),
    byId: actor.id,
    forId: hand.forMember?.id,
    decision: 'reject',
    at,
    reason: reason.trim(),
    messageId: message.id,
  })
  await ctx.record('rejected', { type: 'notice', id: notice.id }, { reason, for: hand.forMember?.key })
  await tellRejected(ctx, rejected, hand, reason.trim())
  return answer(`${nameNotice(notice)}已退回${nameHand(hand)}，原因已转告起草人。`)
}

function refuseOwn({ pack }: Ctx, notice: Notice): Answer {
  const clause = clauseOfChain(pack, notice)
  return refuse('own-notice', `${nameNotice(notice)}是您自己起草的，要由别人审签（依据：${clause}），没有改动。`)
}

function refuseNotYours({ roster }: Ctx, notice: Notice): Answer {
  const reviewer = roster.memberById(notice.reviewerId ?? '')
  return refuse('not-yours', `${nameNotice(notice)}由${reviewer?.name ?? '分管领导'}审核，没有改动。`)
}

/** Names where the notice stands, and with whom. */
function refuseState({ pack, roster }: Ctx, notice: Notice): Answer {
  const reviewer = notice.status === 'submitted' && notice.reviewerId ? roster.memberById(notice.reviewerId) : undefined
  const state = reviewer ? `还在等分管领导${reviewer.name}审核` : nameState(notice)
  return refuse(
    'wrong-state',
    `${nameNotice(notice)}${state}，这一步现在办不了，没有改动（依据：${clauseOfChain(pack, notice)}）。`,
  )
}
