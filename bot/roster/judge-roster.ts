import { checkStaffing, listAgeLines, renderFindings } from '../../handlers/organisation/staffing.ts'
import { namePlace, renderFinding } from '../../handlers/organisation/words.ts'
import { findOverlaps } from '../../policy/grid-overlap.ts'
import type { Pack } from '../../policy/pack.ts'
import type { StaffingFinding } from '../../policy/staffing.ts'
import type { Day } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import type { Roster } from '../../storage/roster.ts'
import type { Fault, StreetEntries } from '../../storage/roster-import/entries.ts'

const SHOWN = 30

/**
 * The lines that would make the roster what the document does not allow, judged on the roster as it would be: a second 一级总网格长,
 * a building in two grids. What was so before and no line speaks of stays a warning. Source: S4E-03, S2-10
 */
export async function listRefused(db: StreetDb, entries: StreetEntries, pack: Pack, today: Day): Promise<Fault[]> {
  const roster = await loadRoster(db, today)
  const desk = { db, roster, pack, today }
  const findings = await checkStaffing(desk)
  const refused = findings.filter(({ judged }) => judged === 'refuse')
  return [
    ...refused.flatMap(finding => {
      const at = findLine(roster, entries, finding)
      return at ? [{ ...at, reason: `${renderFinding(desk, finding)}（${finding.rule}：${finding.clause}）` }] : []
    }),
    ...(pack.staffing.gridChanges ? listOverlapping(roster, entries, pack.staffing.gridChanges.noOverlap) : []),
  ]
}

/** What the roster leaves open, in lines. Source: S0-02, S0-03, S4D-01, S4E-01, S4E-09, S4E-11 */
export async function listOpen(db: StreetDb, pack: Pack, today: Day): Promise<string[]> {
  const desk = { db, roster: await loadRoster(db, today), pack, today }
  const lines = [...renderFindings(desk, await checkStaffing(desk)), ...(await listAgeLines(desk, 0))]
  const rest = lines.length - SHOWN
  return rest > 0 ? [...lines.slice(0, SHOWN), `还有${rest}项，在聊天里发“名册检查”可看全部`] : lines
}

/** The last line that gives somebody the post in question. */
function findLine(roster: Roster, { people }: StreetEntries, finding: StaffingFinding) {
  const lines = people
    .flatMap(({ name, roles }) => roles.map(role => ({ name, ...role })))
    .filter(({ active }) => active)
  const grid = 'place' in finding ? roster.gridById(finding.place.gridId) : undefined
  const community = 'place' in finding ? (finding.place.community ?? grid?.community) : undefined
  const own = lines.filter(line => {
    if (finding.kind === 'incompatible')
      return finding.roles.includes(line.role) && line.name === roster.memberById(finding.memberId)?.name
    const isThere = (!community || line.community === community) && (!grid || line.grid?.no === grid.no)
    return 'post' in finding && line.role === finding.post.role && isThere
  })
  return own.at(-1)?.at
}

function listOverlapping(
  roster: Roster,
  { places }: StreetEntries,
  { rule, clause }: { rule: string; clause: string },
): Fault[] {
  const located = roster.places.map(place => ({
    ...place,
    community: roster.gridById(place.gridId)?.community ?? '',
  }))
  return findOverlaps(located).flatMap(({ name, gridIds }) => {
    const line = places.filter(place => place.name === name).at(-1)
    if (!line) return []
    const grids = gridIds.map(gridId => namePlace({ roster }, { gridId })).join('、')
    const how = '一处只归一个网格：不是同一处请把名称写全（如“翠苑3幢”），交界的路、河类型写“其他”'
    return [{ ...line.at, reason: `“${name}”同时写在${grids}；${how}（${rule}：${clause}）` }]
  })
}
