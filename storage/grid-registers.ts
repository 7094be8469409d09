import type { StreetDb } from './database.ts'
import { nextHouseholdCode } from './households.ts'
import { listVisitTargets, updateVisitTarget } from './visit-targets.ts'

/** What moved from one grid to another, by row id; a household with the code it had. */
export interface MovedRegisters {
  from: string
  households: { id: string; code: string }[]
  targets: string[]
}

/**
 * Whom a grid that was given up kept in touch with goes on under the grid that took it in: households, people and places to visit.
 * A door that both know stays where it is. What was done there is a record and does not move. Doing it again moves nothing.
 */
export async function moveRegisters(
  db: StreetDb,
  from: string,
  into: { id: string; no: number },
): Promise<MovedRegisters> {
  const moved: MovedRegisters = { from, households: [], targets: [] }
  const rows = await db.sql
    .selectFrom('household')
    .select(['id', 'grid_id', 'door_index', 'code'])
    .where('subdistrict_id', '=', db.street)
    .where('grid_id', 'in', [from, into.id])
    .execute()
  const there = rows.filter(({ grid_id }) => grid_id === into.id)
  for (const { id, door_index, code } of rows.filter(({ grid_id }) => grid_id === from)) {
    if (there.some(row => row.door_index === door_index)) continue
    const isTaken = there.some(row => row.code === code)
    await setGrid(db, id, { grid_id: into.id, code: isTaken ? await nextHouseholdCode(db, into) : code })
    moved.households.push({ id, code })
  }
  for (const { id } of await listVisitTargets(db, { gridIds: [from] })) {
    await updateVisitTarget(db, id, { gridId: into.id })
    moved.targets.push(id)
  }
  return moved
}

/** Takes that back. */
export async function returnRegisters(db: StreetDb, { from, households, targets }: MovedRegisters): Promise<void> {
  for (const { id, code } of households) await setGrid(db, id, { grid_id: from, code })
  for (const id of targets) await updateVisitTarget(db, id, { gridId: from })
}

async function setGrid(db: StreetDb, id: string, place: { grid_id: string; code: string }): Promise<void> {
  await db.sql
    .updateTable('household')
    .set(place)
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}
