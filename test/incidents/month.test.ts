import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../handlers/handler.ts'
import { acceptIncident, resolveIncident } from '../../handlers/incident/handle.ts'
import { openIncident } from '../../handlers/incident/open.ts'
import { incidentDeadlines } from '../../jobs/incident-deadlines.ts'
import { createScheduler } from '../../jobs/scheduler.ts'
import { addDays, dayOf, formatInstant, hourMs, instantAt, listDays, timeOf } from '../../policy/time.ts'
import { findIncident, type Incident, listIncidentLogs, listIncidents } from '../../storage/incidents.ts'
import { loadPack } from '../../storage/packs.ts'
import { asPrivate } from '../support/ctx.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { slowDeadlines, slowIsWorkday } from './slow-deadlines.ts'

/** 1–30 September 2026: a worked Sunday (20) and a holiday of three days (25–27) lie in it; the tail runs into the National Day. */
const FIRST = '2026-09-01'
const LAST = '2026-09-30'
const END = '2026-10-31'
const INCIDENTS = 2_000

interface Planned {
  reportedAt: number
  level: 'ordinary' | 'complex' | 'major'
  /** When somebody takes it, and settles it; never where absent. */
  acceptAt?: number
  resolveAt?: number
}

let street: TestStreet | undefined
afterEach(async () => {
  await street?.dispose()
  street = undefined
})

describe.each(['county-grid', 'town-visits', 'five-tier'] as const)('a month of %s', packId => {
  it(`ends with every deadline of ${INCIDENTS} cases as the slow count has it, and every overdue one escalated once a step`, async () => {
    street = await openTestStreet({ pack: packId, now: `${FIRST}T00:00` })
    const plan = planMonth(createRandom(packId.length))
    await liveThrough(street, plan)

    const { sla } = await loadPack(street.db, FIRST)
    const incidents = await listIncidents(street.db)
    expect(incidents).toHaveLength(INCIDENTS)
    let overdue = 0
    for (const incident of incidents) {
      const planned = plan[incident.no - 1]!
      const reportedOn = dayOf(planned.reportedAt)
      const tiers = [{ tier: incident.jurisdiction[0]!.tier, day: reportedOn }]
      const days = slowDeadlines(sla, { reportedOn, level: incident.level, tiers, pauses: [], extraDays: 0 })
      const judged = { accept: null, dispatch: null, resolve: null, ...mapDays(incident) }
      expect(judged, `#${incident.no} of ${reportedOn}`).toEqual(days)
      const expected = slowSteps(planned, days)
      overdue += expected.filter(step => step.includes('escalate')).length
      expect(spellSteps(incident), `#${incident.no} of ${reportedOn}`).toEqual(expected)
    }
    expect(overdue).toBeGreaterThan(INCIDENTS / 10)
    await expectLogsOnce(street, incidents)
    await expectOnlyInWorkingHours(street)
  }, 300_000)
})

/** Small, seeded and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed * 7_919 + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

function planMonth(random: () => number): Planned[] {
  const days = listDays({ from: FIRST, to: LAST })
  const planned = Array.from({ length: INCIDENTS }, (): Planned => {
    const day = days[Math.floor(random() * days.length)]!
    const reportedAt = instantAt(day, '00:00') + Math.floor(random() * 24 * 60) * 60_000
    const level = (['ordinary', 'complex', 'major'] as const)[Math.floor(random() * 3)]!
    const acceptAt = random() < 0.7 ? reportedAt + Math.floor(random() * 6 * 24) * hourMs : undefined
    const resolveAt =
      acceptAt !== undefined && random() < 0.8 ? acceptAt + Math.floor(1 + random() * 20 * 24) * hourMs : undefined
    return { reportedAt, level, acceptAt, resolveAt }
  })
  return planned.sort((a, b) => a.reportedAt - b.reportedAt)
}

/** Everything in the order of its instants: what people do, and what the scheduler finds due. */
async function liveThrough(at: TestStreet, plan: readonly Planned[]): Promise<void> {
  const scheduler = createScheduler({ store: at.store, jobs: [incidentDeadlines], log: pino({ level: 'silent' }) })
  const acts = plan.flatMap((planned, index) => [
    { at: planned.reportedAt, kind: 'report' as const, no: index + 1, planned },
    ...(planned.acceptAt === undefined
      ? []
      : [{ at: planned.acceptAt, kind: 'accept' as const, no: index + 1, planned }]),
    ...(planned.resolveAt === undefined
      ? []
      : [{ at: planned.resolveAt, kind: 'resolve' as const, no: index + 1, planned }]),
  ])
  acts.sort((a, b) => a.at - b.at || a.no - b.no || order(a.kind) - order(b.kind))
  const end = instantAt(END, '00:00')
  let now = instantAt(FIRST, '00:00')
  await scheduler.runDue(now)
  let next = 0
  while (now < end) {
    const due = (await scheduler.nextInstant(now, end)) ?? end
    const until = acts.findIndex((act, index) => index >= next && act.at > due)
    const batch = acts.slice(next, until === -1 ? acts.length : until)
    next += batch.length
    // What happens at the very instant of a run happens before it.
    if (batch.length > 0) await asPrivate(at, '陈桂芳', '办理', ctx => actAll(ctx, batch))
    await scheduler.runDue(due)
    now = due
  }
}

