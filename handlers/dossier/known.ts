import { isClosedFact, listFactGroups, nameFact, unitOfFact } from '../../policy/grid-facts.ts'
import { type Day, dayOf, daysBetween, formatDayCompact } from '../../policy/time.ts'
import { currentFacts, type GridFact, type KnownFact, listGridFacts } from '../../storage/grid-facts.ts'
import type { Grid } from '../../storage/roster.ts'
import { listVisitTargets } from '../../storage/visit-targets.ts'
import type { Desk } from '../desk.ts'

type FactDesk = Pick<Desk, 'db' | 'pack' | 'today'>

/** One line of what is known of a grid. */
export interface Known {
  name: string
  /** Absent where nothing is known. */
  count?: number
  unit: string
  /** Told beside the number; for those in charge alone. */
  note?: string
  /** The day on which it was told; absent for what the roster or the visit lists hold. */
  toldOn?: Day
  isStale: boolean
  /** Kept out of groups. */
  isClosed: boolean
  /** A later number that contradicts it and was not told again yet. */
  doubtful?: { count: number; toldOn: Day }
}

export interface KnownGroup {
  name: string
  facts: Known[]
}

/** Where something told beside the document's groups stands. */
const OTHERS = '其他'

/** What is known of a grid, in the groups of the document; what else was told stands behind them. Source: S0-08, S3C-03 */
export async function listKnown(desk: FactDesk, grid: Grid): Promise<KnownGroup[]> {
  const told = currentFacts(await listGridFacts(desk.db, [grid.id]))
  const counted = await countElsewhere(desk, grid)
  const groups = listFactGroups(desk.pack).map(({ name, facts }) => ({
    name,
    facts: facts.map(fact => describe(desk, fact, told, counted)),
  }))
  const named = new Set(groups.flatMap(({ facts }) => facts.map(({ name }) => name)))
  const rest = told.filter(({ name }) => !named.has(name)).map(({ name }) => describe(desk, name, told, counted))
  return rest.length > 0 ? [...groups, { name: OTHERS, facts: rest }] : groups
}

/** What roster and visit lists hold already, by name. A number that somebody tells counts instead of it from then on. */
export async function countElsewhere({ db }: Pick<FactDesk, 'db'>, grid: Grid): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { list } of await listVisitTargets(db, { gridIds: [grid.id] })) {
    const name = nameFact(list)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  if (grid.residents !== undefined) counts.set('常住人口', grid.residents)
  if (grid.households !== undefined) counts.set('户数', grid.households)
  return counts
}

function describe(
  { pack, today }: FactDesk,
  name: string,
  told: readonly KnownFact[],
  counted: ReadonlyMap<string, number>,
): Known {
  const { fact, doubtful } = told.find(known => known.name === name) ?? {}
  const toldOn = fact && dayOf(fact.at)
  return {
    name,
    count: fact ? fact.count : counted.get(name),
    unit: fact?.unit ?? doubtful?.unit ?? unitOfFact(name),
    note: fact?.note?.reveal(),
    toldOn,
    isStale: toldOn !== undefined && daysBetween(toldOn, today) > pack.dossier.staleDays.value,
    isClosed: isClosedFact(name, pack),
    doubtful: describeDoubt(doubtful),
  }
}

function describeDoubt(doubtful: GridFact | undefined): Known['doubtful'] {
  return doubtful?.count === undefined ? undefined : { count: doubtful.count, toldOn: dayOf(doubtful.at) }
}

export function isKnown({ count, note, doubtful }: Known): boolean {
  return count !== undefined || note !== undefined || doubtful !== undefined
}

/** `出租房12户（11/2）`; `（7/1，已超90天）` where it is stale; in a group no closed number. */
export function renderKnown(desk: FactDesk, known: Known, isPrivate: boolean): string {
  const { name, count, unit, toldOn, isStale, isClosed, doubtful } = known
  if (isClosed && !isPrivate) return `${name}（只能私聊查）`
  const when = toldOn === undefined ? '在册' : formatDayCompact(toldOn, desk.today)
  const age = isStale ? `，已超${desk.pack.dossier.staleDays.value}天，请核对` : ''
  const number = count === undefined ? '已记' : `${count}${unit}`
  const stands = count === undefined && known.note === undefined ? '' : `${number}（${when}${age}）`
  const doubt = doubtful && `另报${doubtful.count}${unit}（${formatDayCompact(doubtful.toldOn, desk.today)}，待核实）`
  return `${name}${[stands, doubt].filter(Boolean).join('，')}`
}

/** One line a group of what is known, and the names of what is not. */
export function renderGroups(
  desk: FactDesk,
  groups: readonly KnownGroup[],
  { isPrivate, withNotes }: { isPrivate: boolean; withNotes: boolean },
): { lines: string[]; missing: string[] } {
  const render = (fact: Known) =>
    `${renderKnown(desk, fact, isPrivate)}${withNotes && fact.note !== undefined ? `：${fact.note}` : ''}`
  const lines = groups.map(({ facts }) => facts.filter(isKnown).map(render).join('、')).filter(line => line !== '')
  const missing = groups.flatMap(({ facts }) => facts.filter(fact => !isKnown(fact)).map(({ name }) => name))
  return { lines, missing }
}
