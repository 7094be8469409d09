import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { Vault } from './vault.ts'

/** What storage functions work on: queries and the vault. A transaction is just another `Db`. */
export interface Db {
  readonly sql: Kysely<Schema>
  readonly vault: Vault
  readonly dialect: Dialect
}

/** A `Db` that looks at one street only; every table of the work is reached through it, so no query can cross tenants by accident. */
export interface StreetDb extends Db {
  readonly street: string
}

export function inStreet(db: Db, street: string): StreetDb {
  return { sql: db.sql, vault: db.vault, dialect: db.dialect, street }
}

export type Dialect = 'sqlite' | 'postgres'

export interface Store {
  readonly dialect: Dialect
  /** Committed data only; may run beside an open transaction. */
  readonly read: Db
  /**
   * Runs `work` in one transaction and resolves after the commit. Inside, await nothing but this `db`: on SQLite the one writer is held
   * meanwhile, and works that wait together share one commit, each in a savepoint, so one that throws takes only itself back.
   */
  transact<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** True when a write commits within `timeoutMs`. */
  canWrite(timeoutMs: number): Promise<boolean>
  close(): Promise<void>
}

/** Called inside every commit, before it: the simulated clock leaves its highest reading there. */
export type BeforeCommit = (db: Db) => Promise<void>

export interface StoreOptions {
  vault: Vault
  beforeCommit?: BeforeCommit
}

const insideTransaction = new AsyncLocalStorage<true>()

/** Marks the call as inside a transaction; a second `transact` there would wait for itself for ever, so it throws instead. */
export function guardNesting<T>(run: () => Promise<T>): Promise<T> {
  return insideTransaction.run(true, run)
}

/** @throws inside a transaction */
export function refuseNesting(): void {
  if (insideTransaction.getStore()) throw new Error('transact() inside a transaction: use the db it was given')
}

let savepoints = 0

/** Runs `work` in a savepoint: if it throws, only what it wrote is taken back and the transaction goes on. */
export async function withSavepoint<T>(db: Db, work: () => Promise<T>): Promise<T> {
  savepoints = (savepoints + 1) % 1_000
  const name = sql.raw(`sp_${savepoints}`)
  await sql`savepoint ${name}`.execute(db.sql)
  try {
    const result = await work()
    await sql`release savepoint ${name}`.execute(db.sql)
    return result
  } catch (error) {
    await sql`rollback to savepoint ${name}`.execute(db.sql)
    await sql`release savepoint ${name}`.execute(db.sql)
    throw error
  }
}

/**
 * Keeps one person's messages in order where several processes share a PostgreSQL; ends with the transaction.
 * SQLite has one writer, so there is nothing to lock.
 */
export async function lockSender(db: Db, sender: string): Promise<void> {
  if (db.dialect === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${sender}, 7))`.execute(db.sql)
}
