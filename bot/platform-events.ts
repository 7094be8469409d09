import { PUNCH_WORK, type PunchWork } from '../jobs/punch-import.ts'
import { dayOf } from '../policy/time.ts'
import { inStreet, type Store, type StreetDb } from '../storage/database.ts'
import { markLeft } from '../storage/leavers.ts'
import { listStreets, loadRoster } from '../storage/load-roster.ts'
import { insertWork, isWorkPending } from '../storage/work.ts'
import { alarms, raiseAlarm } from './alarm.ts'
import type { PlatformEvent, TellEvent } from './channels/channel.ts'
import type { Clock } from './clock.ts'

/** What follows from an event of a platform: a leaver is marked in the roster, trouble is told to the administrators. */
export function createPlatformEvents({
  store,
  clock,
  onCommit,
}: {
  store: Store
  clock: Clock
  onCommit(): void
}): TellEvent {
  return async event => {
    await store.transact(async db => {
      for (const { id } of await listStreets(db)) await take(inStreet(db, id), event, clock.now())
    })
    onCommit()
  }
}

/** The results lag behind the punches, and a morning's punches come together: one reading answers all that came meanwhile. */
const READING_DELAY_MS = 5 * 60_000

async function askForPunches(
  db: StreetDb,
  { channel, from }: Extract<PlatformEvent, { kind: 'punched' }>,
  now: number,
): Promise<void> {
  if (await isWorkPending(db, PUNCH_WORK)) return
  const payload: PunchWork = { channel, from, to: dayOf(now) }
  await insertWork(db, { kind: PUNCH_WORK, payload, at: now, notBefore: now + READING_DELAY_MS })
}

async function take(db: StreetDb, event: PlatformEvent, now: number): Promise<void> {
  if (event.kind === 'warning') return raiseAlarm(db, now, event.about, event.text)
  if (event.kind === 'punched') return askForPunches(db, event, now)
  const member = (await loadRoster(db)).memberByPlatform(event.channel, event.platformId)
  if (!member) return
  const isNews = await markLeft(db, member, { now, today: dayOf(now), by: event.channel })
  if (isNews) await raiseAlarm(db, now, `left ${member.id}`, alarms.left(member.name))
}
