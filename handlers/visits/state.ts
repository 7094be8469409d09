import { addDays, instantAt } from '../../policy/time.ts'
import { judgeVisits, type VisitFrequency, type VisitList, type VisitVerdict } from '../../policy/visit-list.ts'
import { listVisitDays } from '../../storage/visit-target-history.ts'
import { listVisitTargets, type VisitTarget } from '../../storage/visit-targets.ts'
import type { Desk } from '../desk.ts'
import { answerersOf, listOf } from './answerers.ts'

/** A quarter and the one before it: further back nothing is owed any more. */
const LOOK_BACK_DAYS = 190

/** One on a list with how the visits to them stand today. */
export interface TargetState {
  target: VisitTarget
  list: VisitList
  frequency?: VisitFrequency
  verdict: VisitVerdict
}

type VisitDesk = Pick<Desk, 'db' | 'pack' | 'roster' | 'calendar' | 'today'>

/** How the visits to each stand. Source: S1-16, S2-24 */
export async function judgeTargets(desk: VisitDesk, targets: readonly VisitTarget[]): Promise<TargetState[]> {
  const { db, pack, calendar, today } = desk
  const since = instantAt(addDays(today, -LOOK_BACK_DAYS), '00:00')
  const days = await listVisitDays(
    db,
    targets.map(({ id }) => id),
    since,
  )
  return targets.map(target => {
    const list = listOf(desk, target)
    const frequency = target.frequency ?? list.frequency
    const facts = {
      frequency,
      from: target.fromDay,
      pausedUntil: target.pausedUntil,
      closedOn: target.closedOn,
      visits: days.get(target.id) ?? [],
      attempts: pack.visitAttempts?.value,
      calendar,
    }
    return { target, list, frequency, verdict: judgeVisits(facts, today) }
  })
}

/**
 * Whom each member still has to visit in the running week, month or quarter, the overdue ones first; by member id.
 * Source: S1-16, S2-24, S3A-37
 */
export async function listOwedBy(desk: VisitDesk): Promise<Map<string, TargetState[]>> {
  const states = await judgeTargets(desk, await listVisitTargets(desk.db))
  const owed = states.filter(({ verdict }) => verdict.state === 'owed' || verdict.overdue)
  owed.sort((a, b) => Number(b.verdict.overdue) - Number(a.verdict.overdue))
  const byMember = new Map<string, TargetState[]>()
  for (const state of owed) {
    for (const { id } of answerersOf(desk, state.target)) byMember.set(id, [...(byMember.get(id) ?? []), state])
  }
  return byMember
}
