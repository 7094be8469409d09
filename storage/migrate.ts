import { type Kysely, type Migration, Migrator } from 'kysely'
import * as initial from './migrations/001-initial.ts'
import * as incidents from './migrations/002-incidents.ts'
import * as notices from './migrations/003-notices.ts'
import * as platforms from './migrations/004-platforms.ts'
import * as day from './migrations/005-day.ts'
import * as organisation from './migrations/006-organisation.ts'
import * as visits from './migrations/007-visits.ts'
import * as information from './migrations/008-information.ts'
import * as corrections from './migrations/009-corrections.ts'
import * as presence from './migrations/010-presence.ts'
import * as dossier from './migrations/011-dossier.ts'
import type { Schema } from './schema.ts'

/** Numbered, frozen once landed; all pending ones and their bookkeeping are one transaction on both databases. */
const migrations: Record<string, Migration> = {
  '001-initial': initial,
  '002-incidents': incidents,
  '003-notices': notices,
  '004-platforms': platforms,
  '005-day': day,
  '006-organisation': organisation,
  '007-visits': visits,
  '008-information': information,
  '009-corrections': corrections,
  '010-presence': presence,
  '011-dossier': dossier,
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
