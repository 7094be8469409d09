import { sql } from 'kysely'
import type { Db } from './database.ts'

/**
 * Waits until no other transaction works on the same thing: what is counted afterwards includes all that they wrote. Ends with the
 * transaction; whoever takes several takes the sender's first (`lockSender`). SQLite has one writer, so there is nothing to wait for.
 */
export async function takeTurn(db: Db, thing: string): Promise<void> {
  if (db.dialect === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${thing}, 11))`.execute(db.sql)
}
