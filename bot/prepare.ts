import { PackError, parsePack } from '../policy/pack.ts'
import { builtInPackIds } from '../policy/packs/built-in.ts'
import { dayOf } from '../policy/time.ts'
import { inStreet, type Store } from '../storage/database.ts'
import { listStreets } from '../storage/load-roster.ts'
import { adoptPack, renewPacks } from '../storage/packs.ts'
import { UNNAMED_STREET } from '../storage/roster-import.ts'
import { findSetting, saveSetting } from '../storage/settings.ts'
import { openStore } from '../storage/store.ts'
import type { Vault } from '../storage/vault.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Config, EX_CONFIG } from './config.ts'
import { readDemoRoster } from './demo/demo-roster.ts'
import { readPack } from './pack-file.ts'
import { importRoster, renderFault } from './roster/import-roster.ts'
import { readRosterFiles } from './roster/read-files.ts'
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts'

const SIMULATED = 'simulated-clock'
const READING = 'clock-reading'
const KEY_MARK = 'data-key-mark'

/** The program will not start, and says why in one sentence. */
export class StartRefused extends Error {
  readonly exitStatus: number
  constructor(message: string, exitStatus: number) {
    super(message)
    this.name = 'StartRefused'
    this.exitStatus = exitStatus
  }
}

/**
 * Simulated days and real ones never share a database.
 * @throws {StartRefused} where a database of a simulated clock is opened without the simulator
 */
export async function markClock(store: Store, simulated: boolean): Promise<void> {
  const marked = (await findSetting(store.read, SIMULATED)) !== undefined
  if (simulated && !marked) await store.transact(db => saveSetting(db, SIMULATED, 'yes'))
  if (!simulated && marked) {
    throw new StartRefused(
      '这个数据库用过模拟时钟，里面是演示数据，不能当正式库用。请把 DATABASE_URL 改到新文件，或设 SIMULATOR=on 继续演示。',
      78,
    )
  }
}

/**
 * One database, one key: under another nothing in it could be read, and what is written meanwhile could not be read later.
 * @throws {StartRefused}
 */
export async function markKey(store: Store, vault: Vault): Promise<void> {
  const mark = vault.index('this key', 'key mark')
  const marked = await findSetting(store.read, KEY_MARK)
  if (marked === undefined) return store.transact(db => saveSetting(db, KEY_MARK, mark))
  if (marked === mark) return
  const fault = 'DATA_KEY 与这个数据库不符：里面的个人信息打不开。请换回原来的密钥，或把 DATABASE_URL 改到新文件。'
  throw new StartRefused(fault, EX_CONFIG)
}

/** The highest reading of the simulated clock that a commit left behind. */
export async function findClockReading(store: Store): Promise<number | undefined> {
  const reading = await findSetting(store.read, READING)
  return reading === undefined ? undefined : Number(reading)
}

function keepClockReading(clock: Clock) {
  let kept = 0
  return async (db: Parameters<Parameters<Store['transact']>[0]>[0]): Promise<void> => {
    const now = clock.now()
    if (now <= kept) return
    await saveSetting(db, READING, String(now))
    kept = now
  }
}

export interface Clocked {
  store: Store
  clock: Clock
  /** The same clock where it is simulated. */
  simulated?: SimulatedClock
}

/**
 * Opens the database under the clock it is meant for. A simulated clock goes on from its highest reading.
 * @throws {StartRefused}
 */
export async function openClockedStore(config: Config, vault: Vault): Promise<Clocked> {
  if (!config.simulator) {
    const { store } = await openStore(config.databaseUrl, { vault })
    await markClock(store, false)
    await markKey(store, vault)
    return { store, clock: systemClock }
  }
  const simulated = createSimulatedClock(config.simulator.start ?? systemClock.now(), config.simulator.clock)
  const { store } = await openStore(config.databaseUrl, { vault, beforeCommit: keepClockReading(simulated) })
  const reading = await findClockReading(store)
  if (reading !== undefined && reading > simulated.now()) simulated.set(reading)
  await markClock(store, true)
  await markKey(store, vault)
  return { store, clock: simulated, simulated }
}

