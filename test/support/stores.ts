import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { Kysely } from 'kysely'
import pg from 'pg'
import type { Store, StoreOptions } from '../../storage/database.ts'
import { migrate } from '../../storage/migrate.ts'
import { openPostgresStore } from '../../storage/postgres.ts'
import type { Schema } from '../../storage/schema.ts'
import { openStore } from '../../storage/store.ts'
import { createPglite, pgliteDialect } from './pglite.ts'
import { testVault } from './vault.ts'

/** Memory where there is some: every commit waits for the disk, and a thousand small tests would wait with it. */
const TEMPORARY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export interface TestStore {
  store: Store
  /** Where a second process could open the same data; absent for the embedded PostgreSQL. */
  url?: string
  dispose(): Promise<void>
}

/** A fresh, migrated database of each kind. A real PostgreSQL is used where TEST_DATABASE_URL names a server, else the embedded one. */
export const databases: {
  name: 'sqlite' | 'postgres'
  open: (options?: Partial<StoreOptions>) => Promise<TestStore>
}[] = [
  { name: 'sqlite', open: openTestSqlite },
  { name: 'postgres', open: openTestPostgres },
]

export async function openTestSqlite(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const folder = mkdtempSync(join(TEMPORARY, 'xiaoge-'))
  const url = `file:${join(folder, 'test.db')}`
  const { store } = await openStore(url, { vault: testVault(), ...options })
  return {
    store,
    url,
    dispose: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let databasesMade = 0

export async function openTestPostgres(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const server = process.env.TEST_DATABASE_URL
  if (server) {
    databasesMade += 1
    const name = `xiaoge_test_${process.pid}_${databasesMade}`
    await runOnServer(server, `create database ${name}`)
    const url = Object.assign(new URL(server), { pathname: `/${name}` }).toString()
    const { store } = await openStore(url, { vault: testVault(), ...options })
    return {
      store,
      url,
      dispose: async () => {
        await store.close()
        await runOnServer(server, `drop database ${name} with (force)`)
      },
    }
  }
  const client = await embeddedServer()
  // One embedded server serves a test file; each test gets it empty.
  await client.exec('drop schema public cascade; create schema public')
  const dialect = pgliteDialect(client)
  await migrate(new Kysely<Schema>({ dialect }))
  const store = openPostgresStore(dialect, { vault: testVault(), ...options })
  return { store, dispose: () => store.close() }
}

let embedded: PGlite | undefined

async function embeddedServer(): Promise<PGlite> {
  embedded ??= createPglite()
  await embedded.waitReady
  return embedded
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
