import type { Day } from '../policy/time.ts'
import { recordAudit } from './audit.ts'
import { type Db, inStreet } from './database.ts'
import { newId } from './ids.ts'
import { listStreets, touchRoster } from './load-roster.ts'
import type { Fault, GridRef, Import, StreetEntries } from './roster-import/entries.ts'
import { applyGrids } from './roster-import/grids.ts'
import { applyGroups } from './roster-import/groups.ts'
import { applyHouseholds } from './roster-import/households.ts'
import { applyPeople } from './roster-import/people.ts'
import { applyPlaces } from './roster-import/places.ts'
import { applyUnits } from './roster-import/units.ts'
import { applyVisitTargets } from './roster-import/visit-targets.ts'

/** How many of each were added or changed. */
export type RosterChanges = Record<
  'streets' | 'grids' | 'members' | 'groups' | 'units' | 'places' | 'households' | 'visitTargets',
  number
>

/** The files contradict what the database knows: the transaction must be given up. */
export class RosterConflict extends Error {
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super('the roster contradicts the database')
    this.name = 'RosterConflict'
    this.faults = faults
  }
}

/** What a street is called that no roster has named yet. */
export const UNNAMED_STREET = '本街道'

/** The streets of the database with their grids, so that a later set of files may speak of them. */
export async function listKnownStreets(db: Db): Promise<{ id: string; name: string; grids: GridRef[] }[]> {
  const grids = await db.sql.selectFrom('grid').select(['subdistrict_id', 'community', 'grid_no']).execute()
  return (await listStreets(db)).map(({ id, name }) => ({
    id,
    name,
    grids: grids
      .filter(grid => grid.subdistrict_id === id)
      .map(({ community, grid_no }) => ({ community, no: grid_no })),
  }))
}

/**
 * Puts a checked roster into the database. What is there already stays as it is: a second import of the same files writes nothing,
 * not even a new roster version; what the files leave out is untouched; 离岗 ends a role and keeps its history.
 * @param db of a transaction, which must roll back where this throws
 * @throws {RosterConflict} with every contradiction
 */
export async function applyRoster(
  db: Db,
  streets: readonly StreetEntries[],
  { now, today }: { now: number; today: Day },
): Promise<{ changes: RosterChanges; streetIds: string[] }> {
  const changes: RosterChanges = {
    streets: 0,
    grids: 0,
    members: 0,
    groups: 0,
    units: 0,
    places: 0,
    households: 0,
    visitTargets: 0,
  }
  const faults: Fault[] = []
  const streetIds: string[] = []
  const known = await listStreets(db)

  for (const street of streets) {
    const named = known.find(({ name }) => name === street.name)
    const found = named ?? (await nameStreet(db, known, street.name))
    const id = found?.id ?? newId(now)
    streetIds.push(id)
    const local = inStreet(db, id)
    const at: Import = {
      db: local,
      now,
      today,
      faults,
      record: (action, type, subjectId, detail) =>
        recordAudit(local, { at: now, by: 'import', action, subject: { type, id: subjectId }, detail }),
    }
    if (!found) {
      await db.sql.insertInto('subdistrict').values({ id, name: street.name, created_at: now }).execute()
      await at.record('created', 'street', id, { name: street.name })
      changes.streets += 1
    }
    const before = Object.values(changes).reduce((a, b) => a + b, 0)
    changes.grids += await applyGrids(at, street.grids)
    changes.members += await applyPeople(at, street.people)
    changes.groups += await applyGroups(at, street.groups)
    changes.units += await applyUnits(at, street.units)
    changes.places += await applyPlaces(at, street.places)
    changes.households += await applyHouseholds(at, street.households)
    changes.visitTargets += await applyVisitTargets(at, street.visitTargets)
    const after = Object.values(changes).reduce((a, b) => a + b, 0)
    if (after > before || !named) await touchRoster(local, newId(now))
  }
  if (faults.length > 0) throw new RosterConflict(faults)
  return { changes, streetIds }
}

/** The street that waits in a fresh database takes the first name that a roster brings. */
async function nameStreet(
  db: Db,
  known: { id: string; name: string }[],
  name: string,
): Promise<{ id: string; name: string } | undefined> {
  const [only, other] = known
  if (!only || other || only.name !== UNNAMED_STREET) return undefined
  await db.sql.updateTable('subdistrict').set({ name }).where('id', '=', only.id).execute()
  only.name = name
  return only
}
