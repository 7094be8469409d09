import { measureDistanceM } from '../../policy/geo.ts'
import { communitiesOf, type Grid, type GridPlace, gridsOf, type Roster } from '../../storage/roster.ts'
import { chooseGrid, chooseNumbered, type GridChoice, listGridNos } from '../grids.ts'
import type { Ctx, StrangerCtx } from '../handler.ts'
import { isSamePlace, type PlaceName, readPlaceName } from './place-names.ts'

/** A position lies at the nearest known place, if one is so near. */
const NEAR_M = 150
const BORDER = /交界|边界|之间|周边/

interface Known {
  place: GridPlace
  names: PlaceName[]
}

/** Reading thousands of names once for each roster. */
const knownOf = new WeakMap<Roster, Known[]>()

function listKnown(roster: Roster): Known[] {
  const known =
    knownOf.get(roster) ??
    roster.places.map(place => ({ place, names: [place.name, ...place.aliases].map(readPlaceName) }))
  knownOf.set(roster, known)
  return known
}

/** The known places that the words name; of several the most exact ones. */
export function findPlaces(roster: Roster, told: string): GridPlace[] {
  const name = readPlaceName(told)
  const found = listKnown(roster).flatMap(({ place, names }) => {
    const exactness = Math.max(0, ...names.map(known => measureMatch(known, name)))
    return exactness > 0 ? [{ place, exactness }] : []
  })
  const most = Math.max(0, ...found.map(({ exactness }) => exactness))
  return found.filter(({ exactness }) => exactness === most).map(({ place }) => place)
}

function measureMatch(known: PlaceName, told: PlaceName): number {
  if (known.building !== undefined) {
    // A report names the building with or without the estate before it.
    return isSamePlace(known, told)
      ? known.building.length + (told.base.includes(known.base) ? known.base.length : 0)
      : 0
  }
  return known.base.length >= 2 && told.base.includes(known.base) ? known.base.length : 0
}

/**
 * Which grid a report belongs to: the one it names, else the one in which the place it names lies, else the one around its position,
 * else as for any work. A street or river that two grids share, and grids named on a border, are asked for once.
 * Source: S1-27 (含周边)
 */
export function chooseReportGrid(ctx: Ctx, place: string | undefined): GridChoice {
  const named = listGridNos(ctx.text)
  if (named.length > 1 && BORDER.test(ctx.text))
    return askAmong(
      ctx.roster,
      named.flatMap(no => chosen(ctx, no)),
    )
  if (named.length > 0) return chooseGrid(ctx)
  return chooseByPlace(ctx, place) ?? chooseGrid(ctx)
}

function chosen(ctx: Ctx, no: number): Grid[] {
  const choice = chooseNumbered(ctx, no)
  if ('found' in choice) return [choice.found]
  return 'among' in choice ? choice.among : []
}

/** By the known place or the position; undefined where neither tells. Serves people outside the roster too. */
export function chooseByPlace(ctx: Ctx | StrangerCtx, place: string | undefined): GridChoice | undefined {
  const { roster, chat, message } = ctx
  const located = message.detail.location
  const matches = findPlaces(roster, place ?? ctx.text)
  const near = matches.length === 0 && located ? findNearest(roster, located) : []
  const found = matches.length > 0 ? matches : near
  if (found.length === 0) return undefined

  const member = 'actor' in ctx ? ctx.actor : undefined
  const own = member ? gridsOf(roster, member, ctx.today).map(({ id }) => id) : []
  const communities = [
    ...(chat.group?.community ? [chat.group.community] : []),
    ...(member ? communitiesOf(roster, member, ctx.today) : []),
  ]
  const inCommunity = found.filter(({ gridId }) => communities.includes(roster.gridById(gridId)?.community ?? ''))
  const nearby = inCommunity.length > 0 ? inCommunity : found
  const isShared = nearby.length > 1 && nearby.every(({ kind }) => kind === 'other')
  // Every grid has its 3幢 and its 东门: the sender means that of the own grid, or of the one whose group it is.
  const mine = isShared ? [] : [chat.group?.gridId, ...own].flatMap(id => nearby.filter(({ gridId }) => gridId === id))
  const gridIds = new Set((mine.length > 0 ? mine : nearby).map(({ gridId }) => gridId))
  const grids = [...gridIds].map(id => roster.gridById(id)).filter(grid => grid !== undefined)
  return grids.length === 1 ? { found: grids[0]! } : askAmong(roster, grids)
}

function findNearest(roster: Roster, at: { lat: number; lng: number; datum: 'WGS-84' | 'GCJ-02' }): GridPlace[] {
  const measured = roster.places.flatMap(place =>
    place.position ? [{ place, distance: measureDistanceM({ ...place.position, datum: 'WGS-84' }, at) }] : [],
  )
  const nearest = measured.sort((a, b) => a.distance - b.distance)[0]
  return nearest && nearest.distance <= NEAR_M ? [nearest.place] : []
}

function askAmong(roster: Roster, grids: readonly Grid[]): GridChoice {
  const among = roster.grids.filter(grid => grids.includes(grid))
  if (among.length === 0) return { unknown: true }
  const numbers = new Set(among.map(({ no }) => no))
  return { ask: numbers.size === among.length ? 'grid' : 'community', among }
}
