import type { Pack, RoleCode } from './pack.ts'
import type { Day } from './time.ts'

export type Staffing = Pack['staffing']
type Scope = Staffing['posts'][number]['value']['per']

/** Who serves where on one day; a post in a grid bears the grid's community too. */
export interface StaffingFacts {
  day: Day
  grids: readonly StaffedGrid[]
  people: readonly StaffedPerson[]
}

export interface StaffedGrid {
  id: string
  community: string
  kind: 'ordinary' | 'dedicated'
  households?: number
  residents?: number
}

export interface StaffedPerson {
  id: string
  /** 职务 outside the grid; none where the roster does not tell. */
  titles: readonly string[]
  bornOn?: Day
  posts: readonly StaffedPost[]
}

export interface StaffedPost {
  role: RoleCode
  employment?: 'fullTime' | 'partTime'
  gridId?: string
  community?: string
  /** 点位 */
  point?: string
}

/** The post that a rule asks for, as the pack names it. */
export interface PostRef {
  role: RoleCode
  employment?: 'fullTime' | 'partTime'
}

interface Found {
  rule: string
  clause: string
  status: 'original' | 'default'
  /** `refuse`: no roster may say so; `warn`: it is told and accepted. */
  judged: 'warn' | 'refuse'
}

/** Where a post is wanted; neither: the subdistrict. */
export interface Place {
  gridId?: string
  community?: string
}

export type StaffingFinding = Found &
  (
    | { kind: 'vacant'; post: PostRef; place: Place; have: number; atLeast: number }
    | { kind: 'excess'; post: PostRef; place: Place; memberIds: string[]; atMost: number }
    | { kind: 'notHeldBy'; post: PostRef; place: Place; memberId: string; by: string }
    | { kind: 'incompatible'; memberId: string; roles: [RoleCode, RoleCode] }
    | { kind: 'oversize'; place: Place; measure: 'residents' | 'households'; value: number; about: number }
    | { kind: 'load'; place: Place; households: number; workers: number; from: number; to: number }
    | { kind: 'points'; place: Place; absent: string[] }
  )

/** Everything in which the roster differs from what the document asks for, in the order of its rules. */
export function judgeStaffing(pack: Pick<Pack, 'staffing' | 'lists'>, facts: StaffingFacts): StaffingFinding[] {
  return [
    ...listVacancies(pack.staffing, facts),
    ...listExcesses(pack.staffing, facts),
    ...listUnprincipled(pack.staffing, facts),
    ...listIncompatible(pack.staffing, facts),
    ...judgeSizes(pack.staffing, facts),
    ...judgeLoads(pack.staffing, facts),
    ...listOpenPoints(pack, facts),
  ]
}

/** Posts that fewer hold than the document asks for. Source: S0-02, S2-18, S4D-04, S4D-07, S4E-03, S4E-04 */
export function listVacancies(
  { posts }: Staffing,
  facts: StaffingFacts,
): Extract<StaffingFinding, { kind: 'vacant' }>[] {
  return posts.flatMap(({ value, ...ruled }) =>
    listPlaces(facts, value.per, value.kind).flatMap(place => {
      const have = listHolders(facts, value, place).length
      if (have >= value.atLeast) return []
      const post = { role: value.role, employment: value.employment }
      return [{ ...ruled, kind: 'vacant' as const, judged: 'warn' as const, post, place, have, atLeast: value.atLeast }]
    }),
  )
}

/** More of a role than there may be. Source: S4E-03 (one 一级, one 二级 a village), S0-02 */
export function listExcesses({ limits }: Staffing, facts: StaffingFacts): StaffingFinding[] {
  return limits.flatMap(({ value: { role, per, atMost, judged }, ...ruled }) =>
    listPlaces(facts, per).flatMap((place): StaffingFinding[] => {
      const memberIds = listHolders(facts, { role }, place).map(({ id }) => id)
      return memberIds.length > atMost
        ? [{ ...ruled, kind: 'excess', judged, post: { role }, place, memberIds, atMost }]
        : []
    }),
  )
}

/**
 * Whoever holds a post that in principle somebody else's office goes with. Where the roster tells no 职务 nothing is said, unless
 * a role of the program itself decides. Source: S0-03, S0-04, S0-05, S0-17, S4D-07, S4E-05, S4E-06
 */
