import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { withSavepoint } from '../../storage/database.ts'
import { migrate } from '../../storage/migrate.ts'
import type { Schema } from '../../storage/schema.ts'
import { findSetting } from '../../storage/settings.ts'
import { openSqliteConnection, takeServerLock } from '../../storage/sqlite.ts'
import { openStore } from '../../storage/store.ts'
import { dumpSchema } from '../support/dump-schema.ts'
import { createPglite, pgliteDialect } from '../support/pglite.ts'
import { databases, type TestStore } from '../support/stores.ts'
import { testVault } from '../support/vault.ts'

const toClose: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xiaoge-db-'))
  toClose.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'test.db')
}

async function open(database: (typeof databases)[number]): Promise<TestStore> {
  const opened = await database.open()
  toClose.push(opened.dispose)
  return opened
}

const street = (id: string) => ({ id, name: id, created_at: 1 })

describe.each(databases)('a $name store', database => {
  it('keeps what a transaction wrote and gives its result back after the commit', async () => {
    const { store } = await open(database)
    const result = await store.transact(async db => {
      await db.sql.insertInto('subdistrict').values(street('a')).execute()
      return 'done'
    })
    expect(result).toBe('done')
    expect(await store.read.sql.selectFrom('subdistrict').select('id').execute()).toEqual([{ id: 'a' }])
  })

  it('takes back only the work that threw when several wait together', async () => {
    const { store } = await open(database)
    const settled = await Promise.allSettled(
      ['a', 'b', 'c'].map(id =>
        store.transact(async db => {
          await db.sql.insertInto('subdistrict').values(street(id)).execute()
          if (id === 'b') throw new Error('not this one')
        }),
      ),
    )
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const rows = await store.read.sql.selectFrom('subdistrict').select('id').orderBy('id').execute()
    expect(rows.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('goes on after a savepoint that failed inside a transaction', async () => {
    const { store } = await open(database)
    await store.transact(async db => {
      await db.sql.insertInto('subdistrict').values(street('a')).execute()
      const broken = withSavepoint(db, () => db.sql.insertInto('subdistrict').values(street('a')).execute())
      await expect(broken).rejects.toThrow()
      await db.sql.insertInto('subdistrict').values(street('b')).execute()
    })
    expect(await store.read.sql.selectFrom('subdistrict').select('id').execute()).toHaveLength(2)
  })

  it('refuses a transaction inside a transaction, which would wait for itself', async () => {
    const { store } = await open(database)
    await expect(store.transact(() => store.transact(async () => 1))).rejects.toThrow('inside a transaction')
  })

  it('answers whether it can be written', async () => {
    const { store } = await open(database)
    expect(await store.canWrite(5_000)).toBe(true)
  })

  it('reads counts and instants as numbers', async () => {
    const { store } = await open(database)
    await store.transact(async db => {
      await db.sql
        .insertInto('subdistrict')
        .values({ ...street('a'), created_at: 1_763_450_000_000 })
        .execute()
    })
    const row = await store.read.sql
      .selectFrom('subdistrict')
      .select(eb => ['created_at', eb.fn.countAll<number>().as('count')])
      .groupBy('created_at')
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ created_at: 1_763_450_000_000, count: 1 })
  })
})

/** In this order; a landed one is never touched again. */
const MIGRATIONS = [
  '001-initial',
  '002-incidents',
  '003-notices',
  '004-platforms',
  '005-day',
  '006-organisation',
  '007-visits',
  '008-information',
  '009-corrections',
  '010-presence',
  '011-dossier',
]

describe('migrations', () => {
  it('leave the schema that is committed as a dump, on SQLite', async () => {
    const file = temporaryFile()
    const connection = openSqliteConnection(file, 'migrate')
    toClose.push(() => connection.destroy())
    await migrate(connection)
    const dump = await dumpSchema(connection, 'sqlite')
    await expect(dump).toMatchFileSnapshot('../../storage/schema.sqlite.sql')
  })

  it('leave the schema that is committed as a dump, on PostgreSQL', async () => {
    const client = createPglite()
    const connection = new Kysely<Schema>({ dialect: pgliteDialect(client) })
    toClose.push(() => client.close())
    await migrate(connection)
    const dump = await dumpSchema(connection, 'postgres')
    await expect(dump).toMatchFileSnapshot('../../storage/schema.postgres.sql')
  })

  it('change nothing when they run a second time', async () => {
    const file = temporaryFile()
    const connection = openSqliteConnection(file, 'migrate')
    toClose.push(() => connection.destroy())
    expect(await migrate(connection)).toEqual(MIGRATIONS)
    expect(await migrate(connection)).toEqual([])
  })

  it('run once when two processes start on the same file at once', async () => {
    const file = temporaryFile()
    const script = `
      import { openSqliteConnection } from ${JSON.stringify(new URL('../../storage/sqlite.ts', import.meta.url).href)}
      import { migrate } from ${JSON.stringify(new URL('../../storage/migrate.ts', import.meta.url).href)}
      const connection = openSqliteConnection(${JSON.stringify(file)}, 'migrate')
      console.log(JSON.stringify(await migrate(connection)))
      await connection.destroy()`
    const run = () =>
      new Promise<string>((resolve, reject) => {
        const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
        let out = ''
        let err = ''
        child.stdout.on('data', chunk => {
          out += chunk
        })
        child.stderr.on('data', chunk => {
          err += chunk
        })
        child.on('close', code => (code === 0 ? resolve(out.trim()) : reject(new Error(err))))
      })
    const applied = await Promise.all([run(), run()])
    expect(applied.sort()).toEqual([JSON.stringify(MIGRATIONS), '[]'])
  })

  it('leave nothing behind when one fails on SQLite', async () => {
    const file = temporaryFile()
    // A table of the same name makes the migration fail after it has created others.
    const before = new Database(file)
    before.exec('create table usage (x)')
    before.close()
    const connection = openSqliteConnection(file, 'migrate')
    toClose.push(() => connection.destroy())
    await expect(migrate(connection)).rejects.toThrow('usage')
    const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(connection)
    const ours = tables.rows.map(({ name }) => name).filter(name => !name.startsWith('kysely'))
    expect(ours).toEqual(['usage'])
  })
})

describe('a SQLite file', () => {
  it('is synced at every commit', async () => {
    const connection = openSqliteConnection(temporaryFile(), 'write')
    toClose.push(() => connection.destroy())
    const level = await sql<{ synchronous: number }>`pragma synchronous`.execute(connection)
    expect(level.rows[0]?.synchronous).toBe(2)
  })

  it('proves that it can be written by writing something new each time', async () => {
    const { store } = await openStore(`file:${temporaryFile()}`, { vault: testVault() })
    toClose.push(() => store.close())
    const probes = new Set<string | undefined>()
    for (let times = 0; times < 3; times++) {
      expect(await store.canWrite(5_000)).toBe(true)
      probes.add(await findSetting(store.read, 'write-probe'))
    }
    expect(probes.size).toBe(3)
    expect(probes.has(undefined)).toBe(false)
  })

  it('waits for a foreign lock without blocking the event loop', async () => {
    const file = temporaryFile()
    const { store } = await openStore(`file:${file}`, { vault: testVault() })
    toClose.push(() => store.close())
    const other = new Database(file)
    other.exec('begin immediate')
    const write = store.transact(async db => {
      await db.sql.insertInto('subdistrict').values(street('a')).execute()
      return 'written'
    })
    let turns = 0
    const counting = setInterval(() => {
      turns += 1
    }, 5)
    await new Promise(resolve => setTimeout(resolve, 300))
    clearInterval(counting)
    other.exec('commit')
    other.close()
    expect(await write).toBe('written')
    expect(turns).toBeGreaterThan(10)
  })

  it('lets one server in and frees the place when that one ends', () => {
    const file = temporaryFile()
    const first = takeServerLock(file)
    expect(first).toBeDefined()
    expect(takeServerLock(file)).toBeUndefined()
    first?.release()
    const second = takeServerLock(file)
    expect(second).toBeDefined()
    second?.release()
  })
})
