import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeBackup } from '../../bot/cli/make-backup.ts'
import { restoreBackup } from '../../bot/cli/restore-backup.ts'
import { createTar, decodeHeader, encodeHeader, readTar } from '../../bot/cli/tar.ts'
import { instantAt } from '../../policy/time.ts'
import { inStreet, type Store } from '../../storage/database.ts'
import { saveSetting } from '../../storage/settings.ts'
import { takeServerLock } from '../../storage/sqlite.ts'
import { openStore } from '../../storage/store.ts'
import { createVault, type Vault } from '../../storage/vault.ts'
import { testVault } from '../support/vault.ts'

const silent = { show: () => {}, end: () => {} }
const nowMs = instantAt('2026-11-18', '08:20')
let folder: string
let store: Store
let databaseFile: string
let backup: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoge-backup-'))
  databaseFile = join(folder, 'live', 'xiaoge.db')
  backup = join(folder, 'one.tar')
  store = (await openStore(`file:${databaseFile}`, { vault: testVault() })).store
  mkdirSync(join(folder, 'live', 'photos'))
  for (const name of ['a', 'b']) writeFileSync(join(folder, 'live', 'photos', `${name}.sealed`), `picture ${name}`)
  writeFileSync(join(folder, 'live', 'photos', 'half.sealed.part'), 'half a pic')
  for (const name of ['files', 'templates']) mkdirSync(join(folder, 'live', name))
  writeFileSync(join(folder, 'live', 'files', 'c.sealed'), 'document c')
  writeFileSync(join(folder, 'live', 'templates', 'notice-sheet.docx'), 'own form')
  for (let count = 0; count < 300; count++) await note(count)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const note = (count: number) => store.transact(db => saveSetting(inStreet(db, ''), `note-${count}`, 'x'.repeat(200)))
const back = (options: { overwrite?: boolean; vault?: Vault } = {}) =>
  makeBackup({
    databaseFile,
    dataDir: join(folder, 'live'),
    to: backup,
    overwrite: false,
    vault: testVault(),
    nowMs,
    progress: silent,
    ...options,
  })
const restore = (options: { overwrite?: boolean; vault?: Vault; into?: string } = {}) =>
  restoreBackup({
    from: backup,
    databaseFile: join(folder, options.into ?? 'new', 'xiaoge.db'),
    dataDir: join(folder, options.into ?? 'new'),
    overwrite: options.overwrite ?? false,
    vault: options.vault ?? testVault(),
    progress: silent,
  })
async function countNotes(file: string): Promise<number> {
  const { store: opened } = await openStore(`file:${file}`, { vault: testVault() })
  const rows = await opened.read.sql.selectFrom('setting').select('name').where('name', 'like', 'note-%').execute()
  await opened.close()
  return rows.length
}

describe('a backup', () => {
  it('brings back every row and every whole photo in an empty folder', async () => {
    expect(await back()).toMatchObject({ files: 4 })
    expect(await restore()).toEqual({ madeAt: '2026-11-18T08:20:00+08:00', files: 4, kept: undefined })
    expect(await countNotes(join(folder, 'new', 'xiaoge.db'))).toBe(300)
    expect(readdirSync(join(folder, 'new', 'photos')).sort()).toEqual(['a.sealed', 'b.sealed'])
    expect(readFileSync(join(folder, 'new', 'photos', 'b.sealed'), 'utf8')).toBe('picture b')
    expect(readFileSync(join(folder, 'new', 'files', 'c.sealed'), 'utf8')).toBe('document c')
    expect(readFileSync(join(folder, 'new', 'templates', 'notice-sheet.docx'), 'utf8')).toBe('own form')
  })

  it('is of one moment while the server goes on writing', async () => {
    let writing = true
    const writer = (async () => {
      for (let count = 300; writing; count++) await note(count)
      return undefined
    })()
    await back()
    writing = false
    await writer
    await restore()
    const restored = await countNotes(join(folder, 'new', 'xiaoge.db'))
    expect(restored).toBeGreaterThanOrEqual(300)
    expect(restored).toBeLessThanOrEqual(await countNotes(databaseFile))
  })

  it('is readable by its owner only and leaves nothing else behind', async () => {
    await back()
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(['live', 'one.tar'])
  })

  it('does not overwrite an earlier one unless told to', async () => {
    await back()
    await expect(back()).rejects.toThrow('已经存在')
    await expect(back({ overwrite: true })).resolves.toMatchObject({ files: 4 })
  })

  it('does not contain the data key', async () => {
    await back()
    const key = Buffer.alloc(32, 7)
    expect(readFileSync(backup).includes(key)).toBe(false)
    expect(readFileSync(backup).includes(key.toString('base64'))).toBe(false)
  })
})

