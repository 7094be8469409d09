import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { type ControlledTransaction, Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { type Db, guardNesting, refuseNesting, type Store, type StoreOptions, withSavepoint } from './database.ts'
import type { Schema } from './schema.ts'
import { saveSetting } from './settings.ts'

const STATEMENTS_KEPT = 500
const WORKS_PER_COMMIT = 100
const BUSY_RETRY_MS = { first: 5, most: 200, total: 30_000 }

/** SQLite's DDL is transactional; kysely's adapter says otherwise, and a failed migration would leave its half behind (kysely-org/kysely#729). */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/** One connection with every pragma the program relies on: they are per connection, so nothing else opens the file. */
export function openSqliteConnection(file: string, mode: 'write' | 'read' | 'migrate'): Kysely<Schema> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const raw = new Database(file, { readonly: mode === 'read', timeout: mode === 'migrate' ? 30_000 : 0 })
  if (mode !== 'read') {
    // Nobody else on the machine reads the street's data; the log files take their mode from this one.
    chmodSync(file, 0o600)
    raw.pragma('journal_mode = WAL')
    // The build's default for WAL is NORMAL, which loses acknowledged messages at a power cut.
    raw.pragma('synchronous = FULL')
    raw.pragma('secure_delete = ON')
  }
  raw.pragma('foreign_keys = ON')
  return new Kysely<Schema>({ dialect: new TransactionalSqliteDialect({ database: withStatementCache(raw) }) })
}

/**
 * kysely prepares a statement for every query; keeping them doubles reads. `begin` becomes `begin immediate`, since a read that turns
 * into a write fails at once with SQLITE_BUSY_SNAPSHOT beside a second writer, whatever the busy timeout says.
 */
function withStatementCache(raw: Database.Database) {
  const kept = new Map<string, Database.Statement>()
  return {
    close: () => raw.close(),
    prepare(text: string): Database.Statement {
      const found = kept.get(text)
      if (found) return found
      const statement = raw.prepare(text === 'begin' ? 'begin immediate' : text)
      if (kept.size >= STATEMENTS_KEPT) kept.delete(kept.keys().next().value ?? '')
      kept.set(text, statement)
      return statement
    },
  }
}

interface Waiting {
  work: (db: Db) => Promise<unknown>
  resolve: (value: never) => void
  reject: (error: unknown) => void
}

/** Opens the file with one writer and one reader. Works that wait together share one commit. */
export function openSqliteStore(file: string, { vault, beforeCommit }: StoreOptions): Store {
  const writer = openSqliteConnection(file, 'write')
  const reader = openSqliteConnection(file, 'read')
  const queue: Waiting[] = []
  let draining: Promise<void> | undefined

  const dbOf = (connection: Kysely<Schema>): Db => ({ sql: connection, vault, dialect: 'sqlite' })

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      // One turn of the loop lets messages that arrived together queue up behind the first, and sockets and timers have theirs:
      // commits on this database are synchronous, so work that keeps coming would else hold the loop for ever.
      await new Promise(resolve => setImmediate(resolve))
      await commitTogether(queue.splice(0, WORKS_PER_COMMIT))
    }
    // In the same turn as the last look at the queue: a work that comes a moment later must start a round of its own.
    draining = undefined
  }

  async function commitTogether(works: Waiting[]): Promise<void> {
    let transaction: ControlledTransaction<Schema> | undefined
    const settled: (() => void)[] = []
    try {
      transaction = await beginWhenFree(writer)
      const db = dbOf(transaction)
      for (const { work, resolve, reject } of works) {
        try {
          const value = await guardNesting(() => withSavepoint(db, () => work(db)))
          settled.push(() => resolve(value as never))
        } catch (error) {
          settled.push(() => reject(error))
        }
      }
      await beforeCommit?.(db)
      await transaction.commit().execute()
    } catch (error) {
      // SQLite may have rolled back by itself already (disk full, I/O error): then there is nothing left to undo.
      await transaction
        ?.rollback()
        .execute()
        .catch(() => {})
      for (const { reject } of works) reject(error)
      return
    }
    for (const settle of settled) settle()
  }

  function transact<T>(work: (db: Db) => Promise<T>): Promise<T> {
    refuseNesting()
    return new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: resolve as (value: never) => void, reject })
      draining ??= drain()
    })
  }

  return {
    dialect: 'sqlite',
    read: dbOf(reader),
    transact,
    async canWrite(timeoutMs) {
      const timeout = sleep(timeoutMs, false, { ref: false })
      // A transaction that changes nothing never touches the disk, and SQLite leaves out a value that is there already.
      const wrote = transact(async db => {
        await saveSetting(db, 'write-probe', randomUUID())
        return true
      }).catch(() => false)
      return Promise.race([wrote, timeout])
    },
    async close() {
      await draining
      // The writer last: only it can fold the log back into the file.
      await reader.destroy()
      await writer.destroy()
    },
  }
}

/** A lock held by another process (the command line, a backup) is waited for without blocking the event loop. */
async function beginWhenFree(writer: Kysely<Schema>): Promise<ControlledTransaction<Schema>> {
  let waited = 0
  for (let delay = BUSY_RETRY_MS.first; ; delay = Math.min(delay * 2, BUSY_RETRY_MS.most)) {
    try {
      return await writer.startTransaction().execute()
    } catch (error) {
      if (!isBusy(error) || waited >= BUSY_RETRY_MS.total) throw error
      await sleep(delay)
      waited += delay
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** Held by a running server: the operating system frees it even after a kill -9. @returns undefined where another server holds it. */
export function takeServerLock(file: string): { release: () => void } | undefined {
  mkdirSync(dirname(file), { recursive: true })
  const lock = new Database(`${file}.server`, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('begin exclusive')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    if (isBusy(error)) return undefined
    throw error
  }
}
