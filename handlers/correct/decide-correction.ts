import { statusNames } from '../../policy/pack.ts'
import { type Correction, linkCorrection, settleCorrection } from '../../storage/corrections.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { fileMakeup, findMakeupHindrance } from '../presence/makeup.ts'
import type { SlotsOf } from '../slots.ts'
import { correctableOf } from './any-record.ts'
import { type Changes, type Hindrance, isHindrance } from './correctable.ts'
import { listDeciders } from './deciders.ts'
import { correctionStates, nameCorrection } from './words.ts'

/** Only who decides today, never the one who asked; both sides read the outcome. Source: S1-08 (recusal), expectations.md §4 (3) */
export async function decideCorrection(
  ctx: Ctx,
  correction: Correction,
  { decision, reason }: Pick<SlotsOf['decide'], 'decision' | 'reason'>,
): Promise<Answer> {
  const { db, actor, now, pack, roster } = ctx
  const name = nameCorrection(ctx, correction)
  const { approvers } = pack.undo
  const basis = approvers.status === 'original' ? `依据：${approvers.clause}` : statusNames[approvers.status]
  const owner = roster.memberById(correction.memberId)
  if (correction.memberId === actor.id)
    return refuse('own-request', `更正${correction.no}号是您自己报的，要由别人审批（${basis}）。`, { private: true })
  const deciders = owner ? await listDeciders(ctx, owner, correction.gridId) : []
  if (!deciders.some(({ id }) => id === actor.id)) {
    const names = deciders.map(decider => decider.name).join('、')
    return refuse('not-yours', `更正${correction.no}号由${names}审批（${basis}），没有改动。`, { private: true })
  }
  if (correction.status !== 'pending')
    return refuse('wrong-state', `${name}${correctionStates[correction.status]}，没有改动。`, { private: true })
  if (decision === 'issue' || decision === 'sign')
    return refuse('wrong-step', `更正不用签发。请回“同意更正${correction.no}”，或“不同意更正${correction.no}”加原因。`)
  if (decision === 'reject' && reason === undefined) {
    const example = `“不同意更正${correction.no} 与实际不符”`
    return refuse('no-reason', `不同意请写一句原因，如${example}。`, { private: true })
  }
  const hindrance = decision === 'reject' ? undefined : await findHindrance(ctx, correction)
  const status = hindrance ? 'cancelled' : decision === 'reject' ? 'rejected' : 'approved'
  const settled = await settleCorrection(db, correction.id, { status, by: actor.id, at: now, reason })
  if (!settled) return refuse('wrong-state', `${name}刚刚有了结果，没有改动。`, { private: true })
  await ctx.record(status, { type: 'correction', id: correction.id }, { reason })
  if (hindrance) {
    await tellOwner(ctx, correction, `没有办成：${hindrance.text}`)
    return refuse(hindrance.reason, `${name}办不了，已撤回：${hindrance.text}`, { private: true })
  }
  if (status === 'approved') await apply(ctx, settled)
  const why = reason ? `：${reason}` : ''
  const outcome = status === 'approved' ? '已同意，记录已改' : `没有同意${why}，记录不变`
  await tellOwner(ctx, correction, `${actor.name}${outcome}。`)
  return answer(status === 'approved' ? `${name}已同意，记录已改。` : `${name}没有同意，已告诉本人。`, {
    private: true,
  })
}

/** Whether the record is still as it was when the request came, and may still go. */
async function findHindrance(
  ctx: Ctx,
  { subject, changes, memberId, day }: Correction,
): Promise<Hindrance | undefined> {
  if (subject.id === undefined) return findMakeupHindrance(ctx, memberId, day, changes as Changes)
  const kind = correctableOf(subject.type)
  const difference = await kind?.compare(ctx, subject.id, changes as Changes, memberId)
  return difference && isHindrance(difference) ? difference : kind?.attempt?.(ctx, subject.id)
}

/** The audit names both records; who decided is the actor of its line. */
async function apply(ctx: Ctx, correction: Correction): Promise<void> {
  const { id, no, subject, memberId, messageId, askedAt, day } = correction
  const changes = correction.changes as Changes
  const behalf = { memberId, messageId, at: askedAt }
  const newId =
    subject.id === undefined
      ? await fileMakeup(ctx, { memberId, day, messageId }, changes)
      : await correctableOf(subject.type)!.replace(ctx, subject.id, changes, behalf)
  if (newId !== undefined) await linkCorrection(ctx.db, id, newId)
  const record = { type: subject.type, id: subject.id ?? newId ?? id }
  await ctx.record('corrected', record, { correction: no, newId })
}

async function tellOwner({ roster, say }: Ctx, { id, no, memberId, what }: Correction, text: string): Promise<void> {
  const owner = roster.memberById(memberId)
  if (!owner) return
  await say.toMember(owner, `您的更正${no}号（${what.reveal()}）${text}`, {
    kind: 'correction-decided',
    urgency: 'normal',
    subject: { type: 'correction', id },
  })
}
