import { type ChangeKind, insertVisitTargetStep } from '../../storage/visit-target-history.ts'
import { updateVisitTarget, type VisitTarget, type VisitTargetChange } from '../../storage/visit-targets.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { maySee } from './answerers.ts'
import { CODE, findCoded, readCode } from './codes.ts'

/** A word with a code behind it, and what may follow. */
export const createPattern = (words: string, behind: string): RegExp =>
  new RegExp(`^\\s*(?:@\\S+\\s+)?(?:${words})\\s*(${CODE})${behind}\\s*[。.!！]?\\s*$`, 'u')

/** The one whom a code means, where the sender may change it. */
export async function findTarget(
  ctx: Ctx,
  pattern: RegExp,
): Promise<{ target: VisitTarget; words: string } | { refused: Answer }> {
  const [, told = '', words = ''] = pattern.exec(ctx.text) ?? []
  const code = readCode(told)
  const {
    targets: [target],
  } = await findCoded(ctx.db, [code])
  if (!target || !maySee(ctx, target)) {
    const text = `没有您负责的走访对象${code}，没有改动。私聊我说“走访对象”看名单。`
    return { refused: refuse('unknown-code', text, { private: true }) }
  }
  if (target.closedOn !== undefined) {
    const text = `${target.code}已经移出名单（${target.closedReason}），没有改动。`
    return { refused: refuse('closed-already', text, { private: true }) }
  }
  return { target, words: words.normalize('NFKC').trim() }
}

/** Changes one and keeps how it stood, so that undoing brings it back. */
export async function changeTarget(
  ctx: Ctx,
  target: VisitTarget,
  kind: ChangeKind,
  to: VisitTargetChange,
): Promise<VisitTarget> {
  const { id, gridId, address, memberId, pausedUntil, closedOn, closedReason } = target
  const former: VisitTargetChange = {
    gridId,
    address: address?.reveal(),
    memberId: memberId ?? null,
    pausedUntil: pausedUntil ?? null,
    closedOn: closedOn ?? null,
    closedReason: closedReason ?? null,
  }
  const step = { targetId: id, kind, former, byId: ctx.actor.id, at: ctx.at, messageId: ctx.message.id }
  const stepId = await insertVisitTargetStep(ctx.db, step, ctx.now)
  await ctx.record('created', { type: 'visitTargetChange', id: stepId }, { kind, code: target.code })
  return updateVisitTarget(ctx.db, id, to)
}
