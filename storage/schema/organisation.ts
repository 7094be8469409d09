import type { Millis, Row, Sealed, Voidable } from './columns.ts'

/** Appointments, changes of grids, hand-overs. */
export interface OrganisationTables extends StaffTables, GridTables {}

/** How the grids themselves change, and what lies in none of them. */
interface GridTables {
  /** A code that a grid bore through `until_day`; the newest one stands in `grid`. */
  grid_code: Row & { grid_id: string; code: string; until_day: string }
  /** 拆分, 合并, 改码: in force from `day` on. */
  grid_change: Row &
    Voidable & {
      no: number
      kind: 'split' | 'merge' | 'recode'
      day: string
      /** What changed, in the words it is told in; grids only, nobody's name. */
      words: string
      /** JSON of the rows it made, ended or recoded: what undoing puts back. */
      touched: string
      by_id: string
      at: Millis
      message_id: string
      /** 备案 with the county. */
      filed_at: Millis | null
      filed_by: string | null
    }
  /** What is not in the one net yet: an estate in no grid (`place`), a net of an office's own (`network`). */
  grid_gap: Row &
    Voidable & {
      no: number
      kind: 'place' | 'network'
      name: string
      by_id: string
      at: Millis
      message_id: string
      settled_at: Millis | null
      settled_by: string | null
    }
}

/** Who hands over to whom, what is known of a member beside the roster, cards for residents, requests and appointments. */
interface StaffTables {
  /** 交接: one row each time; one of status `asked` says only that the leader was asked who takes over. */
  hand_over: Row & {
    member_id: string
    taker_id: string | null
    /** The first day on which the taker has it. */
    from_day: string
    status: 'asked' | 'planned' | 'done' | 'cancelled'
    /** JSON {ended: [{id, to}], given: [role ids]}: what undoing puts back. */
    roles: string
    /** JSON {moved: row ids that changed hands, by kind; doubles; approverId}; null until the day. */
    moved: string | null
    /** Null where time asked. */
    by_id: string | null
    at: Millis
    done_at: Millis | null
    message_id: string | null
  }
  /** One fact of somebody's file; the newest of a field stands. */
  member_detail: Row &
    Voidable & {
      member_id: string
      field: 'kind' | 'document' | 'device' | 'allowance' | 'party' | 'poverty'
      value: Sealed
      by_id: string
      at: Millis
      message_id: string
    }
  /** 民情联系卡 given out in a grid, and what stood on it; 0 issued where only a change was told. */
  contact_card: Row &
    Voidable & {
      grid_id: string
      issued: number
      /** JSON [[post, name, phone]]. */
      content: Sealed
      by_id: string | null
      at: Millis
      message_id: string | null
    }
  /** 辞职 of a member, or 增员 of a grid. */
  staff_request: Row & {
    no: number
    kind: 'resign' | 'post'
    member_id: string
    grid_id: string | null
    text: Sealed | null
    approver_id: string
    status: 'pending' | 'approved' | 'rejected' | 'withdrawn'
    at: Millis
    decided_at: Millis | null
    decided_by: string | null
    decision_reason: Sealed | null
    message_id: string
  }
  appointment: Row & {
    no: number
    /** Who is to be appointed, on the roster or not yet. */
    name: Sealed
    member_id: string | null
    grid_id: string | null
    role_name: string
    status: 'open' | 'done' | 'dropped'
    by_id: string
    at: Millis
    message_id: string
  }
  appointment_step: Row & {
    appointment_id: string
    kind: 'step' | 'objection' | 'settled'
    /** As the pack names it. */
    step: string
    note: Sealed | null
    by_id: string
    at: Millis
    message_id: string
  }
}
