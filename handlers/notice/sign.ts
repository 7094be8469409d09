import { type BroadcastVerdict, judgeDirectIssue, judgeIssuing } from '../../policy/notice.ts'
import { dayOf, formatMoment, minuteMs, timeOf } from '../../policy/time.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import { insertApproval } from '../../storage/notice-approvals.ts'
import { moveNotice, type Notice, updateNotice } from '../../storage/notices.ts'
import { type Answer, answer, ask, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { findHand, type Hand, listHands, roleOfStep } from './chain.ts'
import { releaseNotices } from './release.ts'
import { tellSigned } from './say-notice.ts'
import { nameHand, nameNotice } from './words.ts'

/** When the proof line looks again at what was still on its way. */
export const PROOF_AGAIN_MS = 5 * minuteMs

/** What stays open after an answer about sending out: whether the principal wants 加急 (`offer`), or only the reason for it. */
export interface ExpediteDraft {
  kind: 'offer' | 'expedite'
  noticeId: string
}

/**
 * The principal's signature; its instant decides when the notice goes out. Source: S0-21, S0-20; contract "Task notices"
 *
 * @returns undefined where the notice no longer waits for it
 */
export async function signNotice(
  ctx: Ctx,
  reviewed: Notice,
  wish: { expedite?: boolean; reason?: string },
  hand: Hand,
): Promise<Answer | undefined> {
  const { db, actor, at, now, message, pack, calendar } = ctx
  const expediteReason = wish.expedite ? wish.reason?.trim() : undefined
  const facts = { kind: reviewed.kind, signedAt: at, now, expediteReason, rules: pack.notice, calendar }
  const verdict = judgeIssuing(facts)
  const signed = await moveNotice(db, reviewed.id, 'reviewed', {
    status: 'signed',
    signedAt: at,
    releaseAt: verdict.at,
    deferred: verdict.deferred,
    expediteReason,
  })
  if (!signed) return undefined
  const role = roleOfStep(pack, 'sign')
  await insertApproval(db, {
    noticeId: signed.id,
    role,
    byId: actor.id,
    forId: hand.forMember?.id,
    decision: 'sign',
    at,
    messageId: message.id,
  })
  await ctx.record('signed', { type: 'notice', id: signed.id }, { when: verdict.when, for: hand.forMember?.key })

  const when = await sendOrQueue(ctx, signed, verdict)
  await tellSigned(ctx, { ...signed, status: verdict.when === 'atOnce' ? 'broadcast' : 'signed' }, when, actor)
  const done = `已签发${nameNotice(signed)}${nameHand(hand)}，${when}。`
  if (verdict.when === 'atOnce') return answer(done)
  if (wish.expedite) return askReason(signed, `${done}要现在就发，请说加急的原因。`)
  if (!verdict.deferred) return answer(done)
  const draft: ExpediteDraft = { kind: 'offer', noticeId: signed.id }
  return ask('decide', draft, `${done}要马上发，请回“${signed.no}号加急下发”并写上原因。`, {
    card: {
      title: `${signed.no}号 顺延下发`,
      buttons: [{ key: 'expedite', text: '加急', says: `${signed.no}号提示单加急下发` }],
    },
  })
}

async function sendOrQueue(ctx: Ctx, signed: Notice, { when, at, deferred }: BroadcastVerdict): Promise<string> {
  const { db, now, calendar, pack } = ctx
  if (when === 'atOnce') return sendNow(ctx, signed)
  await insertTimer(db, { job: 'notice-broadcast', subject: signed.id, dueAt: at, at: now })
  const caveat = calendar.caveatOf(dayOf(at))
  const note = caveat ? `（${caveat}）` : ''
  if (!deferred) return `今天${timeOf(at)}汇总下发${note}`
  const signedOn = dayOf(signed.signedAt!)
  const why = calendar.isWorkday(signedOn) ? `已过${pack.notice.cutoff.value}` : '今天不是工作日'
  return `${why}，顺延至${formatMoment(at)}下发${note}`
}

/** At once; what goes out after the cutoff of its day is looked after by the proof line a little later. */
async function sendNow(ctx: Ctx, signed: Notice): Promise<string> {
  const { db, now, pack } = ctx
  const urgency = signed.expediteReason ? 'urgent' : 'notice'
  const groups = await releaseNotices(ctx, [{ notice: signed, deferred: false, late: false }], urgency)
  if (timeOf(now) >= pack.notice.cutoff.value && signed.kind === 'campaign') {
    await insertTimer(db, { job: 'notice-proof', subject: dayOf(now), dueAt: now + PROOF_AGAIN_MS, at: now })
  }
  return `现在就发往${groups}个网格群`
}

/** 加急 of a notice that is signed and waits. Only the principal, only with a reason. */
export async function expediteNotice(ctx: Ctx, notice: Notice, reason: string | undefined): Promise<Answer> {
  const { db, actor, now } = ctx
  const hand = await findHand(ctx, actor, 'sign')
  if (!hand) return refuseRole(ctx, 'expediteNotice')
  if (!reason?.trim()) return askReason(notice, `${nameNotice(notice)}加急下发的原因是什么？回一句话就发。`)
  const signed = await updateNotice(db, notice.id, { expediteReason: reason.trim(), deferred: false, releaseAt: now })
  await ctx.record('expedited', { type: 'notice', id: notice.id }, { reason, for: hand.forMember?.key })
  const when = await sendNow(ctx, signed)
  await tellSigned(ctx, { ...signed, status: 'broadcast' }, `加急下发（${reason.trim()}），${when}`, actor)
  return answer(`${nameNotice(signed)}已加急，${when}。`)
}

function askReason(notice: Notice, text: string): Answer {
  const draft: ExpediteDraft = { kind: 'expedite', noticeId: notice.id }
  return ask('decide', draft, text)
}

/** 党政办 sends a signed notice before the compiled run; after the cutoff only the principal can. Source: S0-21 */
export async function issueNotice(ctx: Ctx, notice: Notice): Promise<Answer> {
  const { db, actor, at, pack, calendar, message } = ctx
  const hand = await findHand(ctx, actor, 'issue')
  if (!hand) return refuseRole(ctx, 'issueNotice')
  const verdict = judgeDirectIssue(at, pack.notice, calendar)
  if (!verdict.ok) {
    const principals = (await listHands(ctx, 'sign')).map(hand => `${hand.member.name}${nameHand(hand)}`)
    const why = verdict.reason === 'after-cutoff' ? `已过${pack.notice.cutoff.value}` : '今天不是工作日'
    const when = notice.releaseAt ? `将于${formatMoment(notice.releaseAt)}下发` : '没有下发'
    const text = `${why}，${nameNotice(notice)}${when}。要现在发，请主要领导（${principals.join('、')}）说“${notice.no}号加急下发”并写明原因（依据：${verdict.clause}）。`
    return refuse(verdict.reason!, text)
  }
  const role = roleOfStep(pack, 'issue')
  await insertApproval(db, {
    noticeId: notice.id,
    role,
    byId: actor.id,
    forId: hand.forMember?.id,
    decision: 'issue',
    at,
    messageId: message.id,
  })
  await ctx.record('issued', { type: 'notice', id: notice.id }, { for: hand.forMember?.key })
  return answer(`${nameNotice(notice)}${await sendNow(ctx, notice)}。`)
}