/**
 * The roster where the database has none yet, and the policy pack that is in force; stored packs in today's form.
 * @throws {StartRefused} naming every bad line of the roster, or what a stored pack of the street's own lacks
 */
export async function prepareStreet(store: Store, config: Config, now: number): Promise<string[]> {
  const said = await renewStoredPacks(store, config.policyPack, now)
  if ((config.rosterDir || config.simulator) && !(await hasMembers(store))) {
    const { name, yaml } = readPack(config.policyPack)
    const pack = parsePack(yaml, name)
    const files = config.rosterDir ? await readRosterFiles(config.rosterDir) : await readDemoRoster(pack)
    const options = { now, today: dayOf(now), pack, allowedBases: allowedBases(config) }
    const imported = await importRoster(store, files, options)
    if (!imported.ok) {
      const lines = imported.faults.map(fault => `  - ${renderFault(fault)}`).join('\n')
      throw new StartRefused(`名册有误，什么都没有导入，请改正后再启动：\n${lines}`, EX_CONFIG)
    }
    said.push('名册已导入', ...imported.warnings)
  }
  return [...said, ...(await adoptPacks(store, config.policyPack, now))]
}

/** A pack of the street's own is renewed by its file, once that has today's form. */
async function renewStoredPacks(store: Store, policyPack: string, now: number): Promise<string[]> {
  const own = readPack(policyPack)
  const ownId = parsePack(own.yaml, own.name).id
  const readToday = (id: string) => {
    if (id === ownId) return own.yaml
    return (builtInPackIds as readonly string[]).includes(id) ? readPack(id).yaml : undefined
  }
  try {
    return await store.transact(async db => {
      const said: string[] = []
      for (const { id, name } of await listStreets(db)) {
        for (const from of await renewPacks(inStreet(db, id), readToday, now))
          said.push(`${name}：自 ${from} 起的规则包已换成现在的格式，原有的值不变`)
      }
      return said
    })
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    const lines = error.faults.map(fault => `  - ${fault}`).join('\n')
    const advice = '库里存着一个旧格式的自定义规则包。请在它的文件里补齐下列各项，把 POLICY_PACK 设为这个文件再启动：'
    throw new StartRefused(`${advice}\n${lines}`, EX_CONFIG)
  }
}

/** Hosts beside the public ones that a group's webhook may lead to: the configured API bases. */
export function allowedBases({ dingtalk, wecom }: Config): string[] {
  return [...(dingtalk ? [dingtalk.apiBase, dingtalk.oapiBase] : []), ...(wecom ? [wecom.apiBase] : [])]
}

/** Every street has a pack from its first day on; a changed one holds from the next day. @returns what there is to say about it */
export async function adoptPacks(store: Store, policyPack: string, now: number): Promise<string[]> {
  const { name, yaml } = readPack(policyPack)
  const said: string[] = []
  await store.transact(async db => {
    const streets = await listStreets(db)
    if (streets.length === 0) {
      streets.push({ id: UNNAMED_STREET, name: UNNAMED_STREET })
      await db.sql
        .insertInto('subdistrict')
        .values({ id: UNNAMED_STREET, name: UNNAMED_STREET, created_at: now })
        .execute()
    }
    for (const { id, name: street } of streets) {
      const from = await adoptPack(inStreet(db, id), yaml, name, { now, today: dayOf(now) })
      if (from) said.push(`${street}：规则包 ${name} 自 ${from} 起生效`)
    }
  })
  return said
}

async function hasMembers(store: Store): Promise<boolean> {
  return (await store.read.sql.selectFrom('member').select('id').limit(1).executeTakeFirst()) !== undefined
}
