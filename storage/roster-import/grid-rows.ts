import type { Selectable } from 'kysely'
import type { Day } from '../../policy/time.ts'
import type { StreetDb } from '../database.ts'
import type { Schema } from '../schema.ts'
import { type GridRef, refName } from './entries.ts'

export type GridRow = Selectable<Schema['grid']>

/**
 * The grid that each number of a community means today, by `refName`: the one in force, else one already planned, else the last that
 * bore it. A change that was taken back left no grid.
 */
export async function readGridRows({ db, today }: { db: StreetDb; today: Day }): Promise<Map<string, GridRow>> {
  const rows = await db.sql.selectFrom('grid').selectAll().where('subdistrict_id', '=', db.street).execute()
  const standing = rows.filter(({ from_day, to_day }) => to_day === null || to_day >= from_day)
  const rank = (row: GridRow) => (isEnded(row, today) ? 0 : isPlanned(row, today) ? 1 : 2)
  standing.sort((a, b) => rank(a) - rank(b) || (a.from_day < b.from_day ? -1 : 1))
  return new Map(standing.map(row => [refName(toRef(row)), row]))
}

export function isEnded({ to_day }: Pick<GridRow, 'to_day'>, today: Day): boolean {
  return to_day !== null && to_day < today
}

function isPlanned({ predecessor_id, from_day }: GridRow, today: Day): boolean {
  return predecessor_id !== null && from_day > today
}

function toRef({ community, grid_no }: GridRow): GridRef {
  return { community, no: grid_no }
}
