import { indexDoor, indexName, insertHousehold, nextHouseholdCode } from '../households.ts'
import { fieldsOf } from '../records.ts'
import { type HouseholdEntry, type Import, refName } from './entries.ts'
import { readGridRows } from './grid-rows.ts'

/**
 * Adds households to their grids and corrects what is known of them (same grid and door): who lives there, who keeps in touch, the code.
 * What the file leaves out stays. @returns how many were added or changed
 */
export async function applyHouseholds(at: Import, entries: readonly HouseholdEntry[]): Promise<number> {
  if (entries.length === 0) return 0
  const { db, faults, now, record, today } = at
  const grids = await readGridRows(at)
  const keeperOf = await readKeepers(at)
  const rows = await db.sql.selectFrom('household').selectAll().where('subdistrict_id', '=', db.street).execute()
  const known = new Map(rows.map(row => [`${row.grid_id} ${row.door_index}`, row]))
  const codes = new Map(rows.map(row => [`${row.grid_id} ${row.code}`, row.id]))
  let changed = 0
  for (const entry of entries) {
    const grid = grids.get(refName(entry.grid))
    if (!grid) continue
    const keeper = entry.keeper === undefined ? undefined : keeperOf(entry.keeper, grid.id)
    if (keeper === null) {
      faults.push({ ...entry.at, reason: `“责任人”写的是“${entry.keeper}”，${refName(entry.grid)}没有这个人` })
      continue
    }
    const before = known.get(`${grid.id} ${indexDoor(db, entry.doorKey)}`)
    const coded = entry.code === undefined ? undefined : codes.get(`${grid.id} ${entry.code}`)
    if (coded !== undefined && coded !== before?.id) {
      faults.push({ ...entry.at, reason: `编号 ${entry.code} 已是${refName(entry.grid)}另一户的` })
      continue
    }
    if (!before) {
      const code = entry.code ?? (await nextHouseholdCode(db, { id: grid.id, no: grid.grid_no }))
      const { building, door, doorKey, shortKey, name } = entry
      const saved = await insertHousehold(
        db,
        { gridId: grid.id, code, building, door, doorKey, shortKey, name, memberId: keeper, from: today },
        now,
      )
      codes.set(`${grid.id} ${code}`, saved.id)
      await record('created', 'household', saved.id, { grid: refName(entry.grid), code })
    } else {
      const nameIndex = entry.name === undefined ? before.name_index : indexName(db, entry.name)
      const facts = {
        code: entry.code ?? before.code,
        name_index: nameIndex,
        member_id: keeper ?? before.member_id,
      }
      const differing = (Object.keys(facts) as (keyof typeof facts)[]).filter(key => facts[key] !== before[key])
      if (differing.length === 0) continue
      const name = differing.includes('name_index')
        ? { name: fieldsOf(db, 'household', before.id).seal('name', entry.name) }
        : {}
      await db.sql
        .updateTable('household')
        .set({ ...facts, ...name })
        .where('id', '=', before.id)
        .execute()
      await record('changed', 'household', before.id, { changed: differing })
    }
    changed += 1
  }
  return changed
}

/** The member of this name who serves in the grid; `null` where none or several do. */
export async function readKeepers({ db, today }: Import): Promise<(name: string, gridId: string) => string | null> {
  const rows = await db.sql
    .selectFrom('member')
    .innerJoin('member_role', 'member_role.member_id', 'member.id')
    .select(['member.id', 'member.name', 'member_role.grid_id', 'member_role.to_day'])
    .where('member.subdistrict_id', '=', db.street)
    .execute()
  const serving = rows.filter(({ to_day }) => to_day === null || to_day >= today)
  return (name, gridId) => {
    const found = new Set(serving.filter(row => row.name === name && row.grid_id === gridId).map(({ id }) => id))
    return found.size === 1 ? [...found][0]! : null
  }
}
