import type {
  Fault,
  GridEntry,
  GridRef,
  GroupEntry,
  PlaceEntry,
  StreetEntries,
  UnitEntry,
} from '../../storage/roster-import/entries.ts'
import { UNNAMED_STREET } from '../../storage/roster-import.ts'
import { createAtlas } from './atlas.ts'
import { type HouseholdLine, mergeHouseholds } from './households.ts'
import type { GridLine, GroupLine, MemberLine, PlaceLine, RosterLines, UnitLine } from './parse.ts'
import { mergePeople } from './people.ts'
import { mergeVisitTargets, type VisitTargetLine } from './visit-list.ts'

/** A street that the database knows already. */
export interface KnownStreet {
  name: string
  grids: GridRef[]
}

/**
 * Turns good lines into grids, people and groups, street by street; contradictions between lines, and lines that point at nothing, are faults.
 * `known` lets a later set of files speak of grids that an earlier one brought.
 */
export function mergeRoster(
  lines: RosterLines,
  known: readonly KnownStreet[],
): { streets: StreetEntries[]; faults: Fault[]; warnings: string[] } {
  const faults: Fault[] = []
  const warnings: string[] = []
  const all = [
    ...lines.grids,
    ...lines.members,
    ...lines.groups,
    ...lines.units,
    ...lines.places,
    ...lines.households,
    ...lines.visitTargets,
  ]
  const named = new Set([...all, ...lines.namedGrids].flatMap(({ street }) => street ?? []))
  const others = named.size > 0 ? [...named] : known.map(({ name }) => name)
  const only = others.length > 1 ? undefined : (others[0] ?? UNNAMED_STREET)
  for (const { at, street } of all) {
    if (street === undefined && only === undefined)
      faults.push({ ...at, reason: `有几个街道（${others.join('、')}），这一行要写“街道”` })
  }

  const streets = (only === undefined ? others : [only]).map((name): StreetEntries => {
    const here = <T extends { street?: string }>(of: readonly T[]) =>
      of.filter(({ street }) => (street ?? only) === name)
    const atlas = createAtlas([...here(lines.namedGrids), ...(known.find(street => street.name === name)?.grids ?? [])])
    return {
      name,
      grids: mergeGrids(here<GridLine>(lines.grids), faults),
      people: mergePeople(here<MemberLine>(lines.members), atlas, faults, warnings),
      groups: mergeGroups(here<GroupLine>(lines.groups), atlas, faults),
      units: mergeUnits(here<UnitLine>(lines.units), faults),
      places: mergePlaces(here<PlaceLine>(lines.places), atlas, faults),
      households: mergeHouseholds(here<HouseholdLine>(lines.households), atlas, faults),
      visitTargets: mergeVisitTargets(here<VisitTargetLine>(lines.visitTargets), atlas, faults),
    }
  })
  return { streets, faults, warnings }
}

function mergeGrids(lines: readonly GridLine[], faults: Fault[]): GridEntry[] {
  const byRef = new Map<string, GridLine>()
  const byCode = new Map<string, GridLine>()
  for (const line of lines) {
    const ref = `${line.community} ${line.no}`
    const same = byRef.get(ref)
    if (same) faults.push({ ...line.at, reason: `${line.community}的网格号 ${line.no} 和第${same.at.line}行重复` })
    else byRef.set(ref, line)
    if (line.code === undefined) continue
    const coded = byCode.get(line.code)
    if (coded) faults.push({ ...line.at, reason: `网格编码 ${line.code} 和第${coded.at.line}行重复` })
    else byCode.set(line.code, line)
  }
  return [...byRef.values()]
}

function mergeGroups(
  lines: readonly GroupLine[],
  atlas: ReturnType<typeof createAtlas>,
  faults: Fault[],
): GroupEntry[] {
  const groups = new Map<string, GroupEntry>()
  const chats = new Map<string, GroupLine>()
  for (const line of lines) {
    const { at, name, scope, channel, platformId, webhook } = line
    const place = atlas.locate(line)
    if (!place.ok) {
      faults.push({ ...at, reason: place.reason })
      continue
    }
    const chatKey = `${channel} ${platformId}`
    const same = platformId === undefined ? undefined : chats.get(chatKey)
    if (same) {
      faults.push({ ...at, reason: `会话ID 和第${same.at.line}行相同，一个会话只能是一个群` })
      continue
    }
    chats.set(chatKey, line)
    const grid = scope === 'grid' ? place.grid : undefined
    const community = scope === 'street' ? undefined : place.community
    const key = `${scope} ${community} ${grid?.no}`
    const group = groups.get(key) ?? { at, name, scope, community, grid, chats: [] }
    group.chats.push({ at, channel, platformId, webhook })
    groups.set(key, group)
  }
  return [...groups.values()]
}

function mergeUnits(lines: readonly UnitLine[], faults: Fault[]): UnitEntry[] {
  const units = new Map<string, UnitLine>()
  for (const line of lines) {
    const same = units.get(line.name)
    if (same) faults.push({ ...line.at, reason: `单位“${line.name}”和第${same.at.line}行重复` })
    else units.set(line.name, line)
  }
  return [...units.values()]
}

/** A place told twice for one grid is a fault; told for two grids it lies on their border. */
function mergePlaces(
  lines: readonly PlaceLine[],
  atlas: ReturnType<typeof createAtlas>,
  faults: Fault[],
): PlaceEntry[] {
  const places = new Map<string, PlaceEntry>()
  for (const { at, name, aliases, kind, position, community, gridNo } of lines) {
    const found = atlas.locate({ community, gridNo })
    const grid = found.ok ? found.grid : undefined
    if (!grid) {
      faults.push({ ...at, reason: found.ok ? '没有这个网格' : found.reason })
      continue
    }
    const key = `${grid.community} ${grid.no} ${name}`
    const same = places.get(key)
    if (same) faults.push({ ...at, reason: `地点“${name}”和第${same.at.line}行重复` })
    else places.set(key, { at, grid, name, aliases, kind, position })
  }
  return [...places.values()]
}
