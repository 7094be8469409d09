import { createHash } from 'node:crypto'
import { type Pack, parsePack } from '../policy/pack.ts'
import { addDays, type Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'

const parsed = new Map<string, Pack>()

/** The pack in force on a day. @throws where the street has none yet */
export async function loadPack(db: StreetDb, day: Day): Promise<Pack> {
  const inForce = await db.sql
    .selectFrom('pack_version')
    .select(['id', 'content_hash'])
    .where('subdistrict_id', '=', db.street)
    .where('from_day', '<=', day)
    .orderBy('from_day', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  // A day before the first pack (a late entry for last week) is judged by the first.
  const chosen =
    inForce ??
    (await db.sql
      .selectFrom('pack_version')
      .select(['id', 'content_hash'])
      .where('subdistrict_id', '=', db.street)
      .orderBy('from_day')
      .limit(1)
      .executeTakeFirstOrThrow())
  const known = parsed.get(chosen.content_hash)
  if (known) return known
  const { content, pack_id } = await db.sql
    .selectFrom('pack_version')
    .select(['content', 'pack_id'])
    .where('id', '=', chosen.id)
    .executeTakeFirstOrThrow()
  const pack = parsePack(content, pack_id)
  parsed.set(chosen.content_hash, pack)
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
  const pack = parsePack(yaml, name)
  const hash = createHash('sha256').update(yaml).digest('hex')
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
