import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { takeServerLock } from '../../storage/sqlite.ts'
import { inspectSqliteFile } from '../../storage/sqlite-file.ts'
import type { Vault } from '../../storage/vault.ts'
import {
  checkOfKey,
  createMeter,
  databaseName,
  isBackupName,
  type Manifest,
  macOf,
  manifestName,
} from './backup-format.ts'
import { CliError } from './cli-error.ts'
import type { Progress } from './progress.ts'
import { readTar, TarError } from './tar.ts'

export interface RestoreOrder {
  from: string
  databaseFile: string
  dataDir: string
  /** Replace a database that is there; the old one is kept beside under another name. */
  overwrite: boolean
  vault: Vault
  progress: Progress
}

export interface Restored {
  madeAt: string
  files: number
  /** Where the replaced database lies now. */
  kept?: string
}

interface Staged {
  name: string
  staged: string
  final: string
  size: number
  sha256: string
}

/**
 * Puts a backup back. Everything is unpacked beside its place and checked against the manifest first; only a backup that is whole, fits
 * the data key and passes the database's own check replaces anything.
 *
 * @throws {CliError} otherwise, with nothing changed
 */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const { from, databaseFile, dataDir, overwrite, vault, progress } = order
  if (!existsSync(from)) throw new CliError(`没有找到备份文件 ${from}。`)
  if (existsSync(databaseFile) && !overwrite) {
    throw new CliError(`${databaseFile} 已经存在，没有改动它。确要用备份替换，请加 --force（原文件会改名保留）。`)
  }
  const lock = takeServerLock(databaseFile)
  if (!lock) throw new CliError('小格正在运行，占用着这个数据库。请先停止它再恢复。')
  const staged: Staged[] = []
  try {
    const manifest = await unpack(from, staged, { databaseFile, dataDir }, progress)
    checkManifest(manifest, staged, vault)
    const database = staged.find(({ name }) => name === databaseName)!
    const damage = inspectSqliteFile(database.staged)
    if (damage.length > 0) throw new CliError(`备份中的数据库已损坏，没有恢复：${damage[0]}。请换更早的备份。`)
    const kept = await setAside(databaseFile)
    for (const { staged: path, final } of staged.filter(file => file !== database)) await rename(path, final)
    await rename(database.staged, database.final)
    return { madeAt: manifest.madeAt, files: staged.length - 1, kept }
  } catch (error) {
    if (error instanceof TarError) throw new CliError(`${from} 不是完整的备份文件：${error.message}。`)
    throw error
  } finally {
    progress.end()
    await Promise.all(staged.map(({ staged: path }) => rm(path, { force: true })))
    lock.release()
  }
}

async function unpack(
  from: string,
  staged: Staged[],
  { databaseFile, dataDir }: { databaseFile: string; dataDir: string },
  progress: Progress,
): Promise<Manifest> {
  const { size: total } = await stat(from)
  let done = 0
  let manifest: Manifest | undefined
  for await (const entry of readTar(from)) {
    const { name } = entry
    if (!isBackupName(name)) throw new CliError(`${from} 里有不属于备份的文件，没有恢复。`)
    if (name === manifestName) {
      manifest = await readManifest(entry.read())
      continue
    }
    const final = name === databaseName ? databaseFile : join(dataDir, name)
    const path = `${final}.restoring`
    const file: Staged = { name, staged: path, final, size: 0, sha256: '' }
    staged.push(file)
    const meter = createMeter()
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await pipeline(Readable.from(meter.through(entry.read())), createWriteStream(path, { mode: 0o600, flush: true }))
    Object.assign(file, { size: meter.size(), sha256: meter.sha256() })
    done += entry.size
    progress.show(done, total)
  }
  if (!manifest) throw new CliError(`${from} 不完整：缺少清单，可能没有复制完。`)
  return manifest
}

function checkManifest(manifest: Manifest, staged: readonly Staged[], vault: Vault): void {
  if (manifest.keyCheck !== checkOfKey(vault)) {
    throw new CliError(
      '这份备份用的是另一把 DATA_KEY，个人信息会打不开，没有恢复。请先把 DATA_KEY 设为备份时的那一把。',
    )
  }
  if (manifest.mac !== macOf(vault, manifest)) throw new CliError('备份的清单被改动过，没有恢复。')
  const found = new Map(staged.map(file => [file.name, file]))
  const damaged = manifest.files.find(({ name, size, sha256 }) => {
    const file = found.get(name)
    return file?.size !== size || file.sha256 !== sha256
  })
  if (damaged) throw new CliError(`备份已损坏，没有恢复：${damaged.name} 与清单的校验值不符。`)
  if (staged.length !== manifest.files.length || !found.has(databaseName)) {
    throw new CliError('备份里的文件与清单不符，没有恢复。')
  }
}

async function readManifest(source: AsyncIterable<Uint8Array>): Promise<Manifest> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  try {
    const manifest = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Manifest
    if (manifest.format === 1 && Array.isArray(manifest.files)) return manifest
  } catch {
    // Said below like any other manifest that is not ours.
  }
  throw new CliError('备份的清单读不出来，可能已损坏，或由更新的版本生成。')
}

/**
 * Renames the replaced database with its log: a log left behind would be taken for that of the restored file.
 *
 * @returns where it lies now, or undefined where there was none
 */
async function setAside(databaseFile: string): Promise<string | undefined> {
  const parts = ['', '-wal', '-shm'].filter(suffix => existsSync(databaseFile + suffix))
  if (parts.length === 0) return undefined
  let count = 1
  while (existsSync(`${databaseFile}.replaced-${count}`)) count += 1
  const kept = `${databaseFile}.replaced-${count}`
  for (const suffix of parts) await rename(databaseFile + suffix, kept + suffix)
  return kept
}
