import type { Flag, Millis, Row, Sealed, Voidable } from './columns.ts'

/** Rounds with a beginning and an end, shifts and their handing over, reviews, support, reminders to sign in elsewhere. */
export interface PresenceTables {
  /** A visit round or patrol as its walker told its beginning and end; no place is measured. */
  round: Row &
    Voidable & {
      kind: 'visit' | 'patrol'
      member_id: string
      grid_id: string | null
      /** The day it counts for. */
      day: string
      began_at: Millis
      /** Null while it goes on, and where nobody told its end. */
      ended_at: Millis | null
      /** When its walker was asked for the end; asked once. */
      asked_at: Millis | null
      message_id: string
      /** The patrol that was filed with its end, where none was told in between. */
      field_record_id: string | null
    }
  /** One person's turn of duty on one day. */
  shift: Row & {
    day: string
    /** As the document names it: 白班, 夜班. */
    name: string
    starts_at: Millis
    ends_at: Millis
    member_id: string
    set_by: string
    set_at: Millis
    /** When the person said 接班. */
    taken_at: Millis | null
    dropped_at: Millis | null
    message_id: string
  }
  /** What one turn left to the next. */
  shift_handover: Row &
    Voidable & {
      shift_id: string
      at: Millis
      note: Sealed | null
      /** JSON list of `{type, no}`: what was open. */
      items: string
      message_id: string
    }
  /** A week or month looked back upon, in one line. */
  review: Row &
    Voidable & {
      member_id: string
      per: 'week' | 'month'
      /** `2026-W47`, `2026-11`. */
      period: string
      text: Sealed
      at: Millis
      message_id: string
    }
  /** A community that gets help, and why; no ranking. */
  support: Row & {
    community: string
    reason: Sealed
    by_id: string
    at: Millis
    ended_at: Millis | null
    message_id: string
  }
  /** A dated reminder to sign in to the phone of the platform above; one a day counts. */
  sign_in_reminder: Row & {
    member_id: string
    day: string
    /** Whether the person was on leave that day: then it counts for nothing. */
    on_leave: Flag
    by_id: string
    at: Millis
    message_id: string
  }
  /** A public criticism as a draft: nothing until a named person has signed. */
  circular: Row & {
    no: number
    member_id: string
    status: 'proposed' | 'appealed' | 'signed' | 'dropped'
    reason: Sealed
    told_at: Millis
    appeal_by: string
    appeal: Sealed | null
    decided_by: string | null
    decided_at: Millis | null
  }
}