function listUnprincipled({ heldBy }: Staffing, { people }: StaffingFacts): StaffingFinding[] {
  return heldBy.flatMap(({ value: { role, by, titles, alsoRole }, ...ruled }) =>
    people.flatMap(person =>
      person.posts.flatMap((post): StaffingFinding[] => {
        if (post.role !== role || (titles === undefined && alsoRole === undefined)) return []
        const hasTitle = titles?.some(word => person.titles.some(title => title.includes(word))) ?? false
        const hasRole = person.posts.some(other => other.role === alsoRole && other.community === post.community)
        const isUnknown = person.titles.length === 0 && alsoRole === undefined
        if (hasTitle || hasRole || isUnknown) return []
        const place = { gridId: post.gridId, community: post.community }
        return [{ ...ruled, kind: 'notHeldBy', judged: 'warn', post: { role }, place, memberId: person.id, by }]
      }),
    ),
  )
}

/** Roles that one person should not hold at once. Source: S1-09, S4E-09 */
function listIncompatible({ incompatible }: Staffing, { people }: StaffingFacts): StaffingFinding[] {
  return incompatible.flatMap(({ value, ...ruled }) =>
    people.flatMap((person): StaffingFinding[] => {
      const held = person.posts.map(({ role }) => role)
      const [one, other] = [value.roles.find(role => held.includes(role)), value.with.find(role => held.includes(role))]
      if (one === undefined || other === undefined) return []
      return [{ ...ruled, kind: 'incompatible', judged: value.judged, memberId: person.id, roles: [one, other] }]
    }),
  )
}

/** Ordinary grids beyond the size that the document gives, `tolerancePercent` over. Source: S4D-01 */
function judgeSizes({ size }: Staffing, { grids }: StaffingFacts): StaffingFinding[] {
  if (!size) return []
  return grids.flatMap(grid =>
    (['residents', 'households'] as const).flatMap((measure): StaffingFinding[] => {
      const { value: about, ...ruled } = size[measure]
      const value = grid[measure]
      const isOver = value !== undefined && value * 100 > about * (100 + size.tolerancePercent.value)
      if (grid.kind !== 'ordinary' || !isOver) return []
      return [{ ...ruled, kind: 'oversize', judged: 'warn', place: { gridId: grid.id }, measure, value, about }]
    }),
  )
}

/** Households to each 网格员 outside the range, both ends included. Source: S4E-01 */
function judgeLoads({ load }: Staffing, facts: StaffingFacts): StaffingFinding[] {
  if (!load) return []
  const {
    value: { from, to },
    ...ruled
  } = load
  return facts.grids.flatMap((grid): StaffingFinding[] => {
    const { households } = grid
    if (households === undefined) return []
    const workers = listHolders(facts, { role: 'worker' }, { gridId: grid.id }).length
    if (households >= from * workers && households <= to * workers) return []
    return [{ ...ruled, kind: 'load', judged: 'warn', place: { gridId: grid.id }, households, workers, from, to }]
  })
}

/** 点位 that nobody of a grid has, where its 指导员 have any. Source: S4E-04 */
function listOpenPoints({ lists }: Pick<Pack, 'lists'>, facts: StaffingFacts): StaffingFinding[] {
  return lists
    .filter(({ value }) => value.key === 'servicePoints')
    .flatMap(({ value, ...ruled }) =>
      facts.grids.flatMap((grid): StaffingFinding[] => {
        const posts = facts.people.flatMap(person => person.posts.filter(post => post.gridId === grid.id))
        const given = posts.flatMap(({ role, point }) => (role === 'instructor' && point !== undefined ? [point] : []))
        const absent = value.names.filter(name => !given.includes(name))
        if (given.length === 0 || absent.length === 0) return []
        return [{ ...ruled, kind: 'points', judged: 'warn', place: { gridId: grid.id }, absent }]
      }),
    )
}

function listPlaces({ grids }: StaffingFacts, per: Scope, kind?: StaffedGrid['kind']): Place[] {
  if (per === 'subdistrict') return [{}]
  if (per === 'community')
    return [...new Set(grids.map(({ community }) => community))].map(community => ({ community }))
  return grids.filter(grid => kind === undefined || grid.kind === kind).map(({ id }) => ({ gridId: id }))
}

/** Everybody who holds this post there; each person once. */
export function listHolders(
  { people }: Pick<StaffingFacts, 'people'>,
  { role, employment }: PostRef,
  { gridId, community }: Place,
): StaffedPerson[] {
  return people.filter(({ posts }) =>
    posts.some(
      post =>
        post.role === role &&
        (employment === undefined || post.employment === employment) &&
        (gridId === undefined || post.gridId === gridId) &&
        (community === undefined || post.community === community),
    ),
  )
}
