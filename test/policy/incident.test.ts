import { describe, expect, it } from 'vitest'
import { type IncidentStatus, type IncidentStep, judgeStep, type StepFacts } from '../../policy/incident.ts'
import { streetTeam } from './street-team.ts'

const ALL: IncidentStatus[] = [
  'reported',
  'accepted',
  'dispatched',
  'returned',
  'resolved',
  'rechecked',
  'closed',
  'merged',
  'cancelled',
]

const facts = (status: IncidentStatus, more: Partial<StepFacts> = {}): StepFacts => ({
  status,
  roles: ['leader'],
  standing: ['holder', 'area', 'closer', 'reporter'],
  inOtherHands: false,
  ...more,
})

/** Each step, the statuses it may start in, and where it leads. */
const TABLE: [IncidentStep, IncidentStatus[], IncidentStatus | undefined][] = [
  ['accept', ['reported', 'dispatched', 'returned'], 'accepted'],
  ['dispatch', ['reported', 'accepted', 'dispatched', 'returned'], 'dispatched'],
  ['return', ['accepted', 'dispatched'], 'returned'],
  ['escalate', ['reported', 'accepted', 'dispatched', 'returned'], undefined],
  ['supervise', ['reported', 'accepted', 'dispatched', 'returned'], undefined],
  ['resolve', ['reported', 'accepted', 'dispatched', 'returned'], 'resolved'],
  ['answer', ['reported', 'accepted', 'dispatched', 'returned'], 'resolved'],
  ['submit', ['reported', 'accepted', 'dispatched', 'returned'], 'dispatched'],
  ['recheck', ['resolved'], 'rechecked'],
  ['fail', ['resolved', 'rechecked'], 'accepted'],
  ['close', ['resolved', 'rechecked'], 'closed'],
  ['rate', ['resolved', 'rechecked'], 'closed'],
  ['reopen', ['resolved', 'rechecked', 'closed', 'cancelled'], 'reported'],
  ['merge', ['reported', 'accepted', 'dispatched', 'returned'], 'merged'],
  ['cancel', ['reported', 'accepted', 'dispatched', 'returned'], 'cancelled'],
  ['hold', ['reported', 'accepted', 'dispatched', 'returned'], undefined],
  ['whistle', ['reported', 'accepted', 'dispatched', 'returned'], undefined],
  ['help', ['reported', 'accepted', 'dispatched', 'returned', 'resolved', 'rechecked'], undefined],
  ['judge', ['reported', 'accepted', 'dispatched', 'returned'], undefined],
  ['note', ['reported', 'accepted', 'dispatched', 'returned', 'resolved', 'rechecked', 'closed'], undefined],
]

describe.each(TABLE)('%s', (step, from, to) => {
  it.each(ALL)(`S2-28: from %s, as the table says`, status => {
    const verdict = judgeStep(streetTeam, step, facts(status))
    expect(verdict.ok).toBe(from.includes(status))
    expect(verdict.clause).not.toBe('')
    if (verdict.ok) expect(verdict.to).toBe(to)
    else expect(['wrong-state', 'already-accepted']).toContain(verdict.reason)
  })

  it('is refused to those whom the case does not concern, with the clause', () => {
    const verdict = judgeStep(streetTeam, step, facts(from[0]!, { standing: [] }))
    expect(verdict).toMatchObject({ ok: false, reason: 'not-yours' })
    expect(verdict.clause).not.toBe('')
  })

  it('is refused to people without a role', () => {
    expect(judgeStep(streetTeam, step, facts(from[0]!, { roles: [] }))).toMatchObject({
      ok: false,
      reason: 'not-allowed',
    })
  })
})

describe('whose case it is', () => {
  it('S1-02: what somebody has in hand is settled by them, or by who may close cases there', () => {
    const inOtherHands = true
    const settle = (standing: StepFacts['standing']) =>
      judgeStep(streetTeam, 'resolve', facts('accepted', { standing, inOtherHands }))
    expect(settle(['area'])).toMatchObject({ ok: false, reason: 'in-other-hands' })
    expect(settle(['area', 'closer']).ok).toBe(true)
  })

  it('only whoever reported it may rate it', () => {
    expect(judgeStep(streetTeam, 'rate', facts('resolved', { standing: ['holder', 'area'] })).reason).toBe('not-yours')
  })

  it('a paused case is not paused again and can be resumed, one that runs can not', () => {
    expect(judgeStep(streetTeam, 'hold', facts('accepted', { hold: 'paused' })).reason).toBe('on-hold')
    expect(judgeStep(streetTeam, 'resume', facts('accepted', { hold: 'hungUp' })).ok).toBe(true)
    expect(judgeStep(streetTeam, 'resume', facts('accepted')).reason).toBe('not-on-hold')
    expect(judgeStep(streetTeam, 'hold', facts('accepted', { hold: 'extended' })).ok).toBe(true)
  })

  it('from every status in which somebody must act, there is a way to its end', () => {
    for (const start of ['reported', 'accepted', 'dispatched', 'returned'] as const) {
      const reached = new Set<IncidentStatus>([start])
      for (const status of reached)
        for (const [step] of TABLE) {
          const { ok, to } = judgeStep(streetTeam, step, facts(status))
          if (ok && to) reached.add(to)
        }
      expect([...reached]).toContain('closed')
    }
  })
})
