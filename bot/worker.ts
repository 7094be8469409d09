import type { Logger } from 'pino'
import { type Db, inStreet, type Store, type StreetDb } from '../storage/database.ts'
import { claimWork, finishWork, type Work } from '../storage/work.ts'
import type { Clock } from './clock.ts'

const TRIES = 8
const LEASE_MS = 60_000
const FIRST_RETRY_MS = 10_000
/** Pictures are large while they are decoded. */
const AT_ONCE = 4

/** Trying again would not help: the work is given up at once. */
export class Hopeless extends Error {}

/** One kind of work that needs the network and is done after the commit. */
export interface WorkKind {
  /** How often it is tried; default eight times in about twenty minutes. */
  tries?: number
  /**
   * Does what needs the network, and returns what is then written in one transaction with the end of the work.
   * @throws {Hopeless} or anything else, to be tried again
   */
  run(payload: unknown, work: Work): Promise<(db: StreetDb) => Promise<void>>
  /** What becomes of its record when it is given up. */
  giveUp(db: StreetDb, payload: unknown, work: Work): Promise<void>
}

export interface WorkerParts {
  store: Store
  clock: Clock
  log: Logger
  kinds: Readonly<Record<string, WorkKind>>
}

/** Does work that is due by the Clock, a few at once, for so many rounds or until none is left. @returns whether there may be more */
export type Worker = (rounds?: number) => Promise<boolean>

export function createWorker({ store, clock, log, kinds }: WorkerParts): Worker {
  async function doOne(work: Work): Promise<void> {
    const kind = kinds[work.kind]
    const street = (db: Db) => inStreet(db, work.street)
    try {
      if (!kind) throw new Hopeless(`nobody here does work of the kind ${work.kind}`)
      const write = await kind.run(work.payload, work)
      await store.transact(async db => {
        await write(street(db))
        await finishWork(db, work.id, { state: 'done' })
      })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ workId: work.id, kind: work.kind, reason }, 'work after the commit failed')
      const isOver = error instanceof Hopeless || work.attempts + 1 >= (kind?.tries ?? TRIES)
      await store.transact(async db => {
        if (isOver) await kind?.giveUp(street(db), work.payload, work)
        const notBefore = clock.now() + FIRST_RETRY_MS * 2 ** work.attempts
        await finishWork(
          db,
          work.id,
          isOver ? { state: 'dead', error: reason } : { state: 'pending', error: reason, notBefore },
        )
      })
    }
  }

  return async (rounds = Number.POSITIVE_INFINITY) => {
    for (let round = 0; round < rounds; round++) {
      const claim = { now: clock.now(), machineNow: clock.machineNow(), leaseMs: LEASE_MS, limit: AT_ONCE }
      const due = await store.transact(db => claimWork(db, claim))
      if (due.length === 0) return false
      await Promise.all(due.map(doOne))
    }
    return true
  }
}
