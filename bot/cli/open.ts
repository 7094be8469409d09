import { existsSync } from 'node:fs'
import type { Store } from '../../storage/database.ts'
import { openStore, sqliteFileOf } from '../../storage/store.ts'
import { createVault, type Vault } from '../../storage/vault.ts'
import { systemClock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import { demoDataKey } from '../keys.ts'
import { findClockReading, markClock, markKey } from '../prepare.ts'
import { CliError } from './cli-error.ts'

/** The environment, with `.env` of the working folder where there is one. @throws {ConfigError} */
export function loadConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return readConfig(process.env)
}

export function vaultOf(config: Config): Vault {
  return createVault(config.dataKey ? Buffer.from(config.dataKey, 'base64') : demoDataKey(config.dataDir))
}

/** The SQLite file of the configuration. @throws {CliError} where PostgreSQL is used */
export function databaseFileOf(config: Config): string {
  const file = sqliteFileOf(config.databaseUrl)
  if (file !== undefined) return file
  throw new CliError(
    '数据库在 PostgreSQL 上：请用 pg_dump／pg_restore 备份和恢复数据库，照片和附件在 DATA_DIR 的 photos、files、templates，一并复制。',
  )
}

export interface OpenedDatabase {
  store: Store
  vault: Vault
  /** The Clock's now: in a simulated database the highest reading, so that the command line moves no time. */
  nowMs: number
}

/**
 * The database beside a running server, which may go on.
 *
 * @param creates whether it may be made anew and marked as the simulator's or the street's own
 * @throws {CliError} where there is none; {StartRefused} where a simulated one would be taken for the street's own
 */
export async function openDatabase(config: Config, { creates = false } = {}): Promise<OpenedDatabase> {
  const file = sqliteFileOf(config.databaseUrl)
  if (!creates && file !== undefined && !existsSync(file)) {
    throw new CliError(`没有找到数据库文件 ${file}。请检查 DATABASE_URL，或先用 npm start 启动一次。`)
  }
  const vault = vaultOf(config)
  const { store } = await openStore(config.databaseUrl, { vault })
  try {
    if (creates || !config.simulator) await markClock(store, config.simulator !== undefined)
    if (creates) await markKey(store, vault)
    const reading = config.simulator && (await findClockReading(store))
    return { store, vault, nowMs: reading ?? config.simulator?.start ?? systemClock.now() }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Opens, works, closes. */
export async function withDatabase<T>(
  config: Config,
  work: (opened: OpenedDatabase) => Promise<T>,
  options: { creates?: boolean } = {},
): Promise<T> {
  const opened = await openDatabase(config, options)
  try {
    return await work(opened)
  } finally {
    await opened.store.close()
  }
}
