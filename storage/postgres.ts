import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, type Dialect as KyselyDialect, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type Db, guardNesting, refuseNesting, type Store, type StoreOptions } from './database.ts'
import type { Schema } from './schema.ts'

/** bigint columns hold epoch ms and counts, which fit a number; pg would hand them out as strings. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

const CONNECTIONS = 10
const RETRIES = 5
/** serialization_failure and deadlock_detected: the database asks for another try. */
const TRY_AGAIN = new Set(['40001', '40P01'])

export function postgresDialect(url: string): KyselyDialect {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS })
  // A server that restarts cuts idle connections; unheard, that would end the process. The pool opens others, and a query that finds none fails by itself.
  pool.on('error', () => {})
  return new PostgresDialect({ pool })
}

/** `dialect` is PostgreSQL's: a pool of pg, or the embedded server of the tests. */
export function openPostgresStore(dialect: KyselyDialect, { vault, beforeCommit }: StoreOptions): Store {
  const pool = new Kysely<Schema>({ dialect })
  const dbOf = (connection: Kysely<Schema>): Db => ({ sql: connection, vault, dialect: 'postgres' })

  async function transact<T>(work: (db: Db) => Promise<T>): Promise<T> {
    refuseNesting()
    for (let attempt = 1; ; attempt++) {
      try {
        return await pool.transaction().execute(transaction =>
          guardNesting(async () => {
            const db = dbOf(transaction)
            const result = await work(db)
            await beforeCommit?.(db)
            return result
          }),
        )
      } catch (error) {
        if (attempt === RETRIES || !TRY_AGAIN.has((error as { code?: string }).code ?? '')) throw error
        await sleep(10 * 2 ** attempt)
      }
    }
  }

  return {
    dialect: 'postgres',
    read: dbOf(pool),
    transact,
    async canWrite(timeoutMs) {
      const timeout = sleep(timeoutMs, false, { ref: false })
      const wrote = transact(async db => {
        await sql`select txid_current()`.execute(db.sql)
        return true
      }).catch(() => false)
      return Promise.race([wrote, timeout])
    },
    close: () => pool.destroy(),
  }
}
