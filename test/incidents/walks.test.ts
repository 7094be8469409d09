import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesk } from '../../handlers/desk.ts'
import { listResponsible } from '../../handlers/incident/holders.ts'
import { openIncident } from '../../handlers/incident/open.ts'
import { findCommand, findHandler } from '../../handlers/index.ts'
import type { IncidentAction } from '../../handlers/slots.ts'
import { type IncidentStep, judgeStep, OPEN_STATUSES } from '../../policy/incident.ts'
import { listPending } from '../../policy/incident-deadlines.ts'
import { findIncident, type Incident } from '../../storage/incidents.ts'
import { rolesOn } from '../../storage/roster.ts'
import { asPrivate } from '../support/ctx.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

/** What somebody may try; most tries are refused, which must change nothing for the worse either. */
type Move = (no: number) => { text: string; action?: IncidentAction; to?: string }
const MOVES: readonly Move[] = [
  no => ({ text: `受理${no}号事件`, action: 'accept' }),
  no => ({ text: `${no}号事件转给消安办，因为归他们管`, action: 'dispatch', to: '消安办' }),
  no => ({ text: `${no}号事件转给王强，因为他熟悉`, action: 'dispatch', to: '王强' }),
  no => ({ text: `退回${no}号事件，原因：不归我们`, action: 'return' }),
  no => ({ text: `事件${no}上报上级`, action: 'escalate' }),
  no => ({ text: `${no}号事件办结了`, action: 'resolve' }),
  no => ({ text: `暂停 #${no} 等材料` }),
  no => ({ text: `延期 #${no} 等材料` }),
  no => ({ text: `同意暂停 #${no}` }),
  no => ({ text: `恢复 #${no}` }),
  no => ({ text: `定级 #${no} 重大疑难` }),
  no => ({ text: `提交党委 #${no}` }),
  no => ({ text: `管辖 #${no} 乡` }),
  no => ({ text: `答复 #${no} 已说明` }),
  no => ({ text: `重开 #${no} 没修好` }),
  no => ({ text: `复查 #${no} 合格，已到位` }),
  no => ({ text: `误报 #${no} 看错了` }),
]
const PEOPLE = ['陈桂芳', '李敏', '王强', '沈国华', '吴建国', '王科', '林静', '高峰', '方正']
/** What moves an open case on; somebody responsible must always have one of these. */
const WAYS_ON: readonly IncidentStep[] = ['accept', 'dispatch', 'resolve', 'resume', 'escalate']

const WALKS = 334
const walk = fc.array(fc.tuple(fc.nat(PEOPLE.length - 1), fc.nat(MOVES.length - 1)), { minLength: 1, maxLength: 7 })

describe.each(['county-grid', 'town-visits', 'five-tier'] as const)('random walks under %s', pack => {
  let street: TestStreet
  beforeAll(async () => {
    street = await openTestStreet({ pack, now: '2026-03-06T10:00' })
  })
  afterAll(() => street.dispose())

  it(`S2-28: ${WALKS} of them never lose the holder, the deadline or the way on`, async () => {
    const roster = await street.roster()
    const people = PEOPLE.filter(name => roster.membersNamed(name).length > 0)
    const gridId = roster.gridsNumbered(1)[0]!.id
    const report = { gridId, category: 'facility', urgent: false, description: '路灯坏了', verified: true }
    const walks = fc.sample(walk, { numRuns: WALKS, seed: 1 })
    for (const [index, moves] of walks.entries()) {
      const no = index + 1
      await asPrivate(street, '李敏', `第${no}幢路灯坏了`, ctx =>
        openIncident(ctx, { ...report, reporterId: ctx.actor.id }),
      )
      for (const [who, what] of moves) {
        await take(street, people[who % people.length]!, MOVES[what]!(no))
        const incident = (await findIncident(street.db, no))!
        if (OPEN_STATUSES.includes(incident.status)) await expectAlive(street, incident, `${pack} #${no}`)
        else expect(incident.nextStepAt).toBeUndefined()
      }
    }
  }, 120_000)
})

async function take(street: TestStreet, who: string, { text, action, to }: ReturnType<Move>): Promise<void> {
  await asPrivate(street, who, text, async ctx => {
    const command = findCommand(text)
    if (command) return command.run(ctx, {})
    const no = Number(/\d+/.exec(text)![0])
    return findHandler('updateIncident')!.run(ctx, { no, action, to } as never)
  })
}

async function expectAlive(street: TestStreet, incident: Incident, name: string): Promise<void> {
  const desk = await street.change(db => openDesk(db, { by: 'test', now: street.now(), at: street.now() }))
  const { pack, today } = desk
  const responsible = await listResponsible({ ...desk, db: street.db }, incident)
  expect(responsible.length, `${name} has nobody`).toBeGreaterThan(0)

  const ended = incident.steps.some(({ step }) => step === 'end')
  const limited = pack.sla.some(({ value }) => value.stage === 'resolve')
  if (limited) expect(incident.deadlines.resolve, `${name} has no deadline`).not.toBeNull()
  const runs = listPending(incident.status, ended).some(stage => incident.deadlines[stage] !== null)
  expect(incident.nextStepAt !== undefined, `${name} is not looked at`).toBe(runs || isStopped(incident))

  const ways = responsible.flatMap(member =>
    WAYS_ON.filter(
      step =>
        judgeStep(pack, step, {
          status: incident.status,
          hold: incident.hold?.kind,
          roles: rolesOn(member, today).map(({ role }) => role),
          standing: ['holder', 'area'],
          inOtherHands: false,
        }).ok,
    ),
  )
  expect(ways, `${name} (${incident.status}) has no way on`).not.toEqual([])
}

function isStopped({ hold }: Incident): boolean {
  return hold !== undefined && hold.kind !== 'extended'
}
