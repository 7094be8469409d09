import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../bot/cli/verify-database.ts'
import { instantAt } from '../../policy/time.ts'
import { recordAudit, sealAudit, verifyAudit } from '../../storage/audit.ts'
import { inStreet, type Store, type StreetDb } from '../../storage/database.ts'
import { newId } from '../../storage/ids.ts'
import { sealedColumns } from '../../storage/sealed-columns.ts'
import { copySqliteFile, inspectSqliteFile } from '../../storage/sqlite-file.ts'
import { openStore } from '../../storage/store.ts'
import { createVault } from '../../storage/vault.ts'
import { databases, openTestSqlite, type TestStore } from '../support/stores.ts'

const STREET = '望江街道'
const ROWS = 60
const at = instantAt('2026-11-18', '08:00')
const silent = { show: () => {}, end: () => {} }
const options = { all: true, progress: silent }

class TakeBack extends Error {}

async function fill(store: Store): Promise<void> {
  await store.transact(async everywhere => {
    const db = inStreet(everywhere, STREET)
    await db.sql.insertInto('subdistrict').values({ id: STREET, name: STREET, created_at: at }).execute()
    for (let index = 0; index < ROWS; index++) {
      await recordAudit(db, {
        at: at + index,
        by: 'cli',
        action: 'changed',
        subject: { type: 'grid', id: `${index}` },
        detail: { index },
      })
    }
    await sealAudit(db)
  })
}

const words = async (store: Store, more: Parameters<typeof verifyDatabase>[1] = options) =>
  (await verifyDatabase(store, more)).map(({ ok, text }) => `${ok ? '✓' : '✗'} ${text}`)

describe.each(databases)('verify on $name', ({ open }) => {
  let opened: TestStore
  beforeEach(async () => {
    opened = await open()
    await fill(opened.store)
  })
  afterEach(() => opened.dispose())

  /** Tampers in a transaction that is taken back, and says where the chain then breaks. */
  async function breakAt(tamper: (db: StreetDb) => Promise<unknown>): Promise<number | undefined> {
    let found: number | undefined
    const work = opened.store.transact(async everywhere => {
      const db = inStreet(everywhere, STREET)
      await tamper(db)
      found = (await verifyAudit(db)).brokenAt
      throw new TakeBack()
    })
    await expect(work).rejects.toThrow(TakeBack)
    return found
  }

  it('finds a changed column in any row of the chain', async () => {
    const changes = [
      { at: 1 },
      { by: 'nobody' },
      { action: 'voided' },
      { subject_type: 'x' },
      { subject_id: 'x' },
      { detail: 'x' },
      { hash: 'x' },
    ]
    for (let seq = 1; seq <= ROWS; seq++) {
      const change = changes[seq % changes.length]!
      const broken = await breakAt(db => db.sql.updateTable('audit').set(change).where('seq', '=', seq).execute())
      expect(broken, `${JSON.stringify(change)} in row ${seq}`).toBe(seq)
    }
  })

  it('finds a row that was deleted, put in between, or swapped with its neighbour', async () => {
    for (let seq = 1; seq < ROWS; seq += 7) {
      expect(await breakAt(db => db.sql.deleteFrom('audit').where('seq', '=', seq).execute())).toBe(seq)
      const inserted = await breakAt(async db => {
        await db.sql.updateTable('audit').set({ seq: null }).where('seq', '=', seq).execute()
        const row = await db.sql
          .selectFrom('audit')
          .selectAll()
          .where('seq', '=', seq + 1)
          .executeTakeFirstOrThrow()
        await db.sql
          .insertInto('audit')
          .values({ ...row, id: newId(at), seq })
          .execute()
      })
      expect(inserted).toBe(seq)
      const swapped = await breakAt(async db => {
        const set = (from: number, to: number) =>
          db.sql.updateTable('audit').set({ seq: to }).where('seq', '=', from).execute()
        await set(seq, 10_000)
        await set(seq + 1, seq)
        await set(10_000, seq + 1)
      })
      expect(swapped).toBe(seq)
    }
  })

  it('finds a tail that was cut off by the head noted down before', async () => {
    const { head } = await verifyAudit(inStreet(opened.store.read, STREET))
    const knownHead = head!
    expect((await words(opened.store, { ...options, knownHead })).join('\n')).toContain(`相符`)
    await opened.store.transact(db =>
      db.sql
        .deleteFrom('audit')
        .where('seq', '>', ROWS - 3)
        .execute(),
    )
    expect((await verifyAudit(inStreet(opened.store.read, STREET))).brokenAt).toBeUndefined()
    expect((await words(opened.store, { ...options, knownHead })).join('\n')).toMatch(/✗ .*截断/)
  })

  it('says what holds, with the head to note down', async () => {
    const [chain, fields] = await words(opened.store)
    expect(chain).toMatch(/^✓ 望江街道：审计链 60 条完好。链头 60:[0-9a-f]{64}/)
    expect(fields).toBe('✓ 全部加密字段 60 个，都能打开。')
  })

  it('finds a sealed field that was copied from another row', async () => {
    await opened.store.transact(async db => {
      const [first, second] = await db.sql.selectFrom('audit').select(['id', 'detail']).orderBy('id').limit(2).execute()
      await db.sql.updateTable('audit').set({ detail: first!.detail }).where('id', '=', second!.id).execute()
    })
    expect((await words(opened.store)).at(-1)).toMatch(/^✗ 全部加密字段，1 个打不开（内容被改动过/)
  })
})

describe('verify of a SQLite file', () => {
  let opened: TestStore
  let file: string
  beforeEach(async () => {
    opened = await openTestSqlite()
    await fill(opened.store)
    file = opened.url!.slice('file:'.length)
  })
  afterEach(() => opened.dispose())

  it('says so where another data key is used', async () => {
    const { store } = await openStore(opened.url!, { vault: createVault(Buffer.alloc(32, 9)) })
    expect((await words(store)).at(-1)).toContain('多半是 DATA_KEY 不对')
    await store.close()
  })

  it('finds damaged pages and leaves a whole file without a word', async () => {
    const copy = `${file}.copy`
    await copySqliteFile(file, copy)
    expect(inspectSqliteFile(copy)).toEqual([])
    const whole = readFileSync(copy)
    for (let page = 1; page * 4096 < whole.length; page += 9) {
      const damaged = Buffer.from(whole)
      damaged.fill(0xff, page * 4096, page * 4096 + 64)
      writeFileSync(copy, damaged)
      expect(inspectSqliteFile(copy), `page ${page + 1}`).not.toEqual([])
    }
    for (const length of [100, 5_000, whole.length / 2]) {
      writeFileSync(copy, whole.subarray(0, length))
      expect(inspectSqliteFile(copy), `${length} bytes`).not.toEqual([])
    }
  })
})

it('knows every sealed column of the schema', () => {
  const folder = new URL('../../storage/schema/', import.meta.url)
  const files = ['../schema.ts', ...readdirSync(folder)]
  const source = files.map(file => readFileSync(new URL(file, folder), 'utf8')).join('\n')
  const found: Record<string, string[]> = {}
  let table = ''
  for (const line of source.split('\n')) {
    table = /^ {2}(\w+): (?:Row|\{)/.exec(line)?.[1] ?? table
    for (const [, column] of line.matchAll(/(\w+): Sealed/g)) {
      found[table] = [...(found[table] ?? []), column!]
    }
  }
  expect(Object.keys(found).length).toBeGreaterThan(15)
  expect(found).toEqual(
    Object.fromEntries(Object.entries(sealedColumns).map(([name, columns]) => [name, [...columns]])),
  )
})
