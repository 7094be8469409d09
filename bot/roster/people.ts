import type { Fault, PersonEntry, RoleEntry } from '../../storage/roster-import/entries.ts'
import type { Atlas, Place } from './atlas.ts'
import type { MemberLine } from './parse.ts'

type Located = MemberLine & { place: Extract<Place, { ok: true }> }

const idColumns = [
  ['dingtalkId', '钉钉ID'],
  ['wecomId', '企微ID'],
  ['phone', '手机'],
] as const

/**
 * Lines → people. Lines that share 钉钉ID, 企微ID or 手机 are one person, and then must not differ in another of them or in the name;
 * a line without any is told by 姓名 + 社区. Two people who would both be known by the same 姓名 alone are a fault.
 * Source: contract.md, Roster files
 */
export function mergePeople(
  lines: readonly MemberLine[],
  atlas: Atlas,
  faults: Fault[],
  warnings: string[],
): PersonEntry[] {
  const located = lines.flatMap((line): Located[] => {
    const place = locateRole(line, atlas, warnings)
    if (place.ok) return [{ ...line, place }]
    faults.push({ ...line.at, reason: place.reason })
    return []
  })
  const people = groupLines(located, faults).flatMap(group => {
    const before = faults.length
    faults.push(...listContradictions(group))
    const person = toPerson(group, faults)
    return faults.length > before ? [] : [person]
  })
  faults.push(...listNamesakes(people))
  return people
}

function locateRole(line: MemberLine, atlas: Atlas, warnings: string[]): Place {
  const { roleName, roleScope, community, gridNo, at } = line
  if (roleScope === 'grid') return atlas.locate({ community, gridNo })
  if (gridNo !== undefined) warnings.push(`${at.file} 第${at.line}行：${roleName}不属于某个网格，没有读取“网格号”`)
  // An office may name where it sits, which need not be a community of the grids.
  return roleScope === 'community' ? atlas.locate({ community }) : { ok: true, community }
}

function listIds(line: MemberLine): string[] {
  return idColumns.flatMap(([id]) => (line[id] === undefined ? [] : [`${id} ${line[id]}`]))
}

/** Puts the lines of one person together, in the order in which the people first appear. */
function groupLines(lines: readonly Located[], faults: Fault[]): Located[][] {
  const owner = new Map<string, Located[]>()
  const groups = new Set<Located[]>()
  const placeKey = ({ name, place }: Located) => `${name} ${place.community ?? ''}`
  const own = (line: Located, group: Located[]) => {
    group.push(line)
    for (const id of listIds(line)) owner.set(id, group)
  }

  for (const line of lines) {
    if (listIds(line).length === 0) continue
    const found = new Set(listIds(line).map(id => owner.get(id)))
    found.delete(undefined)
    const [group = [], ...others] = found as Set<Located[]>
    groups.add(group)
    for (const other of others) {
      groups.delete(other)
      for (const member of other) own(member, group)
    }
    own(line, group)
  }

  const byPlace = new Map<string, Set<Located[]>>()
  const note = (line: Located, group: Located[]) =>
    byPlace.set(placeKey(line), (byPlace.get(placeKey(line)) ?? new Set()).add(group))
  for (const group of groups) for (const line of group) note(line, group)
  for (const line of lines) {
    if (listIds(line).length > 0) continue
    const [group = [], another] = byPlace.get(placeKey(line)) ?? []
    if (another) {
      faults.push({ ...line.at, reason: `有几位“${line.name}”，这一行要写钉钉ID、企微ID或手机，才知道是哪一位` })
      continue
    }
    group.push(line)
    groups.add(group)
    note(line, group)
  }
  return [...groups]
    .map(group => group.sort((a, b) => a.at.line - b.at.line))
    .sort((a, b) => a[0]!.at.line - b[0]!.at.line)
}

function listContradictions(group: readonly Located[]): Fault[] {
  const faults: Fault[] = []
  for (const [id, column] of [...idColumns, ['name', '姓名']] as const) {
    const first = group.find(line => line[id] !== undefined)
    const other = group.find(line => line[id] !== undefined && line[id] !== first?.[id])
    if (!first || !other) continue
    const shared = idColumns.find(
      ([one]) => one !== id && group.some(a => group.some(b => a !== b && a[one] && a[one] === b[one])),
    )
    faults.push({ ...other.at, reason: `和第${first.at.line}行是同一${shared?.[1] ?? '人'}，“${column}”却不同` })
  }
  return faults
}

function toPerson(group: readonly Located[], faults: Fault[]): PersonEntry {
  const pick = <K extends keyof Located>(key: K) => group.find(line => line[key] !== undefined)?.[key]
  const roles = new Map<string, RoleEntry>()
  for (const line of group) {
    const { at, role, roleName, employment, place, office, supervises, standIn, point, active } = line
    const key = `${role} ${place.community} ${place.grid?.no} ${office}`
    const same = roles.get(key)
    if (!same) {
      roles.set(key, {
        at,
        role,
        roleName,
        employment,
        community: place.community,
        grid: place.grid,
        office,
        supervises,
        standIn,
        point,
        active,
      })
    } else if (same.roleName !== roleName || same.active !== active) {
      faults.push({
        ...at,
        reason: `${line.name}的这个岗位在第${same.at.line}行写法不同（${same.roleName}，${same.active ? '在岗' : '离岗'}）`,
      })
    } else {
      same.supervises = [...new Set([...same.supervises, ...supervises])]
      same.standIn ??= standIn
      same.point ??= point
    }
  }
  return {
    at: group[0]!.at,
    name: group[0]!.name,
    dingtalkId: pick('dingtalkId'),
    wecomId: pick('wecomId'),
    phone: pick('phone'),
    joinedOn: group.flatMap(({ joinedOn }) => joinedOn ?? []).sort()[0],
    titles: [...new Set(group.flatMap(({ titles }) => titles))],
    bornOn: pick('bornOn'),
    roles: [...roles.values()],
  }
}

function listNamesakes(people: readonly PersonEntry[]): Fault[] {
  const known = new Map<string, PersonEntry>()
  return people.flatMap(person => {
    if (person.dingtalkId !== undefined || person.wecomId !== undefined) return []
    const same = known.get(person.name)
    known.set(person.name, same ?? person)
    if (!same) return []
    const reason = `和第${same.at.line}行的“${person.name}”只能靠姓名区分：是两个人，请给其中一位填钉钉ID或企微ID；是同一个人，请在每行填同一个手机`
    return [{ ...person.at, reason }]
  })
}
