import type { WorkCalendar } from './calendar.ts'
import type { HoldKind, IncidentStatus } from './incident.ts'
import { type IncidentDeadline, type IncidentDeadlines, listPending, type Stage } from './incident-deadlines.ts'
import { addDays, type Day, dayOf, instantAt } from './time.ts'

/** What time does about a deadline: tells the holder alone, tells the superior too, hands it a tier up. */
export type TimeStep = 'remind' | 'supervise' | 'escalate'

/** When the steps of a deadline are taken; all in working hours. */
export interface StepTimes {
  /** On which working day before the limit the holder is reminded. */
  remindWorkdaysBefore: number
  /** How many working days after the limit it goes a tier up. */
  escalateAfterWorkdays: number
  /** Working hours, local times of day. */
  from: string
  until: string
}

/** A step that was taken, by the day of the deadline it belongs to: a deadline that moves has its steps anew. */
export interface TakenStep {
  stage: Stage
  /** `end`: the stage's clock ended otherwise than by its being done (S3A-31). */
  step: TimeStep | 'end'
  day: Day
  /** UTC epoch ms. */
  at: number
}

export interface DueStep {
  stage: Stage
  step: TimeStep
  day: Day
  /** The instant at which it is to be taken. */
  at: number
}

export interface CaseFacts {
  status: IncidentStatus
  deadlines: IncidentDeadlines
  /** A pause or hang-up in force, with its last day: nothing is counted meanwhile. */
  stopped?: { kind: HoldKind; until: Day }
  /** The clock ended otherwise: S3A-31. */
  ended: boolean
  taken: readonly TakenStep[]
  /** A reminder is worthless before there was anything to do. UTC epoch ms. */
  since: number
}

/**
 * The steps that a case still has before it, earliest first.
 *
 * From a provisional day no supervision and no escalation follows (design decision 2): only the reminder stands.
 * Source: S2-28 (跟踪、督办、反馈), S3A-29 (remind earlier where the limit ends on a holiday), S0-11
 */
export function listSteps(facts: CaseFacts, times: StepTimes, calendar: WorkCalendar): DueStep[] {
  if (facts.stopped) return []
  const steps = listPending(facts.status, facts.ended).flatMap(stage => {
    const deadline = facts.deadlines[stage]
    return deadline ? listStageSteps(stage, deadline, facts.since, times, calendar) : []
  })
  return steps.filter(due => !facts.taken.some(done => isSame(done, due))).sort((a, b) => a.at - b.at)
}

/**
 * When somebody must look at the case next: a step is due, a pause ends, or a provisional day may have become a known one.
 *
 * @param now UTC epoch ms; what was provisional is looked at again on the next working day
 */
export function findNextLook(
  facts: CaseFacts,
  times: StepTimes,
  calendar: WorkCalendar,
  now: number,
): number | undefined {
  if (facts.stopped) return atWork(addDays(facts.stopped.until, 1), times.from, calendar)
  const withheld = listPending(facts.status, facts.ended).flatMap(stage => {
    const deadline = facts.deadlines[stage]
    if (!deadline?.provisional) return []
    const tomorrow = instantAt(calendar.nextWorkday(dayOf(now)), times.from)
    return [Math.max(tomorrow, supervisionAt(deadline, times, calendar))]
  })
  const instants = [...listSteps(facts, times, calendar).map(({ at }) => at), ...withheld]
  return instants.length > 0 ? Math.min(...instants) : undefined
}

function listStageSteps(
  stage: Stage,
  deadline: IncidentDeadline,
  since: number,
  times: StepTimes,
  calendar: WorkCalendar,
): DueStep[] {
  const { day, provisional } = deadline
  const remindAt = reminderAt(deadline, since, times, calendar)
  const superviseAt = supervisionAt(deadline, times, calendar)
  const reminder: DueStep[] = remindAt === undefined ? [] : [{ stage, step: 'remind', day, at: remindAt }]
  if (provisional) return reminder
  let escalateOn = dayOf(superviseAt)
  for (let left = times.escalateAfterWorkdays; left > 0; left--) escalateOn = calendar.nextWorkday(escalateOn)
  return [
    ...reminder,
    { stage, step: 'supervise', day, at: superviseAt },
    { stage, step: 'escalate', day, at: instantAt(escalateOn, times.from) },
  ]
}

/** On the working day before; where the case is too young for that, on the last day itself; else not at all. */
function reminderAt(
  { day, at }: IncidentDeadline,
  since: number,
  { remindWorkdaysBefore, from }: StepTimes,
  calendar: WorkCalendar,
): number | undefined {
  let before = day
  for (let left = remindWorkdaysBefore; left > 0; left--) before = calendar.previousWorkday(before)
  const onTheDay = calendar.isWorkday(day) ? [instantAt(day, from)] : []
  return [instantAt(before, from), ...onTheDay].find(instant => instant > since && instant < at)
}

/** The first instant of working time at which the limit is over. */
function supervisionAt({ at }: IncidentDeadline, { from, until }: StepTimes, calendar: WorkCalendar): number {
  const day = dayOf(at)
  if (calendar.isWorkday(day)) {
    if (at <= instantAt(day, from)) return instantAt(day, from)
    if (at <= instantAt(day, until)) return at
  }
  return instantAt(calendar.nextWorkday(day), from)
}

function atWork(day: Day, time: string, calendar: WorkCalendar): number {
  return instantAt(calendar.isWorkday(day) ? day : calendar.nextWorkday(day), time)
}

function isSame(done: TakenStep, due: DueStep): boolean {
  return done.stage === due.stage && done.step === due.step && done.day === due.day
}
