import { formatDayCompact } from '../../policy/time.ts'
import type { VisitFrequency } from '../../policy/visit-list.ts'
import { maskName } from '../../storage/masking.ts'
import type { VisitTarget } from '../../storage/visit-targets.ts'
import type { TargetState } from './state.ts'

const periodNames = { week: '本周', month: '本月', quarter: '本季度' } as const
const everyNames = { week: '每周', month: '每月', quarter: '每季度' } as const

/** `低保-03 王**`: how lists name people, in private too. */
export function nameCoded({ code, name }: VisitTarget): string {
  return `${code} ${maskName(name.reveal())}`
}

/** `每月至少1次`. */
export function renderFrequency({ atLeast, per }: VisitFrequency): string {
  return `${everyNames[per]}至少${atLeast}次`
}

export function namePeriod({ per }: VisitFrequency): string {
  return periodNames[per]
}

/** What is to be known of one beside the code; empty where all is as usual. */
export function renderState({ verdict, target, frequency }: TargetState, today: string): string {
  const { state, attempts, overdue, left, period } = verdict
  if (state === 'paused') return `暂停到${formatDayCompact(target.pausedUntil!, today)}`
  if (state === 'attempted') return `上门${attempts}次未遇，按走访过算`
  if (!frequency || state === 'free') return overdue ? '上期没走访' : ''
  if (state === 'done') return '已走访'
  const tried = attempts > 0 ? `，上门${attempts}次未遇` : ''
  const missed = overdue ? '，上期没走访' : ''
  return `${namePeriod(frequency)}还差${left}次（到${formatDayCompact(period.to, today)}）${tried}${missed}`
}

/** `，未走访` as the end of a line; empty where nothing is to be said. */
export function withState(state: TargetState, today: string): string {
  const words = renderState(state, today)
  return words ? `${nameCoded(state.target)}：${words}` : nameCoded(state.target)
}
