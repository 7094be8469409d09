import { getNotice, insertApproval, moveNotice, type Notice } from '../../storage/notices.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import type { SlotsOf } from '../slots.ts'
import { roleOfStep } from './chain.ts'
import { tellRejected, tellSigners } from './say-notice.ts'
import { expediteNotice, issueNotice, signNotice } from './sign.ts'
import { nameNotice, nameState } from './words.ts'

/** What stays open after 退回 without a reason. */
export interface RejectDraft {
  kind: 'reject'
  noticeId: string
}

export type Wish = Pick<SlotsOf['decide'], 'decision' | 'reason' | 'expedite'>

/**
 * One step of the chain: the deputy reviews, the principal signs, 党政办 sends out; either leader returns it with a reason.
 * Whatever does not fit role and state is refused and changes nothing. Source: S0-21
 */
export async function decideNotice(ctx: Ctx, notice: Notice, wish: Wish): Promise<Answer> {
  const { status } = notice
  if (wish.decision === 'reject') return rejectNotice(ctx, notice, wish.reason)
  if (status === 'signed' && (wish.expedite || (wish.decision === 'issue' && ctx.may('expediteNotice')))) {
    return expediteNotice(ctx, notice, wish.reason)
  }
  if (wish.decision === 'issue' && status === 'signed') return issueNotice(ctx, notice)
  if (status === 'submitted') return reviewNotice(ctx, notice, wish)
  if (status === 'reviewed') return sign(ctx, notice, wish)
  return refuseState(ctx, notice)
}

async function reviewNotice(ctx: Ctx, notice: Notice, { decision }: Wish): Promise<Answer> {
  const { db, actor, at, message, pack, roster } = ctx
  const reviewer = notice.reviewerId ? roster.memberById(notice.reviewerId) : undefined
  if (notice.drafterId === actor.id) return refuseOwn(ctx, notice)
  if (!ctx.may('reviewNotice')) {
    if (ctx.may('signNotice') || decision === 'issue') return refuseState(ctx, notice)
    return refuseRole(ctx, 'reviewNotice')
  }
  if (decision === 'sign' || decision === 'issue')
    return refuseRole(ctx, decision === 'sign' ? 'signNotice' : 'issueNotice')
  if (reviewer && reviewer.id !== actor.id) {
    return refuse('not-yours', `${nameNotice(notice)}由${reviewer.name}审核，没有改动。`)
  }
  const reviewed = await moveNotice(db, notice.id, 'submitted', { status: 'reviewed' })
  if (!reviewed) return refuseState(ctx, await getNotice(db, notice.id))
  const role = roleOfStep(pack, 'review')
  const approval = {
    noticeId: notice.id,
    role,
    byId: actor.id,
    decision: 'approve',
    at,
    messageId: message.id,
  } as const
  await insertApproval(db, approval)
  await ctx.record('reviewed', { type: 'notice', id: notice.id })
  await tellSigners(ctx, reviewed, actor)
  return answer(`${nameNotice(notice)}审核通过，已报主要领导签发。`)
}

async function sign(ctx: Ctx, notice: Notice, wish: Wish): Promise<Answer> {
  if (notice.drafterId === ctx.actor.id) return refuseOwn(ctx, notice)
  if (ctx.may('signNotice'))
    return (await signNotice(ctx, notice, wish)) ?? refuseState(ctx, await getNotice(ctx.db, notice.id))
  if (wish.decision === 'issue' && ctx.may('issueNotice')) return refuseState(ctx, notice)
  return refuseRole(ctx, 'signNotice')
}

/** Also the answer to the question for the reason. */
export async function rejectNotice(ctx: Ctx, notice: Notice, reason: string | undefined): Promise<Answer> {
  const { db, actor, at, message, pack } = ctx
  const step = notice.status === 'submitted' ? 'review' : 'sign'
  if (notice.status !== 'submitted' && notice.status !== 'reviewed') return refuseState(ctx, notice)
  if (notice.drafterId === actor.id) return refuseOwn(ctx, notice)
  if (!ctx.may(step === 'review' ? 'reviewNotice' : 'signNotice')) {
    return refuseRole(ctx, step === 'review' ? 'reviewNotice' : 'signNotice')
  }
  if (step === 'review' && notice.reviewerId !== actor.id) {
    const reviewer = ctx.roster.memberById(notice.reviewerId ?? '')
    return refuse('not-yours', `${nameNotice(notice)}由${reviewer?.name ?? '分管领导'}审核，没有改动。`)
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
    decision: 'reject',
    at,
    reason: reason.trim(),
    messageId: message.id,
  })
  await ctx.record('rejected', { type: 'notice', id: notice.id }, { reason })
  await tellRejected(ctx, rejected, actor, reason.trim())
  return answer(`${nameNotice(notice)}已退回，原因已转告起草人。`)
}

function refuseOwn({ pack }: Ctx, notice: Notice): Answer {
  const { clause } = pack.notice.chain
  return refuse('own-notice', `${nameNotice(notice)}是您自己起草的，要由别人审签（依据：${clause}），没有改动。`)
}

/** Names where the notice stands, and with whom. */
function refuseState({ pack, roster }: Ctx, notice: Notice): Answer {
  const reviewer = notice.status === 'submitted' && notice.reviewerId ? roster.memberById(notice.reviewerId) : undefined
  const state = reviewer ? `还在等分管领导${reviewer.name}审核` : nameState(notice)
  return refuse(
    'wrong-state',
    `${nameNotice(notice)}${state}，这一步现在办不了，没有改动（依据：${pack.notice.chain.clause}）。`,
  )
}