describe('restoring', () => {
  it('refuses to replace a database unless told to, and then keeps the old one', async () => {
    await back()
    await note(999)
    await store.close()
    await expect(restore({ into: 'live' })).rejects.toThrow('--force')
    expect(await countNotes(databaseFile)).toBe(301)
    const { kept } = await restore({ into: 'live', overwrite: true })
    expect(kept).toBe(`${databaseFile}.replaced-1`)
    expect(await countNotes(databaseFile)).toBe(300)
    expect(await countNotes(kept!)).toBe(301)
  })

  it('refuses while a server holds the database', async () => {
    await back()
    const lock = takeServerLock(databaseFile)
    await expect(restore({ into: 'live', overwrite: true })).rejects.toThrow('正在运行')
    lock?.release()
  })

  it('refuses a backup made with another data key', async () => {
    await back()
    await expect(restore({ vault: createVault(Buffer.alloc(32, 8)) })).rejects.toThrow('另一把 DATA_KEY')
  })

  it('finds one changed byte anywhere in what it would restore, and leaves nothing behind', async () => {
    await back()
    const whole = readFileSync(backup)
    const { length } = whole
    const inManifest = ['"madeAt": "2', '"sha256": "', '"mac": "'].map(text => whole.indexOf(text) + text.length)
    for (const at of [0, 700, Math.floor(length / 3), Math.floor(length / 2), ...inManifest]) {
      const damaged = Buffer.from(whole)
      damaged[at] = damaged[at]! ^ 0x01
      writeFileSync(backup, damaged)
      await expect(restore(), `byte ${at} of ${length}`).rejects.toThrow(/备份/)
      expect(
        readdirSync(join(folder, 'new')).filter(name => !/^(photos|files|templates|xiaoge\.db\.server)/.test(name)),
      ).toEqual([])
    }
  })

  it('refuses a backup that was cut off, wherever', async () => {
    await back()
    const whole = readFileSync(backup)
    for (const part of [0, 0.2, 0.5, 0.9, 0.999]) {
      writeFileSync(backup, whole.subarray(0, Math.floor(whole.length * part)))
      await expect(restore(), `${part}`).rejects.toThrow(/完整/)
    }
  })

  it('unpacks nothing outside its folders', async () => {
    for (const name of [
      '../evil',
      '/tmp/evil',
      'photos/../../evil.sealed',
      'photos/a/b.sealed',
      'xiaoge.db/../x',
      'photos/.sealed',
      'files/../evil.sealed',
      'templates/other.docx',
    ]) {
      rmSync(backup, { force: true })
      const tar = await createTar(backup)
      await tar.append(name, 1, bytes('x'))
      await tar.close()
      await expect(restore(), name).rejects.toThrow('不属于备份')
    }
  })
})

describe('the tar', () => {
  it('tells sizes beyond 8 GiB', () => {
    expect(decodeHeader(encodeHeader('big', 10_000_000_000))).toEqual({ name: 'big', size: 10_000_000_000 })
  })

  it('gives back names and bytes of every length around a block', async () => {
    const tar = await createTar(backup)
    for (const size of [0, 1, 511, 512, 513]) await tar.append(`文件-${size}`, size, bytes('y'.repeat(size)))
    await tar.close()
    const read: [string, number][] = []
    for await (const entry of readTar(backup)) {
      let length = 0
      for await (const chunk of entry.read()) length += chunk.length
      read.push([entry.name, length])
    }
    expect(read).toEqual([0, 1, 511, 512, 513].map(size => [`文件-${size}`, size]))
  })
})

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  if (text) yield Buffer.from(text)
}
