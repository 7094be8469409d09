import type { WorkCalendar } from './calendar.ts'
import { judgeDeadline, type Limit } from './deadline.ts'
import type { HoldKind, IncidentLevel, IncidentStatus, IncidentTier } from './incident.ts'
import type { Pack } from './pack.ts'
import type { Day, DayRange } from './time.ts'

/** What a document sets a limit for. */
export type Stage = 'accept' | 'dispatch' | 'resolve'
export const STAGES: readonly Stage[] = ['accept', 'dispatch', 'resolve']

/** One stage's deadline: the day it ends on, with its sum in words. */
export interface IncidentDeadline {
  day: Day
  /** The instant: 24:00 of that day, or a time of day where the document gives one. */
  at: number
  arithmetic: string
  provisional: boolean
}

export type IncidentDeadlines = Record<Stage, IncidentDeadline | null>

export const NO_DEADLINES: IncidentDeadlines = { accept: null, dispatch: null, resolve: null }

/** A pause or hang-up: the local days that do not count, both included. */
export interface Pause extends DayRange {
  kind: HoldKind
}

/** Where a matter was judged to lie, and since when. */
export interface Judged {
  tier: IncidentTier
  day: Day
}

export interface ClockFacts {
  /** Day 0: the report, or the day it was opened again. */
  from: Day
  /** The day on which the case was returned or found unsolvable; absent while it was not. */
  unsolvedOn?: Day
  level?: IncidentLevel
  /** In the order of judging, the first by the report. */
  jurisdiction: readonly Judged[]
  pauses: readonly Pause[]
  /** What approved extensions add to the last stage, in the unit of its limit. */
  extraDays: number
}

/**
 * The deadlines of every stage that the document limits, each counted from its own day 0.
 *
 * A new level keeps the start and takes its own limit (S3A-30); a new jurisdiction restarts nothing, the later of the days holds
 * (S3B-06); pauses are left out of the count in its own unit; an extension adds to the last stage only (S3B-07).
 */
export function judgeDeadlines(sla: Pack['sla'], facts: ClockFacts, calendar: WorkCalendar): IncidentDeadlines {
  const judge = (stage: Stage): IncidentDeadline | null => {
    const found = sla
      .filter(({ value }) => stageOf(value.stage) === stage && appliesTo(value, facts))
      .flatMap(({ value, clause }) => {
        const start = startOf(value, facts)
        return start === undefined ? [] : [judgeOne({ ...value, clause }, stage, start, facts, calendar)]
      })
    return found.reduce<IncidentDeadline | null>((last, one) => (last && last.at >= one.at ? last : one), null)
  }
  return { accept: judge('accept'), dispatch: judge('dispatch'), resolve: judge('resolve') }
}

type Timing = Pack['sla'][number]['value']

/** S0-11 and S3B-08 limit how soon a case that cannot be solved here is handed up: that is handing it over. */
function stageOf(name: string): Stage | undefined {
  if (name === 'escalate') return 'dispatch'
  return STAGES.find(stage => stage === name)
}

function appliesTo({ level, tier }: Timing, facts: ClockFacts): boolean {
  const isOfTier = tier === undefined || facts.jurisdiction.some(judged => judged.tier === tier)
  return isOfTier && (level === undefined || level === facts.level)
}

/** `reported`: day 0 of the case · `unsolved`: the day it came back · `judged`: the day the matter was found to lie on that tier. */
function startOf({ from, tier }: Timing, facts: ClockFacts): Day | undefined {
  if (from === 'unsolved') return facts.unsolvedOn
  if (from === 'judged') return facts.jurisdiction.find(judged => judged.tier === tier)?.day
  return facts.from
}

function judgeOne(
  timing: Timing & { clause: string },
  stage: Stage,
  reportedOn: Day,
  { pauses, extraDays }: ClockFacts,
  calendar: WorkCalendar,
): IncidentDeadline {
  const counted = pauses.filter(({ kind }) => timing.pauseStates.includes(kind))
  const extra = stage === 'resolve' ? extraDays : 0
  const limit: Limit = { ...timing.limit, clause: timing.clause, count: timing.limit.count + extra }
  const verdict = judgeDeadline({ reportedOn, limit, calendar, pauses: counted })
  const more = extra > 0 ? `（含延期${extra}${timing.limit.unit === 'workday' ? '个工作日' : '天'}）` : ''
  return {
    day: verdict.day!,
    at: verdict.dueAt!,
    arithmetic: `${verdict.arithmetic}${more}`,
    provisional: verdict.provisional === true,
  }
}

/** Statuses in which a stage is still to be done. */
const pendingIn: Record<Stage, readonly IncidentStatus[]> = {
  accept: ['reported'],
  dispatch: ['reported', 'accepted', 'returned'],
  resolve: ['reported', 'accepted', 'dispatched', 'returned'],
}

/** The stages that somebody still has to do. `ended`: the clock came to an end otherwise (S3A-31 提交党委、政府研究). */
export function listPending(status: IncidentStatus, ended: boolean): Stage[] {
  return ended ? [] : STAGES.filter(stage => pendingIn[stage].includes(status))
}

/** Whether the document limits anything by this level or tier: only then is it asked for, shown and changed. */
export function hasLevels(sla: Pack['sla']): boolean {
  return sla.some(({ value }) => value.level !== undefined && stageOf(value.stage) !== undefined)
}

export function hasJurisdiction(sla: Pack['sla']): boolean {
  return sla.some(({ value }) => value.tier !== undefined && stageOf(value.stage) !== undefined)
}

/** Whether the limits of a level count this as an end of the clock, and by which clause. */
export function findEnding(
  sla: Pack['sla'],
  level: IncidentLevel | undefined,
  ending: 'answered' | 'submitted',
): { rule: string; clause: string } | undefined {
  return sla.find(
    ({ value }) =>
      stageOf(value.stage) === 'resolve' &&
      (value.level === undefined || value.level === level) &&
      value.endStates.includes(ending),
  )
}

/** What the last stage's limit counts in: a pause or an extension is told in the same days. */
export function isInWorkdays(sla: Pack['sla'], facts: Pick<ClockFacts, 'level' | 'jurisdiction'>): boolean {
  const found = sla.find(
    ({ value }) =>
      stageOf(value.stage) === 'resolve' && appliesTo(value, { ...facts, from: '', pauses: [], extraDays: 0 }),
  )
  return found?.value.limit.unit !== 'day' && found?.value.limit.unit !== 'month'
}
