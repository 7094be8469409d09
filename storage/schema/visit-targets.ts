import type { Millis, Row, Sealed, Voidable } from './columns.ts'

/** Whom and what the lists of the rules say to visit, and which visit was for whom. */
export interface VisitTargetTables {
  /** One person or place on one list; whoever stands on two lists has two rows. */
  visit_target: Row &
    Voidable & {
      /** As the pack or the office calls it: 低保户. */
      list: string
      /** As it is named where names must not be: `低保-03`. */
      code: string
      name: Sealed
      name_index: string
      address: Sealed | null
      born_on: Sealed | null
      grid_id: string
      /** 责任人; absent: the workers of the grid. */
      member_id: string | null
      /** Its own frequency; absent: that of the list. */
      at_least: number | null
      per: 'week' | 'month' | 'quarter' | null
      from_day: string
      /** The last day on which nothing is owed: in hospital, away. */
      paused_until: string | null
      closed_on: string | null
      closed_reason: string | null
      by_id: string | null
      created_at: Millis
      /** Absent where an import brought it. */
      message_id: string | null
    }
  /** What somebody changed about one: how it stood before is what undoing brings back. */
  visit_target_change: Row &
    Voidable & {
      target_id: string
      kind: 'closed' | 'paused' | 'resumed' | 'moved' | 'reassigned'
      /** JSON of the columns before. */
      former: Sealed
      by_id: string
      at: Millis
      message_id: string
    }
  visit_of_target: { field_record_id: string; target_id: string; subdistrict_id: string }
}
