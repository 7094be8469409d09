import type { Db } from './database.ts'

/** Takes or renews a lease. @returns whether `holder` holds it now. */
export async function takeLease(db: Db, name: string, holder: string, now: number, forMs: number): Promise<boolean> {
  const taken = await db.sql
    .insertInto('lease')
    .values({ name, holder, until: now + forMs })
    .onConflict(c =>
      c
        .column('name')
        .doUpdateSet({ holder, until: now + forMs })
        .where(eb => eb.or([eb('lease.holder', '=', holder), eb('lease.until', '<', now)])),
    )
    .returning('name')
    .executeTakeFirst()
  return taken !== undefined
}

/** Ends a lease: that of `holder`, else whoever has it. */
export async function releaseLease(db: Db, name: string, holder?: string): Promise<void> {
  const lease = db.sql.deleteFrom('lease').where('name', '=', name)
  await (holder === undefined ? lease : lease.where('holder', '=', holder)).execute()
}

/** Who holds a lease, and until when; it may be over. */
export async function findLease(db: Db, name: string): Promise<{ holder: string; until: number } | undefined> {
  return db.sql.selectFrom('lease').select(['holder', 'until']).where('name', '=', name).executeTakeFirst()
}
