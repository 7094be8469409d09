import { Kysely } from 'kysely'
import type { Store, StoreOptions } from './database.ts'
import { migrate } from './migrate.ts'
import { openPostgresStore, postgresDialect } from './postgres.ts'
import type { Schema } from './schema.ts'
import { openSqliteConnection, openSqliteStore } from './sqlite.ts'

/** Where a DATABASE_URL points: a SQLite file or a PostgreSQL server. */
export function sqliteFileOf(url: string): string | undefined {
  return url.startsWith('file:') ? url.slice('file:'.length) : undefined
}

/**
 * Opens the database that `url` names (`file:PATH` or `postgres://…`) at its newest schema.
 * @returns the store and the migrations that ran now
 */
export async function openStore(url: string, options: StoreOptions): Promise<{ store: Store; migrated: string[] }> {
  const file = sqliteFileOf(url)
  const connection = file
    ? openSqliteConnection(file, 'migrate')
    : new Kysely<Schema>({ dialect: postgresDialect(url) })
  try {
    const migrated = await migrate(connection)
    const store = file ? openSqliteStore(file, options) : openPostgresStore(postgresDialect(url), options)
    return { store, migrated }
  } finally {
    await connection.destroy()
  }
}
