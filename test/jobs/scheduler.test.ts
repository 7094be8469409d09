import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createTimetable, minutesOfDay } from '../../jobs/due-times.ts'
import type { Job } from '../../jobs/job.ts'
import { createScheduler } from '../../jobs/scheduler.ts'
import { formatInstant, hourMs } from '../../policy/time.ts'
import { inStreet } from '../../storage/database.ts'
import { cancelTimers, insertTimer } from '../../storage/job-runs.ts'
import { at } from '../support/clock.ts'
import { databases } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

const toClose: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

type Run = [job: string, dueAt: string, late: boolean]

async function openScheduler(
  jobs: Omit<Job, 'run'>[],
  options: { database?: (typeof databases)[number]; start?: string } = {},
) {
  const { store, dispose } = await (options.database ?? databases[0]!).open()
  toClose.push(dispose)
  const start = at(options.start ?? '2026-11-18T08:00')
  await store.transact(db => insertStreet(inStreet(db, STREET), start))
  const runs: Run[] = []
  let failing = 0
  const create = () =>
    createScheduler({
      store,
      log: pino({ level: 'silent' }),
      jobs: jobs.map(job => ({
        ...job,
        run: async (_desk, due) => {
          if (failing > 0) {
            failing -= 1
            throw new Error('not now')
          }
          runs.push([job.name, formatInstant(due.at).slice(0, 16), due.late])
        },
      })),
    })
  const scheduler = create()
  await scheduler.runDue(start)
  await scheduler.forget(start)
  return {
    store,
    scheduler,
    /** A new process on the same data. */
    restart: create,
    runs,
    fail: (times: number) => {
      failing = times
    },
  }
}

const nudge = { name: 'nudge', schedule: ['0 15 * * *'], days: 'workdays', catchUp: 'drop', graceMs: hourMs } as const

describe('the timetable', () => {
  it('asks node-cron which minutes of a day a schedule means', () => {
    expect(minutesOfDay('45 15 * * *')).toEqual([15 * 60 + 45])
    expect(minutesOfDay('*/30 8,9 * * *')).toEqual([480, 510, 540, 570])
  })

  it('refuses a schedule that picks days, which the day filter does', () => {
    expect(() => minutesOfDay('0 8 * * 1')).toThrow('only minute and hour')
  })

  it('lists due instants in order, after the first and up to the last', () => {
    const table = createTimetable([{ ...nudge, schedule: ['0 15 * * *', '30 8 * * *'], run: async () => {} }])
    const due = table.between(at('2026-11-18T08:30'), at('2026-11-19T08:30'))
    expect(due.map(({ at: instant }) => formatInstant(instant).slice(0, 16))).toEqual([
      '2026-11-18T15:00',
      '2026-11-19T08:30',
    ])
  })
})

describe.each(databases)('the scheduler on $name', database => {
  it('runs each due instant once, whoever asks and how often', async () => {
    const { scheduler, restart, runs } = await openScheduler([nudge], { database })
    await scheduler.runDue(at('2026-11-18T15:00'))
    await scheduler.runDue(at('2026-11-18T15:00'))
    await restart().runDue(at('2026-11-18T15:01'))
    expect(runs).toEqual([['nudge', '2026-11-18T15:00', false]])
  })

  it('runs a due instant once though several processes read the timetable at the same moment', async () => {
    const { restart, runs } = await openScheduler([nudge], { database })
    await Promise.all([restart(), restart(), restart()].map(one => one.runDue(at('2026-11-18T15:00'))))
    expect(runs).toEqual([['nudge', '2026-11-18T15:00', false]])
  })

  it('runs a job again that failed, until its grace is over', async () => {
    const { scheduler, runs, fail } = await openScheduler([{ ...nudge, catchUp: 'each' }], { database })
    fail(2)
    await scheduler.runDue(at('2026-11-18T15:00'))
    await scheduler.runDue(at('2026-11-18T15:01'))
    expect(runs).toEqual([])
    await scheduler.runDue(at('2026-11-18T15:02'))
    expect(runs).toEqual([['nudge', '2026-11-18T15:00', true]])
    await scheduler.runDue(at('2026-11-18T15:03'))
    expect(runs).toHaveLength(1)
  })
})

describe('days', () => {
  it('leaves out holidays and weekends and counts make-up days', async () => {
    const { scheduler, runs } = await openScheduler([{ ...nudge, catchUp: 'each', graceMs: 30 * 24 * hourMs }], {
      start: '2026-09-24T16:00',
    })
    await scheduler.runDue(at('2026-10-11T16:00'))
    expect(runs.map(([, due]) => due.slice(5, 10))).toEqual(['09-28', '09-29', '09-30', '10-08', '10-09', '10-10'])
  })

  it('follows Monday to Friday in a year whose holidays are not published', async () => {
    const { scheduler, runs } = await openScheduler([{ ...nudge, catchUp: 'each', graceMs: 30 * 24 * hourMs }], {
      start: '2026-12-31T16:00',
    })
    await scheduler.runDue(at('2027-01-05T16:00'))
    expect(runs.map(([, due]) => due.slice(0, 10))).toEqual(['2027-01-01', '2027-01-04', '2027-01-05'])
  })
})

describe('what was missed while the program was down', () => {
  const missed: [catchUp: Job['catchUp'], graceHours: number, ran: string[]][] = [
    ['drop', 999, []],
    ['latest', 48, ['2026-11-20T15:00']],
    ['latest', 1, []],
    ['each', 999, ['2026-11-18T15:00', '2026-11-19T15:00', '2026-11-20T15:00']],
  ]
  it.each(missed)('%s with a grace of %i hours', async (catchUp, graceHours, expected) => {
    const { restart, runs } = await openScheduler([{ ...nudge, catchUp, graceMs: graceHours * hourMs }])
    await restart().runDue(at('2026-11-21T09:00'))
    expect(runs.map(([, due]) => due)).toEqual(expected)
    expect(runs.every(([, , late]) => late)).toBe(true)
  })
})

describe('reminders of records', () => {
  const reminder = { name: 'reminder', days: 'all', catchUp: 'each', graceMs: hourMs } as const

  it('run at their instant, once, and not when cancelled', async () => {
    const { store, scheduler, runs } = await openScheduler([reminder])
    await store.transact(async everywhere => {
      const db = inStreet(everywhere, STREET)
      const now = at('2026-11-18T08:00')
      await insertTimer(db, { job: 'reminder', subject: 'a', dueAt: at('2026-11-18T09:10'), at: now })
      await insertTimer(db, { job: 'reminder', subject: 'a', dueAt: at('2026-11-18T09:10'), at: now })
      await insertTimer(db, { job: 'reminder', subject: 'b', dueAt: at('2026-11-18T09:20'), at: now })
      await cancelTimers(db, 'reminder', 'b')
    })
    expect(await scheduler.nextInstant(at('2026-11-18T08:00'), at('2026-11-19T00:00'))).toBe(at('2026-11-18T09:10'))
    await scheduler.runDue(at('2026-11-18T09:30'))
    await scheduler.runDue(at('2026-11-18T09:31'))
    expect(runs).toEqual([['reminder', '2026-11-18T09:10', true]])
  })
})
