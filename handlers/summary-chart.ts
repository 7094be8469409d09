import { formatDayCompact } from '../policy/time.ts'
import { percent } from './percent.ts'
import type { Figures, Summary } from './summary.ts'

/** What the weekly picture shows: figures and their names, nobody's data. `undefined` where there was nothing to measure. */
export interface WeeklyChart {
  title: string
  now: string
  /** Absent where there is nothing to compare with. */
  before?: string
  /** Whole per cent. */
  rates: { name: string; now?: number; before?: number }[]
  counts: { name: string; now: number; before?: number }[]
}

/** The same figures as the summary's text, beside those of the period before. */
export function chartSummary({ name, from, to, now, earlier }: Summary): WeeklyChart {
  const rate = (label: string, of: (figures: Figures) => number | undefined) => ({
    name: label,
    now: of(now),
    before: earlier && of(earlier.figures),
  })
  const count = (label: string, of: (figures: Figures) => number) => ({
    name: label,
    now: of(now),
    before: earlier && of(earlier.figures),
  })
  return {
    title: `${name} 工作小结`,
    now: spellDays(from, to),
    before: earlier && spellDays(earlier.from, earlier.to),
    rates: [
      rate('到岗', ({ attendance }) => percent(attendance.present, attendance.due)),
      rate('提示单收到', ({ notices }) => percent(notices.acknowledged, notices.receivers)),
      rate('提示单完成', ({ notices }) => percent(notices.done, notices.receivers)),
    ],
    counts: [
      count('走访', ({ visits }) => visits),
      count('巡查', ({ patrols }) => patrols),
      count('信息', ({ infoItems }) => infoItems),
      count('事件', ({ incidents }) => incidents.reported),
      count('会议', ({ meetings }) => meetings),
    ],
  }
}

/** `11/16–11/22`. */
export function spellDays(from: string, to: string): string {
  return `${formatDayCompact(from, to)}–${formatDayCompact(to, to)}`
}