const order = (kind: string) => ['report', 'accept', 'resolve'].indexOf(kind)

async function actAll(
  ctx: Ctx,
  batch: readonly { at: number; kind: 'report' | 'accept' | 'resolve'; no: number; planned: Planned }[],
): Promise<void> {
  const gridId = ctx.roster.gridsNumbered(1)[0]!.id
  const reporterId = ctx.roster.membersNamed('李敏')[0]!.id
  const report = { gridId, category: 'facility', urgent: false, description: '路灯坏了', verified: true, reporterId }
  for (const { at: when, kind, no, planned } of batch) {
    const then: Ctx = { ...ctx, at: when, now: when, today: dayOf(when) }
    if (kind === 'report') {
      const hasLevels = then.pack.sla.some(({ value }) => value.level !== undefined)
      await openIncident(then, { ...report, level: hasLevels ? planned.level : undefined })
      continue
    }
    const incident = (await findIncident(ctx.db, no))!
    const done = await (kind === 'accept' ? acceptIncident(then, incident) : resolveIncident(then, incident))
    if (done.refused) throw new Error(`${kind} #${no}: ${done.text}`)
  }
}

function mapDays({ deadlines }: Incident): Record<string, string> {
  return Object.fromEntries(Object.entries(deadlines).flatMap(([stage, one]) => (one ? [[stage, one.day]] : [])))
}

function spellSteps({ steps }: Incident): string[] {
  return steps.map(({ stage, step, at }) => `${stage} ${step} ${formatInstant(at).slice(0, 16)}`).sort()
}

/** What should have happened, worked out from the calendar alone: at nine o'clock of a working day, while the stage was still open. */
function slowSteps(planned: Planned, days: Record<string, string | null>): string[] {
  const settled = planned.resolveAt ?? Number.POSITIVE_INFINITY
  const doneAt: Record<string, number> = {
    accept: Math.min(planned.acceptAt ?? settled, settled),
    dispatch: settled,
    resolve: settled,
  }
  const end = instantAt(END, '00:00')
  return Object.entries(days)
    .flatMap(([stage, day]) => {
      if (day === null) return []
      const before = nineOf(walkBack(day))
      const onTheDay = slowIsWorkday(day) ? [nineOf(day)] : []
      const remindAt = [before, ...onTheDay].find(instant => instant > planned.reportedAt)
      const superviseOn = walkOn(day, 1)
      const found: [step: string, at: number | undefined][] = [
        ['remind', remindAt],
        ['supervise', nineOf(superviseOn)],
        ['escalate', nineOf(walkOn(superviseOn, 2))],
      ]
      return found.flatMap(([step, at]) =>
        at !== undefined && at < doneAt[stage]! && at < end
          ? [`${stage} ${step} ${formatInstant(at).slice(0, 16)}`]
          : [],
      )
    })
    .sort()
}

const nineOf = (day: string) => instantAt(day, '09:00')

function walkOn(day: string, count: number): string {
  let current = day
  for (let left = count; left > 0; ) {
    current = addDays(current, 1)
    if (slowIsWorkday(current)) left -= 1
  }
  return current
}

function walkBack(day: string): string {
  let current = addDays(day, -1)
  while (!slowIsWorkday(current)) current = addDays(current, -1)
  return current
}

/** Each step that was taken stands once in the case's own log, and nothing was lost on the way to it. */
async function expectLogsOnce(at: TestStreet, incidents: readonly Incident[]): Promise<void> {
  for (let from = 0; from < incidents.length; from += 500) {
    const part = incidents.slice(from, from + 500)
    const logs = await listIncidentLogs(
      at.db,
      part.map(({ id }) => id),
    )
    const count = new Map<string, number>()
    for (const { incidentId, action, byId } of logs)
      if (byId === undefined) count.set(`${incidentId} ${action}`, (count.get(`${incidentId} ${action}`) ?? 0) + 1)
    for (const { id, no, steps } of part)
      for (const step of ['remind', 'supervise', 'escalate'])
        expect(count.get(`${id} ${step}`) ?? 0, `#${no} ${step}`).toBe(steps.filter(one => one.step === step).length)
  }
}

async function expectOnlyInWorkingHours(at: TestStreet): Promise<void> {
  const said = await at.db.sql
    .selectFrom('outbox')
    .select(['at', 'kind'])
    .where('kind', 'in', ['incident-remind', 'incident-supervise', 'incident-escalate'])
    .execute()
  expect(said.length).toBeGreaterThan(0)
  for (const { at: when } of said) {
    expect(slowIsWorkday(dayOf(when)), formatInstant(when)).toBe(true)
    expect(timeOf(when) >= '09:00' && timeOf(when) <= '17:30', formatInstant(when)).toBe(true)
  }
}
