import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listStops } from '../../bot/channels/simulator/stops.ts'
import type { Job } from '../../jobs/job.ts'
import { createCalendar } from '../../policy/calendar.ts'
import { parsePack } from '../../policy/pack.ts'
import { inStreet } from '../../storage/database.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import type { ClockView, Moved } from '../../web/shared/simulator-api.ts'
import { local } from '../support/street.ts'
import { openRig, type Rig } from './rig.ts'

/** Rings in the street's group at nine and at ten. */
const bell: Job = {
  name: 'test-bell',
  schedule: ['0 9 * * *', '0 10 * * *'],
  days: 'all',
  catchUp: 'each',
  graceMs: 60_000,
  async run({ say, roster }, { at }) {
    await say.toGroup(roster.groupFor({})!, `铃 ${new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)}`, {
      kind: 'bell',
      urgency: 'urgent',
    })
  },
}

let rig: Rig
beforeAll(async () => {
  rig = await openRig({ jobs: [bell] })
})
afterAll(() => rig.close())

const addTimer = (subject: string, due: string) =>
  rig.store.transact(async everywhere => {
    const db = inStreet(everywhere, rig.street.street)
    await insertTimer(db, { job: bell.name, subject, dueAt: local(due), at: rig.timeline.now() })
  })

describe('/sim/api/clock', () => {
  test('tells now and mode', async () => {
    expect((await rig.call<ClockView>('GET', '/sim/api/clock')).body).toEqual({
      now: '2026-11-18T08:00:00+08:00',
      mode: 'hold',
    })
  })

  test('runs each due instant and delivers what it said before it answers', async () => {
    const { status, body } = await rig.call<Moved>('POST', '/sim/api/clock', { now: '2026-11-18T10:30:00+08:00' })
    expect(status).toBe(200)
    expect(body).toEqual({
      now: '2026-11-18T10:30:00+08:00',
      ran: [
        { job: 'test-bell', at: '2026-11-18T09:00:00+08:00', messages: 1 },
        { job: 'test-bell', at: '2026-11-18T10:00:00+08:00', messages: 1 },
      ],
    })
    const { items } = await rig.read('S01')
    expect(items.map(({ at, text }) => [at, text])).toEqual([
      ['2026-11-18T09:00:00+08:00', '铃 09:00'],
      ['2026-11-18T10:00:00+08:00', '铃 10:00'],
    ])
  })

  test('tells of one run where several records asked for the same instant', async () => {
    await addTimer('a', '2026-11-18T10:40')
    await addTimer('b', '2026-11-18T10:40')
    const { body } = await rig.call<Moved>('POST', '/sim/api/clock', { now: '2026-11-18T10:40:00+08:00' })
    expect(body.ran).toEqual([{ job: 'test-bell', at: '2026-11-18T10:40:00+08:00', messages: 2 }])
  })

  test('takes the present for an answer and does nothing twice', async () => {
    const { status, body } = await rig.call<Moved>('POST', '/sim/api/clock', { now: '2026-11-18T10:40:00+08:00' })
    expect(status).toBe(200)
    expect(body.ran).toEqual([])
  })

  test('refuses an earlier instant', async () => {
    const answer = await rig.call<Moved>('POST', '/sim/api/clock', { now: '2026-11-18T10:39:59+08:00' })
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'earlier' } } })
    expect((await rig.call<ClockView>('GET', '/sim/api/clock')).body.now).toBe('2026-11-18T10:40:00+08:00')
  })

  test.each([{ now: 'tomorrow' }, { now: 5 }, { mode: 'fast' }, 'x'])('refuses %j', async body => {
    expect((await rig.call<Moved>('POST', '/sim/api/clock', body)).status).toBe(400)
  })

  test('changes the mode alone', async () => {
    expect((await rig.call<Moved>('POST', '/sim/api/clock', { mode: 'run' })).status).toBe(200)
    expect((await rig.call<ClockView>('GET', '/sim/api/clock')).body.mode).toBe('run')
    await rig.call<Moved>('POST', '/sim/api/clock', { mode: 'hold' })
  })

  test('a message posted during a move waits for its turn', async () => {
    const moved = rig.call<Moved>('POST', '/sim/api/clock', { now: '2026-11-19T08:00:00+08:00' })
    const said = rig.post('G01', '李敏', '到岗了')
    expect((await moved).status).toBe(200)
    expect((await said).body.replies[0]?.text).toContain('08:00')
  })
})

describe('the stops of the clock buttons', () => {
  const yaml = readFileSync(new URL('../../policy/packs/street-team.yaml', import.meta.url), 'utf8')
  const pack = parsePack(yaml, 'street-team')
  const stops = (now: string) =>
    Object.fromEntries(listStops(local(now), pack, createCalendar()).map(({ key, at }) => [key, at.slice(0, 16)]))

  test.each([
    [
      'in the morning',
      '2026-11-18T08:00',
      { nudge: '2026-11-18T15:00', broadcast: '2026-11-18T15:45', proof: '2026-11-18T16:05' },
    ],
    ['between the nudges', '2026-11-18T15:00', { nudge: '2026-11-18T15:30', broadcast: '2026-11-18T15:45' }],
    ['after the last nudge', '2026-11-18T15:30', { nudge: '2026-11-19T15:00', broadcast: '2026-11-18T15:45' }],
    [
      'in the evening',
      '2026-11-18T20:00',
      { broadcast: '2026-11-19T15:45', workday: '2026-11-19T08:00', monday: '2026-11-23T08:30' },
    ],
    [
      'on a Friday',
      '2026-11-20T17:00',
      { nudge: '2026-11-23T15:00', workday: '2026-11-23T08:00', monday: '2026-11-23T08:30' },
    ],
    [
      'before the National Day week',
      '2026-09-30T17:00',
      { workday: '2026-10-08T08:00', nudge: '2026-10-08T15:00', monday: '2026-10-08T08:30' },
    ],
  ])('%s lie ahead on working days', (_when, now, expected) => {
    expect(stops(now)).toMatchObject(expected)
  })
})
