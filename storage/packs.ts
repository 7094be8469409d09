import { createHash } from 'node:crypto'
import { renewPack } from '../policy/pack/renew.ts'
import { type Pack, PackError, parsePack } from '../policy/pack.ts'
import { addDays, type Day } from '../policy/time.ts'
import { recordAudit } from './audit.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'

const parsed = new Map<string, Pack>()

export interface PackVersion {
  pack: Pack
  /** The first day that it judges. */
  from: Day
}

/** The pack in force on a day. @throws where the street has none yet */
export async function loadPack(db: StreetDb, day: Day): Promise<Pack> {
  return (await loadPackVersion(db, day)).pack
}

/** The pack in force on a day, with the day it came into force. @throws where the street has none yet */
export async function loadPackVersion(db: StreetDb, day: Day): Promise<PackVersion> {
  const versions = db.sql
    .selectFrom('pack_version')
    .select(['id', 'content_hash', 'from_day'])
    .where('subdistrict_id', '=', db.street)
    .limit(1)
  const inForce = await versions
    .where('from_day', '<=', day)
    .orderBy('from_day', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  // A day before the first pack (a late entry for last week) is judged by the first.
  const { id, content_hash, from_day } = inForce ?? (await versions.orderBy('from_day').executeTakeFirstOrThrow())
  const known = parsed.get(content_hash)
  if (known) return { pack: known, from: from_day }
  const { content, pack_id } = await db.sql
    .selectFrom('pack_version')
    .select(['content', 'pack_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { pack: readPack(content, pack_id, content_hash), from: from_day }
}

/** One text is read once. */
function readPack(yaml: string, name: string, hash: string): Pack {
  const pack = parsed.get(hash) ?? parsePack(yaml, name)
  parsed.set(hash, pack)
  return pack
}

/**
 * Puts a pack in force: the first one today, a changed one from the next day on.
 * @returns the day from which it holds, or undefined where nothing changed
 */
export async function adoptPack(
  db: StreetDb,
  yaml: string,
  name: string,
  { now, today }: { now: number; today: Day },
): Promise<Day | undefined> {
  const hash = hashOf(yaml)
  const pack = readPack(yaml, name, hash)
  const newest = await db.sql
    .selectFrom('pack_version')
    .select('content_hash')
    .where('subdistrict_id', '=', db.street)
    .orderBy('from_day', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest?.content_hash === hash) return undefined
  const from = newest ? addDays(today, 1) : today
  await db.sql
    .insertInto('pack_version')
    .values({
      id: newId(now),
      subdistrict_id: db.street,
      pack_id: pack.id,
      version: pack.version,
      content: yaml,
      content_hash: hash,
      from_day: from,
      recorded_at: now,
    })
    .execute()
  return from
}

/**
 * Brings the versions that an older program stored into today's form, for the same days and with the values they held.
 *
 * @param readToday the text of a pack in today's form, by its id
 * @returns the first days of the renewed versions
 * @throws {PackError} naming what a version lacks whose pack is not at hand in today's form
 */
export async function renewPacks(
  db: StreetDb,
  readToday: (id: string) => string | undefined,
  now: number,
): Promise<Day[]> {
  const renewed: Day[] = []
  const versions = await db.sql
    .selectFrom('pack_version')
    .select(['id', 'pack_id', 'version', 'content', 'from_day'])
    .where('subdistrict_id', '=', db.street)
    .orderBy('from_day')
    .execute()
  for (const { id, pack_id, version, content, from_day } of versions) {
    const fault = findFault(content, pack_id)
    if (!fault) continue
    const today = readToday(pack_id)
    if (today === undefined) throw fault
    const yaml = renewPack(content, today)
    await db.sql
      .updateTable('pack_version')
      .set({ content: yaml, content_hash: hashOf(yaml) })
      .where('id', '=', id)
      .execute()
    const detail = { pack: pack_id, version, from: from_day, faults: fault.faults }
    await recordAudit(db, { at: now, by: 'start', action: 'renewed', subject: { type: 'pack', id }, detail })
    renewed.push(from_day)
  }
  return renewed
}

function findFault(yaml: string, name: string): PackError | undefined {
  try {
    parsePack(yaml, name)
    return undefined
  } catch (error) {
    if (error instanceof PackError) return error
    throw error
  }
}

function hashOf(yaml: string): string {
  return createHash('sha256').update(yaml).digest('hex')
}
