import { addDays, type Day } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import type { TouchedRows } from './grid-changes.ts'
import { dropFormerCode, type FormerCode, keepFormerCode } from './grid-codes.ts'
import { newId } from './ids.ts'
import type { Grid } from './roster.ts'

/**
 * Forms a grid out of another, from a day on; kind, community and its class are those of the other, the sizes wait for the roster.
 * Where the same change was made and taken back before, its row is used again. @returns the row's id
 */
export async function formGrid(
  db: StreetDb,
  origin: Grid,
  { no, code, from }: { no: number; code: string; from: Day },
  now: number,
): Promise<string> {
  const facts = {
    grid_code: code,
    name: `第${no}网格`,
    kind: origin.kind,
    area_class: origin.areaClass ?? null,
    party_mode: origin.partyMode ?? null,
    predecessor_id: origin.id,
    to_day: null,
  }
  const dropped = await db.sql
    .updateTable('grid')
    .set(facts)
    .where('subdistrict_id', '=', db.street)
    .where('community', '=', origin.community)
    .where('grid_no', '=', no)
    .where('from_day', '=', from)
    .where('to_day', '<', from)
    .returning('id')
    .executeTakeFirst()
  if (dropped) return dropped.id
  const id = newId(now)
  await db.sql
    .insertInto('grid')
    .values({ id, subdistrict_id: db.street, grid_no: no, community: origin.community, from_day: from, ...facts })
    .execute()
  return id
}

/** Gives a grid up from a day on, into another where one takes it in. @returns how it was */
export async function endGrid(
  db: StreetDb,
  { id, to, successorId }: Grid,
  { from, into }: { from: Day; into?: string },
): Promise<TouchedRows['ended'][number]> {
  await setEnd(db, { id, to: addDays(from, -1), successorId: into ?? null })
  return { id, to: to ?? null, successorId: successorId ?? null }
}

/** Another code from a day on. @returns the one it bears until then */
export async function recodeGrid(
  db: StreetDb,
  grid: Grid,
  { code, from }: { code: string; from: Day },
  now: number,
): Promise<FormerCode> {
  const former = { gridId: grid.id, code: grid.code, until: addDays(from, -1) }
  await keepFormerCode(db, former, now)
  await setCode(db, grid.id, code)
  return former
}

/** Takes a change back: grids it formed never were, those it ended go on, codes are as before. Roles are the caller's. */
export async function unformGrids(
  db: StreetDb,
  { formed, ended, recoded }: Pick<TouchedRows, 'formed' | 'ended' | 'recoded'>,
  from: Day,
): Promise<void> {
  for (const id of formed) await setEnd(db, { id, to: addDays(from, -1), successorId: null })
  for (const grid of ended) await setEnd(db, grid)
  for (const former of recoded) {
    await dropFormerCode(db, former)
    await setCode(db, former.gridId, former.code)
  }
}

const USES = [
  'member_role',
  'chat_group',
  'grid_place',
  'field_record',
  'info_item',
  'incident',
  'population_change',
  'grid_fact',
  'household',
  'visit_target',
] as const

/** Whether people, chats, places, lists or records (but for `except`, row ids) were given to a grid, which then cannot be unmade. */
export async function isGridUsed(db: StreetDb, gridId: string, except: readonly string[]): Promise<boolean> {
  for (const table of USES) {
    const rows = await db.sql
      .selectFrom(table)
      .select('id')
      .where('subdistrict_id', '=', db.street)
      .where('grid_id', '=', gridId)
      .limit(except.length + 1)
      .execute()
    if (rows.some(({ id }) => !except.includes(id))) return true
  }
  return false
}

async function setEnd(
  db: StreetDb,
  { id, to, successorId }: { id: string; to: Day | null; successorId: string | null },
): Promise<void> {
  await db.sql
    .updateTable('grid')
    .set({ to_day: to, successor_id: successorId })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

async function setCode(db: StreetDb, id: string, code: string): Promise<void> {
  await db.sql
    .updateTable('grid')
    .set({ grid_code: code })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}
