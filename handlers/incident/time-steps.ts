import { listPending, type Stage } from '../../policy/incident-deadlines.ts'
import { type DueStep, listSteps, type TakenStep, type TimeStep } from '../../policy/incident-steps.ts'
import { instantAt } from '../../policy/time.ts'
import {
  type Incident,
  type IncidentChange,
  insertIncidentLog,
  listDueIncidents,
  moveIncident,
  OPEN_STATUSES,
} from '../../storage/incidents.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { applyChange, caseFacts, judgeAgain, planNextLook, stepTimes } from './clock.ts'
import { nameDay, stageNames } from './deadline-words.ts'
import { tellStep } from './feedback.ts'
import { listResponsible, listSuperiors, listTierHolders, nameTier, nextTier } from './holders.ts'
import { endHold } from './holds.ts'
import { nameHolder } from './names.ts'
import { createNoteBook, type NoteBook } from './note-book.ts'
import { findGiver } from './targets.ts'

const AT_ONCE = 200

/**
 * What time does about the cases that it is due to look at: a pause that is over ends, a provisional day is judged again, and each
 * step of each stage is taken once: the reminder to the holder alone, supervision to the holder and the superior, then a tier up.
 * Each person reads one message a kind, whatever number of cases it is about.
 * Source: S2-28 (跟踪、督办、反馈), S0-11, S3A-41, contract (Missed jobs: incident deadlines)
 */
export async function takeDueSteps(desk: Desk): Promise<void> {
  const book = createNoteBook()
  for (;;) {
    const due = await listDueIncidents(desk.db, desk.now, AT_ONCE)
    for (const incident of due) await lookAt(desk, incident, book)
    if (due.length < AT_ONCE) break
  }
  await book.tell(desk)
}

async function lookAt(desk: Desk, incident: Incident, book: NoteBook): Promise<void> {
  if (incident.hold && incident.hold.kind !== 'extended') return endHold(desk, incident)
  const { now, calendar, pack } = desk
  const deadlines = await judgeProvisional(desk, incident)
  const judged = deadlines ? { ...incident, deadlines } : incident
  const due = listSteps(caseFacts(judged), stepTimes(pack), calendar).filter(({ at }) => at <= now)
  const climb = due.some(({ step }) => step === 'escalate') ? nextTier(desk, incident.tier) : undefined
  const taken = due.map(({ stage, step, day }): TakenStep => ({ stage, step, day, at: now }))
  const change: IncidentChange = { deadlines, steps: [...incident.steps, ...taken], tier: climb?.tier }
  const after = applyChange(incident, change)
  const moved = await moveIncident(
    desk.db,
    incident.id,
    OPEN_STATUSES,
    { ...change, nextStepAt: laterThanNow(desk, planNextLook(desk, after)) },
    { nextStepAt: incident.nextStepAt },
  )
  // Somebody settled it or moved it on while this run looked: their step planned the next look.
  if (!moved) return
  if (deadlines) await recordJudged(desk, moved)
  // Where one run takes several steps, the earlier ones still concern the tier it was on.
  const before = { ...moved, tier: incident.tier }
  for (const one of withoutStaleReminders(due))
    await takeStep(desk, one.step === 'escalate' ? moved : before, one, book)
}

/** A reminder is worthless where the limit it warns of is over by now. */
function withoutStaleReminders(due: readonly DueStep[]): DueStep[] {
  const isOver = (stage: Stage) => due.some(one => one.stage === stage && one.step !== 'remind')
  return due.filter(({ stage, step }) => step !== 'remind' || !isOver(stage))
}

/** New deadlines where a provisional one has become due and the calendar knows more by now. */
async function judgeProvisional(desk: Desk, incident: Incident): Promise<Incident['deadlines'] | undefined> {
  const { deadlines, status } = incident
  const pending = listPending(status, false)
  if (!pending.some(stage => deadlines[stage]?.provisional && deadlines[stage].at <= desk.now)) return undefined
  const again = await judgeAgain(desk, incident)
  return JSON.stringify(again) === JSON.stringify(deadlines) ? undefined : again
}

async function recordJudged(desk: Desk, { id, no, deadlines }: Incident): Promise<void> {
  await desk.record('rejudged', { type: 'incident', id }, { no, deadlines })
}

/** A look that was due is over: the next one lies ahead, at the earliest on the next working day. */
function laterThanNow({ now, today, pack, calendar }: Desk, at: number | null): number | null {
  if (at === null || at > now) return at
  return instantAt(calendar.nextWorkday(today), stepTimes(pack).from)
}

async function takeStep(desk: Desk, incident: Incident, due: DueStep, book: NoteBook): Promise<void> {
  const { db, now } = desk
  const stage = `${stageNames[due.stage]}时限 ${nameDay(due.day, now)}`
  const text = due.step === 'escalate' ? `${stage}已过，升到${nameTier(desk, incident.tier)}` : stage
  await insertIncidentLog(db, { incidentId: incident.id, at: now, action: due.step, text })
  await desk.record(
    due.step,
    { type: 'incident', id: incident.id },
    { no: incident.no, stage: due.stage, day: due.day },
  )
  for (const { member, role } of await listReaders(desk, incident, due.step)) {
    book.note(member, due.step, role, { incident, stage: due.stage, holder: nameHolder(desk, incident) })
  }
  if (due.step === 'escalate') await tellStep(desk, incident, { action: 'escalate' })
}

async function listReaders(
  desk: Desk,
  incident: Incident,
  step: TimeStep,
): Promise<{ member: Member; role: 'holder' | 'superior' }[]> {
  const as = (role: 'holder' | 'superior') => (member: Member) => ({ member, role })
  const holders = (await listResponsible(desk, incident)).map(as('holder'))
  if (step === 'remind') return holders
  if (step === 'supervise') {
    // 首问负责: until the other side has accepted, whoever handed it over still answers for it (S1-02).
    const giver = incident.status === 'dispatched' ? await findGiver(desk, incident) : undefined
    const known = new Set(holders.map(({ member }) => member.id))
    const first = giver && !known.has(giver.id) ? [as('holder')(giver)] : []
    return [...holders, ...first, ...(await listSuperiors(desk, incident)).map(as('superior'))]
  }
  // Where nobody has it in hand, those it now lies with are the ones to hear that it came to them.
  const above = (await listTierHolders(desk, incident, incident.tier)).filter(({ id }) => id !== incident.holderId)
  return (above.length > 0 ? above : await listSuperiors(desk, incident)).map(as('superior'))
}
