import type { VisitOutcome } from '../../storage/field-records.ts'
import type { VisitTarget } from '../../storage/visit-targets.ts'
import type { Answer, Ctx } from '../handler.ts'
import { maySee } from './answerers.ts'
import { outcomeNames } from './read-visit.ts'

const LEAVING: readonly VisitOutcome[] = ['moved', 'died']

/**
 * Whoever moved away or died leaves the list by one press; in hospital the visits rest. Said in private alone: in a group the code would
 * tell who is on which list. Source: S1-16 (moved, hospitalised, refused, died → close with reason)
 */
export async function offerClosing(
  ctx: Ctx,
  outcome: VisitOutcome | undefined,
  targets: readonly VisitTarget[],
): Promise<Pick<Answer, 'text' | 'card'> | undefined> {
  const [target] = targets.filter(one => maySee(ctx, one))
  if (!target || outcome === undefined || (!LEAVING.includes(outcome) && outcome !== 'hospital')) return undefined
  const says = outcome === 'hospital' ? `住院 ${target.code}` : `移出 ${target.code} ${outcomeNames[outcome]}`
  const what = outcome === 'hospital' ? '本月先不用去' : '移出名单'
  const text = `${target.code}${outcomeNames[outcome]}，要${what}请回“${says}”。`
  const card = { title: `${target.code} ${what}？`, buttons: [{ key: 'close', text: what, says }] }
  if (ctx.chat.kind === 'direct') return { text, card }
  await ctx.say.toMember(ctx.actor, text, { kind: 'visit-closing', urgency: 'normal', card })
  return undefined
}
