import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScheduler } from '../../jobs/scheduler.ts'
import { weeklySummary } from '../../jobs/weekly-summary.ts'
import { addDays, instantAt } from '../../policy/time.ts'
import { inStreet } from '../../storage/database.ts'
import { openTestSqlite, type TestStore } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

let opened: TestStore
beforeEach(async () => {
  opened = await openTestSqlite()
  await opened.store.transact(db => insertStreet(inStreet(db, STREET), instantAt('2026-09-21', '07:00')))
})
afterEach(() => opened.dispose())

/** Reads the clock at these instants, as a program does that was down in between. */
async function readClock(
  instants: readonly number[],
): Promise<{ day: string; heading?: string; period?: string; last?: string }[]> {
  const { store } = opened
  const scheduler = createScheduler({ store, jobs: [weeklySummary], log: pino({ level: 'silent' }) })
  const told: { day: string; heading?: string; period?: string; last?: string }[] = []
  for (const now of instants) {
    const known = new Set((await listTold()).map(({ id }) => id))
    await scheduler.runDue(now)
    const street = (await listTold()).find(({ id, chat }) => chat === 'S01' && !known.has(id))
    const lines = street?.text.split('\n')
    if (lines)
      told.push({
        day: new Date(now + 8 * 3_600_000).toISOString().slice(0, 16),
        heading: lines[0],
        period: lines[1],
        last: lines.at(-1),
      })
  }
  return told
}

async function listTold(): Promise<{ id: string; chat: string | null; text: string }[]> {
  const { read } = opened.store
  const rows = await read.sql
    .selectFrom('outbox')
    .innerJoin('chat', 'chat.id', 'outbox.chat_id')
    .select(['outbox.id', 'outbox.text', 'chat.platform_id as chat'])
    .execute()
  return rows.map(({ id, chat, text }) => ({
    id,
    chat,
    text: read.vault.open(text, { table: 'outbox', column: 'text', id }).reveal(),
  }))
}

const every = (from: string, days: number) =>
  Array.from({ length: days }, (_, day) => instantAt(addDays(from, day), '08:30'))

describe('the weekly summary through the year', () => {
  it('comes on the first working day of each week, and passes over a week without one', async () => {
    await readClock([instantAt('2026-09-21', '08:00')])
    const told = await readClock(every('2026-09-21', 35))
    // 1 to 7 October are free and Saturday 10 October is worked: Thursday the 8th begins that week.
    expect(told.map(({ day, period }) => `${day} ${period}`)).toEqual([
      '2026-09-28T08:30 9/21–9/27',
      '2026-10-08T08:30 9/28–10/4',
      '2026-10-12T08:30 10/5–10/11',
      '2026-10-19T08:30 10/12–10/18',
    ])
  })

  it('merges the Spring Festival week, which has no working day, into the next', async () => {
    await opened.store.transact(db =>
      db.sql
        .updateTable('subdistrict')
        .set({ created_at: instantAt('2026-02-02', '07:00') })
        .execute(),
    )
    await readClock([instantAt('2026-02-02', '08:00')])
    const told = await readClock(every('2026-02-02', 29))
    expect(told.map(({ day, heading, period }) => `${day} ${heading} ${period}`)).toEqual([
      '2026-02-09T08:30 【望江街道】上周小结 2/2–2/8',
      '2026-02-24T08:30 【望江街道】近2周小结 2/9–2/22',
      '2026-03-02T08:30 【望江街道】上周小结 2/23–3/1',
    ])
  })

  it('is made up for within 48 hours, marked late, and told with the next afterwards', async () => {
    await readClock([instantAt('2026-09-21', '08:00')])
    const [late] = await readClock([instantAt('2026-09-30', '08:00')])
    expect(late).toMatchObject({ period: '9/21–9/27', last: '迟发：应于9月28日（周一）08:30' })
    expect(await readClock([instantAt('2026-10-14', '09:00')])).toEqual([])
    const [next] = await readClock([instantAt('2026-10-19', '08:30')])
    expect(next).toMatchObject({ heading: '【望江街道】近3周小结', period: '9/28–10/18' })
  })
})
