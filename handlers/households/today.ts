import { planCoverage } from '../../policy/coverage.ts'
import { formatDayShort, monthOf } from '../../policy/time.ts'
import { gridsOf, hasRole, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { measureCoverage } from './measure.ts'

const VISITORS = ['leader', 'worker'] as const

/**
 * On the first working day of the month's round what it asks for, on the last what is left; empty on every other day, and in a year
 * whose holidays are not known. Source: S3A-09
 */
export async function renderCoverageToday(desk: Desk, member: Member): Promise<string> {
  const { calendar, pack, roster, today } = desk
  const { coverage: rules } = pack
  if (!rules || !hasRole(member, VISITORS, today)) return ''
  const month = monthOf(today)
  const plan = planCoverage(month, 0, today, { rules, calendar })
  const [isFirst, isLast] = [plan.days[0] === today, plan.days.at(-1) === today]
  if (plan.provisional || !(isFirst || isLast)) return ''
  const coverages = await measureCoverage(desk, gridsOf(roster, member, today), month)
  const left = coverages.reduce((sum, one) => sum + one.left, 0)
  if (left === 0) return ''
  if (isLast && !isFirst) return `集中走访今天最后一天，还剩${left}户`
  const perDay = Math.ceil(left / plan.daysLeft)
  return `集中走访今天开始，到${formatDayShort(plan.window.to)}共${plan.days.length}个工作日，网格里每天约${perDay}户`
}
