import type { Action, Pack, RoleCode } from './pack.ts'
import { mayDo } from './permission.ts'
import type { Verdict } from './verdict.ts'

/** The life of an incident: what may follow what, and who may do it. Pure; the handlers save and say. */
export type IncidentStatus =
  | 'reported'
  | 'accepted'
  | 'dispatched'
  | 'returned'
  | 'resolved'
  | 'rechecked'
  | 'closed'
  | 'merged'
  | 'cancelled'

/** Statuses in which somebody still has to act. */
export const OPEN_STATUSES: readonly IncidentStatus[] = ['reported', 'accepted', 'dispatched', 'returned']

/** On which level it is handled; within whose powers it lies. */
export type IncidentTier = 'grid' | 'community' | 'subdistrict' | 'county'
export type IncidentLevel = 'ordinary' | 'complex' | 'major'
/** More time · not counted while something is waited for · put aside until it can be done. */
export type HoldKind = 'extended' | 'paused' | 'hungUp'

/** Everything that can be done to an incident. Steps without `to` leave the status as it is. */
export type IncidentStep = keyof typeof steps

/** Who somebody is to a case: has it in hand, works where it lies, reported it; `closer` may settle what others have in hand. */
export type Standing = 'holder' | 'area' | 'closer' | 'reporter'

interface Rule {
  action: Action
  from: readonly IncidentStatus[]
  to?: IncidentStatus
  by: readonly Standing[]
}

const HANDS: readonly Standing[] = ['holder', 'area']
const SETTLED: readonly IncidentStatus[] = ['resolved', 'rechecked']
const LIVING: readonly IncidentStatus[] = [...OPEN_STATUSES, ...SETTLED]

const steps = {
  accept: rule('acceptIncident', ['reported', 'dispatched', 'returned'], 'accepted', HANDS),
  dispatch: rule('dispatchIncident', OPEN_STATUSES, 'dispatched', HANDS),
  return: rule('returnIncident', ['accepted', 'dispatched'], 'returned', HANDS),
  /** A tier up: to whoever holds there, or to the unit named. */
  escalate: rule('escalateIncident', OPEN_STATUSES, undefined, HANDS),
  supervise: rule('superviseIncident', OPEN_STATUSES, undefined, HANDS),
  resolve: rule('resolveIncident', OPEN_STATUSES, 'resolved', HANDS),
  /** 答复: ends the clock where the document counts an answer as an end. */
  answer: rule('resolveIncident', OPEN_STATUSES, 'resolved', HANDS),
  /** 提交党委、政府研究: the clock has ended, the decision is waited for. */
  submit: rule('escalateIncident', OPEN_STATUSES, 'dispatched', HANDS),
  recheck: rule('closeIncident', ['resolved'], 'rechecked', HANDS),
  /** The recheck found it undone: it goes back to whoever had it in hand. */
  fail: rule('closeIncident', SETTLED, 'accepted', HANDS),
  close: rule('closeIncident', SETTLED, 'closed', HANDS),
  rate: rule('rateIncident', SETTLED, 'closed', ['reporter']),
  reopen: rule('noteIncident', ['resolved', 'rechecked', 'closed', 'cancelled'], 'reported', [...HANDS, 'reporter']),
  merge: rule('noteIncident', OPEN_STATUSES, 'merged', [...HANDS, 'reporter']),
  /** 误报: there was nothing. */
  cancel: rule('acceptIncident', OPEN_STATUSES, 'cancelled', [...HANDS, 'reporter']),
  /** Asking for more time, a pause or a hang-up: by whoever has it in hand. */
  hold: rule('resolveIncident', ['reported', 'accepted', 'dispatched', 'returned'], undefined, ['holder', 'closer']),
  resume: rule('resolveIncident', OPEN_STATUSES, undefined, HANDS),
  /** 吹哨: several units at once, each of which must answer. */
  whistle: rule('dispatchIncident', OPEN_STATUSES, undefined, HANDS),
  help: rule('acceptIncident', LIVING, undefined, HANDS),
  /** 改类, 定级, 管辖: what kind of case it is, how hard, and within whose powers. */
  judge: rule('dispatchIncident', OPEN_STATUSES, undefined, HANDS),
  note: rule('noteIncident', [...LIVING, 'closed'], undefined, [...HANDS, 'reporter']),
} as const satisfies Record<string, Rule>

function rule(
  action: Action,
  from: readonly IncidentStatus[],
  to: IncidentStatus | undefined,
  by: readonly Standing[],
): Rule {
  return { action, from, to, by }
}

/** What the judgement of a step needs to know. */
export interface StepFacts {
  status: IncidentStatus
  /** The hold in force. */
  hold?: HoldKind
  roles: readonly RoleCode[]
  standing: readonly Standing[]
  /** Somebody has it in hand, and it is not the actor. */
  inOtherHands: boolean
}

export type StepRefusal =
  | 'not-allowed'
  | 'not-yours'
  | 'in-other-hands'
  | 'wrong-state'
  | 'already-accepted'
  | 'on-hold'
  | 'not-on-hold'

export interface StepVerdict extends Verdict {
  rule: string
  reason?: StepRefusal
  /** Who may, in the document's names, where the role was missing. */
  allowed: string
  /** The status it goes to; undefined where it stays. */
  to?: IncidentStatus
}

/**
 * Whether this step may be taken now, by this person: first the role (the pack's action × role table), then whose case it is, then
 * how it stands.
 *
 * Source: S1-02 (首问负责: what somebody has in hand is theirs), S0-10, S0-11, S2-28 (受理、流转、办结)
 */
export function judgeStep(pack: Pack, step: IncidentStep, facts: StepFacts): StepVerdict {
  const { action, from, to, by } = steps[step] as Rule
  const { rule, clause, ok, allowed } = mayDo(pack, action, facts.roles)
  const verdict = { rule, clause, allowed, to }
  const refuse = (reason: StepRefusal): StepVerdict => ({ ok: false, reason, ...verdict })

  if (!ok) return refuse('not-allowed')
  if (!by.some(standing => facts.standing.includes(standing))) {
    return refuse(facts.inOtherHands && facts.standing.includes('area') ? 'in-other-hands' : 'not-yours')
  }
  if (!from.includes(facts.status)) {
    return refuse(facts.status === 'accepted' && step === 'accept' ? 'already-accepted' : 'wrong-state')
  }
  if ((step === 'resolve' || step === 'answer') && facts.inOtherHands && !isFree(facts)) return refuse('in-other-hands')
  if (step === 'hold' && isStopped(facts)) return refuse('on-hold')
  if (step === 'resume' && !isStopped(facts)) return refuse('not-on-hold')
  return { ok: true, ...verdict }
}

/** The statuses from which a step may start: the condition of its update, so that of two at once one wins. */
export function startsOf(step: IncidentStep): readonly IncidentStatus[] {
  return steps[step].from
}

/** The row of the action × role table that a step is judged by. */
export function actionOf(step: IncidentStep): Action {
  return steps[step].action
}

function isFree({ standing }: StepFacts): boolean {
  return standing.includes('holder') || standing.includes('closer')
}

function isStopped({ hold }: StepFacts): boolean {
  return hold === 'paused' || hold === 'hungUp'
}
