import { expect, it } from 'vitest'
import { describeInbound } from '../../bot/understand-inbound.ts'
import type { WorkCalendar } from '../../policy/calendar.ts'
import { inStreet } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { at } from '../support/clock.ts'
import { openTestSqlite } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

it('hands the first 4,000 characters of a message to understanding, however long it is', async () => {
  const { store, dispose } = await openTestSqlite()
  await store.transact(db => insertStreet(inStreet(db, STREET), at('2026-11-18T08:00')))
  const roster = await loadRoster(inStreet(store.read, STREET))
  const calendar = {} as WorkCalendar
  const text = '周五'.repeat(32_768)
  const read = describeInbound(
    { text, media: [] },
    { roster, calendar, resident: false },
    '小格',
    at('2026-11-18T08:00'),
  )
  expect(read.text).toHaveLength(4_000)
  await dispose()
})
