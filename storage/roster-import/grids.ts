import { addDays, type Day } from '../../policy/time.ts'
import { keepFormerCode, listFormerCodes } from '../grid-codes.ts'
import { newId } from '../ids.ts'
import { type GridEntry, type Import, refName } from './entries.ts'
import { type GridRow, isEnded, readGridRows } from './grid-rows.ts'

/**
 * Adds new grids and corrects known ones (same community and number). Another code is a recoding from today, 停用日期 gives a grid up:
 * what was recorded before keeps grid and code. @returns how many were added or changed
 */
export async function applyGrids(at: Import, grids: readonly GridEntry[]): Promise<number> {
  const { db, now, today, faults, record } = at
  const byRef = await readGridRows(at)
  const byCode = new Map([...byRef.values()].map(row => [row.grid_code, row]))
  const former = await listFormerCodes(db)
  let changed = 0

  for (const grid of grids) {
    const ref = refName(grid)
    const known = byRef.get(ref)
    const code = grid.code ?? known?.grid_code ?? `${grid.community}-${String(grid.no).padStart(2, '0')}`
    const reason = findContradiction(grid, code)
    if (reason) {
      faults.push({ ...grid.at, reason })
      continue
    }
    const facts = {
      grid_code: code,
      name: grid.name,
      kind: grid.kind,
      households: grid.households ?? known?.households ?? null,
      residents: grid.residents ?? known?.residents ?? null,
      center_lat: grid.center?.lat ?? known?.center_lat ?? null,
      center_lng: grid.center?.lng ?? known?.center_lng ?? null,
      center_datum: grid.center?.datum ?? known?.center_datum ?? null,
      area_class: grid.areaClass ?? known?.area_class ?? null,
      party_mode: grid.partyMode ?? known?.party_mode ?? null,
      to_day: grid.to ?? known?.to_day ?? null,
      successor_id:
        (grid.into === undefined ? undefined : byRef.get(refName({ ...grid, no: grid.into }))?.id) ??
        known?.successor_id ??
        null,
    }
    if (!known) {
      const row: GridRow = {
        id: newId(now),
        subdistrict_id: db.street,
        grid_no: grid.no,
        community: grid.community,
        predecessor_id: null,
        from_day: today,
        ...facts,
      }
      await db.sql.insertInto('grid').values(row).execute()
      byRef.set(ref, row)
      byCode.set(code, row)
      await record('created', 'grid', row.id, { community: grid.community, no: grid.no, ...facts })
    } else {
      const differing = listDifferences(known, facts)
      if (!differing) continue
      if (code !== known.grid_code && known.from_day < today)
        await keepFormerCode(db, { gridId: known.id, code: known.grid_code, until: addDays(today, -1) }, now)
      await db.sql.updateTable('grid').set(facts).where('id', '=', known.id).execute()
      await record('changed', 'grid', known.id, differing)
      if (grid.to !== undefined && differing.to_day) await endPosts(at, known.id, grid.to)
    }
    changed += 1
  }
  return changed

  function findContradiction({ community, no, into, ...grid }: GridEntry, code: string): string | undefined {
    const known = byRef.get(refName({ community, no }))
    const coded = byCode.get(code)
    if (coded && coded !== known)
      return `网格编码 ${code} 已是${refName({ community: coded.community, no: coded.grid_no })}的`
    const old = former.find(one => one.gridId === known?.id && one.code === code)
    if (old && known) return `网格编码 ${code} 只用到${old.until}，现在是 ${known.grid_code}，请改成现在的编码`
    if (into !== undefined && (into === no || !byRef.has(refName({ community, no: into }))))
      return `“并入网格号”应为${community}的另一个网格，没有 ${into} 号`
    const isOld = known && isEnded(known, today) && grid.to === undefined
    return isOld ? `${refName({ community, no })}已在${known.to_day}停用，请删去这一行，或写明“停用日期”` : undefined
  }
}

/** Nobody serves in a grid after its last day; where they go on the files say themselves. */
async function endPosts({ db, record }: Import, gridId: string, lastDay: Day): Promise<void> {
  const rows = await db.sql
    .updateTable('member_role')
    .set({ to_day: lastDay })
    .where('subdistrict_id', '=', db.street)
    .where('grid_id', '=', gridId)
    .where(eb => eb.or([eb('to_day', 'is', null), eb('to_day', '>', lastDay)]))
    .returning(['id', 'role_name'])
    .execute()
  for (const { id, role_name } of rows) await record('ended', 'memberRole', id, { role: role_name, to: lastDay })
}

/** Old and new value of each fact that differs; undefined where none does. */
export function listDifferences<T extends object>(
  known: T,
  facts: Partial<T>,
): Record<string, { from: unknown; to: unknown }> | undefined {
  const differing = (Object.keys(facts) as (keyof T & string)[]).filter(key => known[key] !== facts[key])
  if (differing.length === 0) return undefined
  return Object.fromEntries(differing.map(key => [key, { from: known[key], to: facts[key] }]))
}
