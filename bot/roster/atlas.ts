import type { GridRef } from '../../storage/roster-import/entries.ts'

export type Place = { ok: true; community?: string; grid?: GridRef } | { ok: false; reason: string }

/** Which grid or community a line means, as far as it says. */
export interface Atlas {
  locate(line: { community?: string; gridNo?: number }): Place
}

/** @param grids every grid of the street; the same one may come twice */
export function createAtlas(grids: readonly GridRef[]): Atlas {
  const communities = new Set(grids.map(({ community }) => community))
  const byNo = new Map<number, Map<string, GridRef>>()
  for (const { community, no } of grids) {
    byNo.set(no, (byNo.get(no) ?? new Map<string, GridRef>()).set(community, { community, no }))
  }

  return {
    locate({ community, gridNo }) {
      if (community !== undefined && !communities.has(community)) {
        return { ok: false, reason: `网格名册里没有“${community}”` }
      }
      if (gridNo === undefined) return { ok: true, community }
      const numbered = byNo.get(gridNo) ?? new Map<string, GridRef>()
      if (community !== undefined) {
        const grid = numbered.get(community)
        return grid ? { ok: true, community, grid } : { ok: false, reason: `${community}没有 ${gridNo} 号网格` }
      }
      const [grid, other] = numbered.values()
      if (!grid) return { ok: false, reason: `网格名册里没有 ${gridNo} 号网格` }
      if (other) {
        return { ok: false, reason: `${[...numbered.keys()].join('、')}都有 ${gridNo} 号网格，要写明“社区”` }
      }
      return { ok: true, community: grid.community, grid }
    },
  }
}
