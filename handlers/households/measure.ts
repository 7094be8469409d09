import { type CountedVisit, type Coverage, countCoverage, countWithoutRegister } from '../../policy/coverage.ts'
import { type DayRange, endOfDay, instantAt, monthRange } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import { type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { type HouseholdKey, indexDoor, indexName, listHouseholdKeys } from '../../storage/households.ts'
import type { Grid } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { readPlaceName } from '../incident/place-names.ts'
import { doneOn } from '../papers/work-of.ts'
import { readDoor } from './doors.ts'

/** How far the households of one grid are visited in a month. */
export interface GridCoverage extends Coverage {
  grid: Grid
  /** Whether a register of this grid's households can be counted by; else the grid's number and its buildings are all that is known. */
  hasRegister: boolean
  visits: FieldRecord[]
}

type CoverageDesk = Pick<Desk, 'db' | 'roster' | 'pack' | 'today'>

/** Where the document says nothing, somebody who was not at home twice was visited. Source: S3A-09 (not at home ×2), by default */
const DEFAULT_ATTEMPTS = 2
/** Of the households that the grid is known to have, so many are in a register that can be counted by. */
const REGISTER_SHARE = 0.5

/**
 * Counted from the visits as they stand: what is corrected, undone or imported later counts at once.
 *
 * @param month `2026-10`; days after today are not counted
 */
export async function measureCoverage(
  { db, roster, pack, today }: CoverageDesk,
  grids: readonly Grid[],
  month: string,
): Promise<GridCoverage[]> {
  const whole = monthRange(month)
  const range: DayRange = { from: whole.from, to: whole.to < today ? whole.to : today }
  const gridIds = grids.map(({ id }) => id)
  const households = await listHouseholdKeys(db, { gridIds })
  const visits = await listFieldRecords(db, {
    kind: 'visit',
    gridIds,
    from: instantAt(range.from, '00:00'),
    to: endOfDay(range.to),
  })
  const attempts = pack.visitAttempts?.value ?? DEFAULT_ATTEMPTS
  return grids.map(grid => {
    const own = households.filter(({ gridId }) => gridId === grid.id)
    const made = visits.filter(({ gridId }) => gridId === grid.id)
    const counted = countVisits(db, own, made)
    const buildings = roster.places
      .filter(({ gridId, kind }) => gridId === grid.id && kind === 'building')
      .map(({ name }) => readPlaceName(name).building ?? name)
    const hasRegister = isRegister(own, grid)
    const registered = countCoverage(own, counted, { range, attempts })
    const coverage = hasRegister
      ? registered
      : {
          ...countWithoutRegister({ total: grid.households ?? 0, buildings }, counted, { range, attempts }),
          waiting: registered.waiting,
        }
    return { grid, hasRegister, visits: made, ...coverage }
  })
}

/** A few households told by word are no register: the grid would be done with the first of them. */
function isRegister(own: readonly HouseholdKey[], { households = 0 }: Grid): boolean {
  return own.length > 0 && own.length >= households * REGISTER_SHARE
}

function countVisits(
  db: StreetDb,
  households: readonly HouseholdKey[],
  visits: readonly FieldRecord[],
): CountedVisit[] {
  const find = createFinder(db, households)
  // What was told to a crowd in a square was no visit to a household.
  const calls = visits.filter(({ people }) => people === undefined)
  return calls.map(visit => {
    const place = visit.place?.reveal()
    const person = visit.person?.reveal()
    const door = place === undefined ? {} : readDoor(place)
    return {
      day: doneOn(visit),
      householdId: find(door, person),
      building: door.building,
      key: [door.key ?? place, person].filter(Boolean).join(' '),
      isAttempt: visit.outcome !== undefined && visit.outcome !== 'moved',
      households: visit.households,
    }
  })
}

/** By the door; where people left the entrance or the door out, by what is unique: the short door, the name. */
function createFinder(db: StreetDb, households: readonly HouseholdKey[]) {
  const byDoor = new Map(households.map(household => [household.doorIndex, household.id]))
  const byName = groupIds(households, ({ nameIndex }) => nameIndex)
  const byShort = groupIds(households, ({ shortIndex }) => shortIndex)
  return ({ key, shortKey }: ReturnType<typeof readDoor>, person: string | undefined): string | undefined => {
    const exact = key === undefined ? undefined : byDoor.get(indexDoor(db, key))
    if (exact !== undefined) return exact
    const short = shortKey === undefined ? undefined : only(byShort.get(indexDoor(db, shortKey)))
    if (short !== undefined) return short
    // A door that is on no list is somebody else's, whatever the name.
    return key === undefined && person !== undefined ? only(byName.get(indexName(db, person))) : undefined
  }
}

function groupIds(households: readonly HouseholdKey[], indexOf: (one: HouseholdKey) => string | undefined) {
  const groups = new Map<string, string[]>()
  for (const household of households) {
    const index = indexOf(household)
    if (index !== undefined) groups.set(index, [...(groups.get(index) ?? []), household.id])
  }
  return groups
}

function only(ids: readonly string[] | undefined): string | undefined {
  return ids?.length === 1 ? ids[0] : undefined
}
