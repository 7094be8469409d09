import { createReadStream, existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { formatInstant } from '../../policy/time.ts'
import { copySqliteFile, inspectSqliteFile } from '../../storage/sqlite-file.ts'
import type { Vault } from '../../storage/vault.ts'
import {
  checkOfKey,
  createMeter,
  databaseName,
  isSealedFile,
  type Manifest,
  macOf,
  manifestName,
  sealedFolders,
  templateName,
} from './backup-format.ts'
import { CliError } from './cli-error.ts'
import type { Progress } from './progress.ts'
import { createTar } from './tar.ts'

export interface BackupOrder {
  databaseFile: string
  dataDir: string
  /** The backup to make; it appears under this name only when it is whole. */
  to: string
  overwrite: boolean
  vault: Vault
  nowMs: number
  progress: Progress
}

/**
 * Backs up database, photos and documents while the program runs.
 *
 * @returns what is in it, for the words that follow
 * @throws {CliError} where the target exists, or the database is damaged: a damaged backup is worse than none
 */
export async function makeBackup(order: BackupOrder): Promise<{ files: number; bytes: number }> {
  const { databaseFile, dataDir, to, overwrite, vault, nowMs, progress } = order
  if (!existsSync(databaseFile)) throw new CliError(`没有找到数据库文件 ${databaseFile}，没有可备份的内容。`)
  if (existsSync(to) && !overwrite) throw new CliError(`${to} 已经存在。请换一个文件名，或加 --force 覆盖它。`)

  const copy = `${to}.database`
  const partial = `${to}.partial`
  await Promise.all([rm(copy, { force: true }), rm(partial, { force: true })])
  try {
    await copySqliteFile(databaseFile, copy, progress.show)
    progress.end()
    const damage = inspectSqliteFile(copy)
    if (damage.length > 0) throw new CliError(`数据库已损坏，没有生成备份：${damage[0]}。请用最近一次完好的备份恢复。`)

    // After the copy: a file is on the disk before the database knows it, so none that the copy names is missing.
    const kept = await listKept(dataDir)
    const sources = [{ name: databaseName, path: copy }, ...kept]
    const tar = await createTar(partial)
    const files: Manifest['files'] = []
    for (const [index, { name, path }] of sources.entries()) {
      const meter = createMeter()
      await tar.append(name, (await stat(path)).size, meter.through(createReadStream(path)))
      files.push({ name, size: meter.size(), sha256: meter.sha256() })
      progress.show(index + 1, sources.length)
    }
    const content = { format: 1 as const, madeAt: formatInstant(nowMs), keyCheck: checkOfKey(vault), files }
    const manifest: Manifest = { ...content, mac: macOf(vault, content) }
    const encoded = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
    await tar.append(manifestName, encoded.length, only(encoded))
    await tar.close()
    await rename(partial, to)
    return { files: kept.length, bytes: (await stat(to)).size }
  } finally {
    progress.end()
    await Promise.all([rm(copy, { force: true }), rm(partial, { force: true })])
  }
}

async function listKept(dataDir: string): Promise<{ name: string; path: string }[]> {
  const kept = existsSync(join(dataDir, templateName)) ? [templateName] : []
  for (const folder of sealedFolders) {
    if (!existsSync(join(dataDir, folder))) continue
    const entries = await readdir(join(dataDir, folder), { withFileTypes: true })
    kept.push(...entries.filter(entry => entry.isFile() && isSealedFile(entry.name)).map(({ name }) => folder + name))
  }
  return kept.map(name => ({ name, path: join(dataDir, name) }))
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
