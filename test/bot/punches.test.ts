import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createBudget } from '../../bot/budget.ts'
import type { Channel } from '../../bot/channels/channel.ts'
import { createDingtalkChannel } from '../../bot/channels/dingtalk/create-channel.ts'
import { createPlatformEvents } from '../../bot/platform-events.ts'
import { createPunchWork } from '../../bot/punches.ts'
import { createWorker } from '../../bot/worker.ts'
import { listAttendance } from '../../handlers/attendance.ts'
import { openDesk } from '../../handlers/desk.ts'
import { createPunchImport, PUNCH_WORK } from '../../jobs/punch-import.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { listOutboxItems } from '../../storage/outbox.ts'
import { listUsage } from '../../storage/outbox-queue.ts'
import { startDingtalkEmulator } from '../emulators/dingtalk.ts'
import { at } from '../support/clock.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet } from '../support/street.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp()
})

/** A street whose people clock in on the emulated DingTalk, on the evening of Wednesday 18 November. */
async function createRig(database: 'sqlite' | 'postgres' = 'sqlite') {
  const emulator = await startDingtalkEmulator({ callsPerSecond: 10_000 })
  const street = await openTestStreet({
    database,
    now: '2026-11-18T18:15',
    prepare: async db => {
      for (const name of ['李敏', '王强', '张丽']) {
        await db.sql
          .updateTable('member')
          .set({ dingtalk_id: `d-${name}` })
          .where('name', '=', name)
          .execute()
      }
      await touchRoster(db, 'with ids')
    },
  })
  const clock = { now: street.now, machineNow: street.now }
  const log = pino({ level: 'silent' })
  const { clientId, clientSecret, apiBase, oapiBase } = emulator
  const dingtalk: Channel = createDingtalkChannel({
    clientId,
    clientSecret,
    robotCode: clientId,
    mode: 'webhook',
    apiBase,
    oapiBase,
    clock,
    log,
  })
  cleanups.push(street.dispose, () => emulator.close())
  const work = createPunchWork({
    store: street.store,
    channels: new Map([['dingtalk', dingtalk]]),
    budget: createBudget({ dingtalk: { api: 5000, webhook: 3000 } }),
    clock,
  })
  const doWork = createWorker({ store: street.store, clock, log, kinds: { [PUNCH_WORK]: work } })
  const job = createPunchImport(['dingtalk'])
  return {
    emulator,
    street,
    world: emulator.world,
    async read(due = street.now()) {
      const now = street.now()
      await street.change(async db =>
        job.run(await openDesk(db, { by: `job:${job.name}`, now, at: now }), { at: due, late: false, subject: '' }),
      )
      await doWork()
    },
  }
}

/** A check point as the platform tells it; `time` is null where nobody has punched. */
function result(who: string, day: string, checkType: 'OnDuty' | 'OffDuty', time: string | null, more: object = {}) {
  return {
    id: `${who}${day}${checkType}`.length,
    planId: Number(at(`${day}T00:00`)) + who.length,
    userId: `d-${who}`,
    workDate: at(`${day}T00:00`),
    checkType,
    timeResult: time === null ? 'NotSigned' : 'Normal',
    locationResult: time === null ? 'NotSigned' : 'Normal',
    sourceType: 'USER',
    userCheckTime: at(time === null ? `${day}T00:00` : `${day}T${time}`),
    ...more,
  }
}

describe.each(databases)('official punches on $name', ({ name }) => {
  it('S0-25: become check-ins with their source, judged as the official clock judged them, and nobody is bothered', async () => {
    const { street, world, read } = await createRig(name)
    world.punchResults.push(
      result('李敏', '2026-11-18', 'OnDuty', '08:12:20'),
      result('李敏', '2026-11-18', 'OffDuty', '17:40:00'),
      result('王强', '2026-11-18', 'OnDuty', '08:50:00'),
      result('张丽', '2026-11-18', 'OnDuty', '08:10:00', { timeResult: 'Late' }),
      result('张丽', '2026-11-18', 'OffDuty', null),
    )
    await read()
    const roster = await street.roster()
    const checkIns = await listCheckIns(street.db, {})
    expect(
      checkIns.map(({ memberId, kind, at, result, source }) => [
        roster.memberById(memberId)?.name,
        kind,
        at,
        result,
        source,
      ]),
    ).toEqual([
      ['李敏', 'on', at('2026-11-18T08:12:20'), 'onTime', 'dingtalk'],
      ['李敏', 'off', at('2026-11-18T17:40'), 'onTime', 'dingtalk'],
      ['王强', 'on', at('2026-11-18T08:50'), 'onTime', 'dingtalk'],
      ['张丽', 'on', at('2026-11-18T08:10'), 'late', 'dingtalk'],
    ])
    const desk = await openDesk(street.db, { by: 'test', now: street.now(), at: street.now() })
    const days = (await listAttendance(desk, '2026-11-18')).filter(({ due }) => due)
    expect(days.map(({ member, on, off }) => [member.name, on, off]).slice(0, 3)).toEqual([
      ['李敏', 'onTime', 'ok'],
      ['王强', 'onTime', 'pending'],
      ['张丽', 'late', 'pending'],
    ])
    expect(await listOutboxItems(street.db, {})).toEqual([])
  })
})

