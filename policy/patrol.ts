import { covers, type LeaveOfDay } from './attendance.ts'
import type { Pack } from './pack.ts'

export interface PatrolDayFacts {
  /** Rounds or visits on the day, whatever their length: a high-rise is walked in floors and households, not in kilometres. */
  rounds: number
  /** Whether the person owes rounds on this day: by role, and a working day. */
  due: boolean
  leave?: LeaveOfDay
  /** Work elsewhere: 公出, training. */
  away?: LeaveOfDay
  rules: Pack['patrol']
}

export interface PatrolDay {
  done: number
  /** 0 where the document asks for no number of rounds. */
  owed: number
  /** Never below 0: more than is owed earns nothing. */
  left: number
}

/**
 * How many rounds one day owes and still lacks.
 *
 * Source: S4D-09 (每天至少两次走访网格区域; half a day off owes one, as a default), S2-07 (no kilometres are asked for)
 */
export function judgePatrolDay({ rounds, due, leave, away, rules }: PatrolDayFacts): PatrolDay {
  const isFree = (kind: 'on' | 'off') => covers(leave, kind) || covers(away, kind)
  const whole = rules.roundsPerDay?.value ?? 0
  const half = Math.min(whole, rules.roundsOnHalfDay?.value ?? whole)
  const owed = !due || (isFree('on') && isFree('off')) ? 0 : isFree('on') || isFree('off') ? half : whole
  return { done: rounds, owed, left: Math.max(0, owed - rounds) }
}

/**
 * Whether somebody who has not been out in the grid today is reminded of it once, in private; whoever has any leave or work
 * elsewhere that day is left in peace. Source: S0-24 (原则上工作日每天要下网格走访)
 */
export function judgeVisitNudge({ rounds, due, leave, away, rules }: PatrolDayFacts): boolean {
  return due && rounds < rules.visitsPerWorkday.value && leave === undefined && away === undefined
}
