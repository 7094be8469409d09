import type { Millis, Row, Sealed, Voidable } from './columns.ts'
import type { VisitTargetTables } from './visit-targets.ts'

/** Whom and where to visit, households. */
export type VisitTables = CoverageTables & VisitTargetTables

/** Households and whether they were visited, what was reported about it, targets and what is done of them. */
export interface CoverageTables {
  household: Row & {
    grid_id: string
    /** As it is named where its door must not be: `3-005`. */
    code: string
    /** `3`, `A`; absent where the address tells none. */
    building: string | null
    door: Sealed
    /** Of building and door together, within the grid. */
    door_index: string
    /** The same without the entrance (单元), which people leave out. */
    short_index: string
    /** 户主. */
    name: Sealed | null
    name_index: string | null
    /** 责任人. */
    member_id: string | null
    from_day: string
    closed_on: string | null
    /** `moved` · `empty`: nobody to visit any more. */
    closed_reason: 'moved' | 'empty' | null
  }
  household_assignment: Row &
    Voidable & {
      member_id: string
      /** JSON: whose each household was before. */
      former: string
      by_id: string
      at: Millis
      message_id: string
    }
  coverage_report: Row &
    Voidable & {
      grid_id: string
      /** `2026-10` */
      month: string
      round: 'first' | 'final'
      visited: number
      total: number
      by_id: string
      at: Millis
      message_id: string
    }
  work_target: Row &
    Voidable & {
      community: string
      year: number
      name: Sealed
      name_index: string
      count: number
      by_id: string
      at: Millis
      message_id: string
    }
  work_done: Row &
    Voidable & {
      community: string
      year: number
      /** Of the target's name. */
      name_index: string
      count: number
      grid_id: string | null
      by_id: string
      at: Millis
      message_id: string
    }
}
