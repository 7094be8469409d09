import { type Kysely, type Migration, Migrator } from 'kysely'
import * as initial from './migrations/001-initial.ts'
import type { Schema } from './schema.ts'

/** Numbered, frozen once landed; all pending ones and their bookkeeping are one transaction on both databases. */
const migrations: Record<string, Migration> = {
  '001-initial': initial,
}

/**
 * Brings the database to the newest schema; safe to run twice and from two processes at once.
 * @returns names of the migrations that were applied now
 * @throws the error of the migration that failed; nothing of the pending ones is left behind
 */
export async function migrate(connection: Kysely<Schema>): Promise<string[]> {
  const migrator = new Migrator({ db: connection, provider: { getMigrations: async () => migrations } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}
