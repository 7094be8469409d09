/** A place as far as its grid is in question. */
export interface LocatedPlace {
  gridId: string
  community: string
  name: string
  kind: string
}

/** What lies in one grid alone: a lane or a river may run between two, and every estate has an east gate. */
const WHOLE = ['building', 'shop', 'firm', 'station']

/**
 * Places that two grids of one community both claim, each with the grids that do. A name alone cannot tell two buildings apart: who
 * has two `3幢` in a community writes the estate before it. Source: S2-10
 */
export function findOverlaps(places: readonly LocatedPlace[]): { name: string; gridIds: string[] }[] {
  const claims = new Map<string, { name: string; gridIds: Set<string> }>()
  for (const { gridId, community, name, kind } of places) {
    if (!WHOLE.includes(kind)) continue
    const key = `${community} ${name}`
    const claim = claims.get(key) ?? { name, gridIds: new Set<string>() }
    claim.gridIds.add(gridId)
    claims.set(key, claim)
  }
  return [...claims.values()]
    .filter(({ gridIds }) => gridIds.size > 1)
    .map(({ name, gridIds }) => ({ name, gridIds: [...gridIds] }))
}
