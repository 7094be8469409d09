import type { Pack } from '../../policy/pack.ts'
import { type Day, isoWeekOf, monthOf, periodRange } from '../../policy/time.ts'
import { listReviews, type ReviewSpan } from '../../storage/reviews.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { gatherWork, listFigures } from '../papers/work-of.ts'

export type ReviewRule = Pack['recurring'][number]

export const spanNames: Record<ReviewSpan, string> = { week: '本周', month: '本月' }
/** What people say to record one. */
export const reviewWords: Record<ReviewSpan, string> = { week: '梳理', month: '月度分析' }

/** The review that the document asks for in each week or month; undefined where it asks for none. Source: S4D-10, S4D-11 */
export function findReviewRule({ review, recurring }: Pack, per: ReviewSpan): ReviewRule | undefined {
  return recurring.find(({ value }) => value.per === per && review?.of.value.includes(value.name))
}

export function periodOf(per: ReviewSpan, day: Day): string {
  return per === 'week' ? isoWeekOf(day) : monthOf(day)
}

/** Those who are to look back and have not done so yet; whoever has no such role owes none. */
export async function listOwing(desk: Desk, per: ReviewSpan): Promise<Member[]> {
  const rule = findReviewRule(desk.pack, per)
  if (!rule?.value.by) return []
  const { by } = rule.value
  const done = new Set((await listReviews(desk.db, periodOf(per, desk.today))).map(({ memberId }) => memberId))
  return desk.roster.members.filter(member => hasRole(member, [by], desk.today) && !done.has(member.id))
}

/** `走访 8次、巡查 10次、信息 3条`: what the records hold of the span, so that one line is all there is to write. */
export async function renderSpan(desk: Desk, member: Member, per: ReviewSpan): Promise<string> {
  const range = periodRange(periodOf(per, desk.today))
  const work = await gatherWork(desk, { memberId: member.id }, { from: range.from, to: desk.today })
  const told = listFigures(work).filter(({ count }) => count > 0)
  return told.map(({ name, count, unit }) => `${name}${count}${unit}`).join('、') || '还没有记录'
}
