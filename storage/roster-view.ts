import type { Day } from '../policy/time.ts'
import { createRoster, type Grid, type Roster } from './roster.ts'

const views = new WeakMap<Roster, Map<Day, Roster>>()

/**
 * The roster as it stands on a day: grids not yet formed or already merged are absent from its lists, places and chats of a merged grid
 * belong to the one that took it in, and each grid bears the code of that day. What was recorded before keeps its grid, which
 * `gridById` goes on finding. Source: S0-01 (history stays with the old code), S2-12
 */
export function viewRoster(roster: Roster, day: Day): Roster {
  if (roster.grids.every(isPlain)) return roster
  const known = views.get(roster) ?? new Map<Day, Roster>()
  views.set(roster, known)
  const view = known.get(day) ?? makeView(roster, day)
  known.set(day, view)
  return view
}

/** The code a grid bore on a day. Source: S0-01, S2-11 */
export function codeOn({ code, formerCodes }: Grid, day: Day): string {
  return formerCodes.find(({ until }) => day <= until)?.code ?? code
}

/** Whether it was formed by the day and not yet given up; a grid of the first roster is older than its row. */
export function isInForce({ from, to, predecessorId }: Grid, day: Day): boolean {
  return (predecessorId === undefined || from <= day) && (to === undefined || day <= to)
}

function isPlain({ to, predecessorId, formerCodes }: Grid): boolean {
  return to === undefined && predecessorId === undefined && formerCodes.length === 0
}

function makeView({ street, version, members, grids, groups, places }: Roster, day: Day): Roster {
  const all = new Map(grids.map(grid => [grid.id, { ...grid, code: codeOn(grid, day) }]))
  const settle = (id: string): string => {
    const grid = all.get(id)
    if (!grid || isInForce(grid, day)) return id
    // Before its day a place of the new grid lies in the one it will be split from.
    const other = day < grid.from ? grid.predecessorId : grid.successorId
    return other === undefined ? id : settle(other)
  }
  const own = groups.filter(({ gridId }) => gridId === undefined || settle(gridId) === gridId)
  // The chat of a merged grid still speaks for the new one; what is said to a grid goes to its own chat first.
  const inherited = groups
    .filter(group => !own.includes(group))
    .map(group => ({ ...group, gridId: settle(group.gridId!) }))
  const view = createRoster(
    street,
    version,
    [...members],
    [...all.values()].filter(grid => isInForce(grid, day)),
    [...own, ...inherited],
    places.map(place => ({ ...place, gridId: settle(place.gridId) })),
  )
  return {
    ...view,
    gridById: id => (id === undefined ? undefined : all.get(id)),
    // An open case of a merged grid is answered for where its people went.
    holders: (roles, on, where = {}) => {
      const found = view.holders(roles, on, where)
      const { gridId } = where
      return found.length > 0 || gridId === undefined
        ? found
        : view.holders(roles, on, { ...where, gridId: settle(gridId) })
    },
    groupFor: target =>
      view.groupFor(target) ??
      (target.gridId === undefined ? undefined : view.groupFor({ gridId: settle(target.gridId) })),
  }
}
