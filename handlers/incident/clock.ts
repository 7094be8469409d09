import type { IncidentLevel } from '../../policy/incident.ts'
import {
  type ClockFacts,
  hasLevels,
  type IncidentDeadlines,
  type Judged,
  judgeDeadlines,
  NO_DEADLINES,
} from '../../policy/incident-deadlines.ts'
import { type CaseFacts, findNextLook, type StepTimes } from '../../policy/incident-steps.ts'
import type { Pack } from '../../policy/pack.ts'
import { type Day, dayOf } from '../../policy/time.ts'
import { type HoldRequest, listHolds } from '../../storage/incident-holds.ts'
import { type Incident, type IncidentChange, listIncidentLogs } from '../../storage/incidents.ts'
import { loadPack } from '../../storage/packs.ts'
import type { Desk } from '../desk.ts'

/** The pack's words about when time steps in. */
export function stepTimes({ incident: { flow } }: Pack): StepTimes {
  return {
    remindWorkdaysBefore: flow.remindWorkdaysBefore.value,
    escalateAfterWorkdays: flow.escalateAfterWorkdays.value,
    from: flow.workFrom.value,
    until: flow.workUntil.value,
  }
}

/** What a new case starts with: the lowest tier of the pack, its level where the pack has levels, the deadlines of both. */
export function startClock(
  { pack, calendar, now }: Desk,
  started: { at: number; status: Incident['status']; level?: IncidentLevel },
): Pick<Incident, 'level' | 'tier' | 'jurisdiction' | 'deadlines' | 'nextStepAt'> {
  const day = dayOf(started.at)
  const tier = pack.incident.flow.tiers.value[0]!.tier
  const level = started.level ?? (hasLevels(pack.sla) ? 'ordinary' : undefined)
  const jurisdiction: Judged[] = [{ tier, day }]
  const facts: ClockFacts = { from: day, level, jurisdiction, pauses: [], extraDays: 0 }
  const deadlines = judgeDeadlines(pack.sla, facts, calendar)
  const opened: CaseFacts = { status: started.status, deadlines, ended: false, taken: [], since: started.at }
  return { level, tier, jurisdiction, deadlines, nextStepAt: findNextLook(opened, stepTimes(pack), calendar, now) }
}

/** The case as the plan of time's steps sees it. */
export function caseFacts(incident: Incident): CaseFacts {
  const { status, deadlines, hold, steps, reportedAt } = incident
  return {
    status,
    deadlines,
    stopped: hold && hold.kind !== 'extended' ? { kind: hold.kind, until: hold.until } : undefined,
    ended: hasEnded(incident),
    taken: steps,
    since: reportedAt,
  }
}

/** Whether the clock came to an end while the case goes on: submitted for a decision. */
export function hasEnded({ steps }: Pick<Incident, 'steps'>): boolean {
  return steps.some(({ step }) => step === 'end')
}

/** When time looks at the case next, for the case as it will be after the change. */
export function planNextLook({ pack, calendar, now }: Desk, incident: Incident): number | null {
  return findNextLook(caseFacts(incident), stepTimes(pack), calendar, now) ?? null
}

/** The incident as a change leaves it. */
export function applyChange(incident: Incident, change: IncidentChange): Incident {
  const { holderId, holderUnit, hold, clockFrom, nextStepAt, closedTier, ...plain } = change
  const told = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  return {
    ...incident,
    ...told,
    holderId: holderId === undefined ? incident.holderId : (holderId ?? undefined),
    holderUnit: holderUnit === undefined ? incident.holderUnit : (holderUnit ?? undefined),
    hold: hold === undefined ? incident.hold : (hold ?? undefined),
    clockFrom: clockFrom === undefined ? incident.clockFrom : (clockFrom ?? undefined),
    closedTier: closedTier === undefined ? incident.closedTier : (closedTier ?? undefined),
    nextStepAt: nextStepAt === undefined ? incident.nextStepAt : (nextStepAt ?? undefined),
  }
}

/**
 * The deadlines of a case anew: by the pack that was in force on its day 0, with its pauses and extensions, its level and where it
 * lies as they are now.
 *
 * @param unsolvedOn the day on which it came back or could not be solved, where that is today's news
 */
export async function judgeAgain(desk: Desk, incident: Incident, unsolvedOn?: Day): Promise<IncidentDeadlines> {
  const facts = await readClock(desk, incident, unsolvedOn)
  const pack = await loadPack(desk.db, facts.from)
  return pack.sla.length === 0 ? NO_DEADLINES : judgeDeadlines(pack.sla, facts, desk.calendar)
}

async function readClock({ db }: Desk, incident: Incident, unsolvedOn?: Day): Promise<ClockFacts> {
  const holds = await listHolds(db, incident.id)
  // A case that was opened again starts afresh: what was granted before then no longer counts.
  const counts = ({ decidedAt = 0 }: HoldRequest) =>
    incident.clockFrom === undefined || dayOf(decidedAt) >= incident.clockFrom
  const inForce = holds.filter(hold => (hold.state === 'approved' || hold.state === 'ended') && counts(hold))
  return {
    from: incident.clockFrom ?? dayOf(incident.reportedAt),
    unsolvedOn: unsolvedOn ?? (await findUnsolvedDay(db, incident)),
    level: incident.level,
    jurisdiction: incident.jurisdiction,
    pauses: inForce.flatMap(toPause),
    extraDays: inForce.filter(({ kind }) => kind === 'extended').reduce((sum, { days }) => sum + days, 0),
  }
}

function toPause({ kind, fromDay, untilDay }: HoldRequest) {
  return kind === 'extended' || !fromDay || !untilDay ? [] : [{ kind, from: fromDay, to: untilDay }]
}

async function findUnsolvedDay(db: Desk['db'], { id, clockFrom }: Incident): Promise<Day | undefined> {
  const logs = await listIncidentLogs(db, [id])
  const last = logs.findLast(({ action, byId }) => byId !== undefined && (action === 'return' || action === 'escalate'))
  const day = last && dayOf(last.at)
  return day !== undefined && (clockFrom === undefined || clockFrom <= day) ? day : undefined
}