describe('official punches', () => {
  it('are filed once, however often they are read, and a changed one takes the place of the former', async () => {
    const { street, world, read } = await createRig()
    const open = result('李敏', '2026-11-18', 'OffDuty', null)
    world.punchResults.push(result('李敏', '2026-11-18', 'OnDuty', '08:40:00', { timeResult: 'Late' }), open)
    await read()
    await read()
    expect(await listCheckIns(street.db, {})).toHaveLength(1)

    const corrected = { sourceType: 'APPROVE', timeResult: 'Normal', userCheckTime: at('2026-11-18T08:30') }
    Object.assign(world.punchResults[0]!, corrected)
    await read()
    const all = await listCheckIns(street.db, { voided: true })
    expect(all.map(({ at, result, voided }) => [at, result, voided?.by])).toEqual([
      [at('2026-11-18T08:40'), 'late', 'job:punch-import'],
      [at('2026-11-18T08:30'), 'makeup', undefined],
    ])
    expect(all[1]?.messageId).toBe(all[0]?.messageId)
  })

  it('of a whole community come page by page, and each call is counted against the month', async () => {
    const { street, world, read } = await createRig()
    for (let day = 12; day <= 18; day++) {
      for (const who of ['李敏', '王强', '张丽']) {
        for (let plan = 0; plan < 4; plan++) {
          const row = result(who, `2026-11-${day}`, plan % 2 === 0 ? 'OnDuty' : 'OffDuty', `1${plan}:00:00`)
          world.punchResults.push({ ...row, planId: world.punchResults.length })
        }
      }
    }
    await read(at('2026-11-18T01:50'))
    expect(await listCheckIns(street.db, {})).toHaveLength(84)
    expect(await listUsage(street.store.read, '2026-11')).toEqual([{ channel: 'dingtalk', meter: 'api', count: 2 }])
  })

  it('made elsewhere with a remark are offered as a visit, once, and recorded only when the person says so', async () => {
    const { street, world, read } = await createRig()
    const punch = result('李敏', '2026-11-18', 'OnDuty', '10:12:00', { locationResult: 'Outside' })
    world.punchResults.push(punch)
    world.punches.push({ ...punch, outsideRemark: '拜访王奶奶' })
    await read()
    await read()
    const offers = await listOutboxItems(street.db, {})
    expect(offers.map(({ text }) => text.reveal())).toEqual([
      '您 11月18日（周三）10:12 的外勤打卡写着“拜访王奶奶”。要记成走访就点一下；不用记，不理就行。',
    ])
    const { replies, intent } = await street.say('李敏', offers[0]!.card!.buttons[0]!.says)
    expect(intent).toBe('visit')
    expect(replies[0]?.text).toContain('王奶奶')
  })

  it('made elsewhere and pressed the next morning are a visit of the day on which they were made', async () => {
    const { street, world, read } = await createRig()
    const punch = result('李敏', '2026-11-17', 'OffDuty', '19:30:00', { locationResult: 'Outside' })
    world.punchResults.push(punch)
    world.punches.push({ ...punch, outsideRemark: '拜访王奶奶' })
    await read(at('2026-11-18T01:50'))
    street.setTime('2026-11-18T08:30')
    const [offer] = await listOutboxItems(street.db, {})
    const { slots } = await street.say('李敏', offer!.card!.buttons[0]!.says)
    expect(slots).toMatchObject({ person: '王奶奶', claimedAt: '2026-11-17T19:30' })
  })

  it('a check-in that its owner took back does not come back', async () => {
    const { street, world, read } = await createRig()
    world.punchResults.push(result('李敏', '2026-11-18', 'OnDuty', '08:12:20'))
    await read()
    const [filed] = await listCheckIns(street.db, {})
    await street.change(db =>
      db.sql.updateTable('check_in').set({ voided_at: 1, voided_by: 'x' }).where('id', '=', filed!.id).execute(),
    )
    await read()
    expect(await listCheckIns(street.db, {})).toEqual([])
  })

  it('that the platform refuses to tell are asked for again at the next reading', async () => {
    const { emulator, street, world, read } = await createRig()
    world.punchResults.push(result('李敏', '2026-11-18', 'OnDuty', '08:12:20'))
    const heal = emulator.fail('/attendance/list', { status: 200, body: { errcode: 60011, errmsg: 'no permission' } })
    await read()
    expect(await listCheckIns(street.db, {})).toEqual([])
    heal()
    await read()
    expect(await listCheckIns(street.db, {})).toHaveLength(1)
  })
})

describe('an event of a punch', () => {
  it('asks for one reading that waits for the results, however many come', async () => {
    const { street } = await createRig()
    const tell = createPlatformEvents({
      store: street.store,
      clock: { now: street.now, machineNow: street.now },
      onCommit: () => {},
    })
    for (const from of ['2026-11-18', '2026-11-18']) await tell({ kind: 'punched', channel: 'dingtalk', from })
    const rows = await street.store.read.sql.selectFrom('work').select(['kind', 'not_before']).execute()
    expect(rows).toEqual([{ kind: PUNCH_WORK, not_before: street.now() + 5 * 60_000 }])
  })
})
