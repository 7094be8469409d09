import { randomUUID } from 'node:crypto'
import { SEALED_AT_ONCE, sealAudit } from '../storage/audit.ts'
import { inStreet, type Store } from '../storage/database.ts'
import { takeLease } from '../storage/leases.ts'
import { listStreets } from '../storage/load-roster.ts'
import type { Clock } from './clock.ts'

const LEASE_MS = 30_000

/** Gives fresh audit rows their place in each street's chain; one process of a cluster does it at a time. */
export function createSealer({ store, clock }: { store: Store; clock: Clock }): () => Promise<void> {
  const holder = randomUUID()

  async function hasUnsealed(street: string): Promise<boolean> {
    const row = await store.read.sql
      .selectFrom('audit')
      .select('id')
      .where('subdistrict_id', '=', street)
      .where('seq', 'is', null)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  return async () => {
    for (const { id: street } of await listStreets(store.read)) {
      while (await hasUnsealed(street)) {
        const sealed = await store.transact(async db => {
          if (!(await takeLease(db, `audit ${street}`, holder, clock.machineNow(), LEASE_MS))) return 0
          return sealAudit(inStreet(db, street))
        })
        if (sealed < SEALED_AT_ONCE) break
      }
    }
  }
}
