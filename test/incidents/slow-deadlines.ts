/**
 * The deadlines of an incident counted day by day, as somebody would on a wall calendar. It shares nothing with the engine: the
 * holidays are written out below from the State Council's schedule for 2026, and every day is one step of a loop.
 */
import type { Pack } from '../../policy/pack.ts'

const DAY_MS = 86_400_000

const FREE_2026: readonly [from: string, to: string][] = [
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
]
const WORKED_2026 = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']

function tomorrow(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}

export function slowIsWorkday(day: string): boolean {
  if (WORKED_2026.includes(day)) return true
  if (FREE_2026.some(([from, to]) => from <= day && day <= to)) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

export interface SlowCase {
  reportedOn: string
  level?: string
  /** Each tier it was judged to lie on, with the day of that. */
  tiers: readonly { tier: string; day: string }[]
  pauses: readonly { from: string; to: string }[]
  extraDays: number
}

/** Walks from day 0 on until enough days have counted. */
function walk(from: string, count: number, counts: (day: string) => boolean): string {
  let day = from
  let counted = 0
  while (counted < count) {
    day = tomorrow(day)
    if (counts(day)) counted += 1
  }
  return day
}

/** The last day of each stage, or null. */
export function slowDeadlines(sla: Pack['sla'], facts: SlowCase): Record<string, string | null> {
  const result: Record<string, string | null> = { accept: null, dispatch: null, resolve: null }
  for (const { value } of sla) {
    const stage = value.stage === 'escalate' ? 'dispatch' : value.stage
    if (!(stage in result) || value.from === 'unsolved') continue
    if (value.level !== undefined && value.level !== facts.level) continue
    const judged = facts.tiers.find(({ tier }) => tier === value.tier)
    if (value.tier !== undefined && judged === undefined) continue
    const from = value.from === 'judged' ? judged!.day : facts.reportedOn
    const count = value.limit.count + (stage === 'resolve' ? facts.extraDays : 0)
    const isPaused = (day: string) => facts.pauses.some(pause => pause.from <= day && day <= pause.to)
    const counts = (day: string) =>
      !isPaused(day) && (value.limit.unit === 'workday' ? slowIsWorkday(day) : value.limit.unit === 'day')
    const day = walk(from, count, counts)
    const before = result[stage]
    if (before === null || before === undefined || before < day) result[stage] = day
  }
  return result
}
