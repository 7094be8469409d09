import { listHolders, type PostRef, type StaffedGrid, type Staffing, type StaffingFacts } from './staffing.ts'

export type AreaClass = 'intricate' | 'other'

/** How many of the grids that ought to have a post have it. */
export interface Share {
  post: PostRef
  /** The kind of community; absent where the rule makes no difference. */
  area?: AreaClass
  filled: number
  grids: number
  /** The percentage the document asks for. */
  percent: number
  rule: string
  clause: string
  ok: boolean
}

/**
 * 配备率: grids with at least one holder of the post ÷ grids, for each post and kind of community the document names.
 * A community of which the roster tells no kind counts as the stricter first one. Source: S2-02, S2-03
 */
export function judgeShares(
  { shares, areaClasses }: Staffing,
  facts: StaffingFacts,
  areaOf: (grid: StaffedGrid) => AreaClass | undefined,
): Share[] {
  const stricter = areaClasses?.value[0]
  return shares.flatMap(({ value: { roles, employment, area, percent }, rule, clause }) => {
    const grids = facts.grids.filter(grid => area === undefined || (areaOf(grid) ?? stricter) === area)
    return roles.map((role): Share => {
      const post = { role, employment }
      const filled = grids.filter(({ id }) => listHolders(facts, post, { gridId: id }).length > 0).length
      return {
        post,
        area,
        filled,
        grids: grids.length,
        percent,
        rule,
        clause,
        ok: filled * 100 >= percent * grids.length,
      }
    })
  })
}
