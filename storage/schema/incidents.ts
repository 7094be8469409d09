import type { Flag, Millis, Row, Sealed, Voidable } from './columns.ts'

/** Incidents with their holds, helpers, calls and log. */
export interface IncidentTables {
  incident: Row &
    Voidable & {
      no: number
      grid_id: string | null
      category: string
      urgent: Flag
      level: 'ordinary' | 'complex' | 'major' | null
      place: Sealed | null
      description: Sealed
      /** A member, or null where a resident or an unknown person reported: then `reporter_name`. */
      reporter_id: string | null
      reporter_name: Sealed | null
      verified: Flag
      status: string
      /** JSON of the named hold, or null. */
      hold: string | null
      tier: 'grid' | 'community' | 'subdistrict' | 'county'
      holder_id: string | null
      holder_unit: string | null
      /** JSON {accept, dispatch, resolve}. */
      deadlines: string
      rating: number | null
      reported_at: Millis
      message_id: string
      /** One of the document's kinds of case (一般性工作, 突发性工作, …), where its pack tells them apart. */
      work_class: string | null
      /** Day 0 of the deadlines where it is not the report day: the day the case was opened again. */
      clock_from: string | null
      /** JSON [{tier, day}]: within whose powers the matter was judged to lie, and when; the first by the report. */
      jurisdiction: string
      /** JSON [{stage, step, day, at}]: reminders, supervision and escalation that happened, by the deadline they belong to. */
      steps: string
      /** When the next of these is due; null where none is. */
      next_step_at: Millis | null
      /** The tier it was resolved on. */
      closed_tier: 'grid' | 'community' | 'subdistrict' | 'county' | null
      merged_into: string | null
      /** How it came: found, resident, hotline, inspection, upper. */
      origin: string
      /** `service` for 代办, a resident's errand; else `incident`. */
      matter: string
      /** Its root cause, as somebody named it. */
      cause: Sealed | null
    }
  /** More time, a pause or a hang-up: asked for with a reason, in force once approved. */
  incident_hold: Row & {
    incident_id: string
    kind: 'extended' | 'paused' | 'hungUp'
    state: 'asked' | 'approved' | 'refused' | 'ended'
    asked_by: string
    asked_at: Millis
    reason: Sealed
    /** Working days or days, as the deadline counts: what an extension adds; 0 for the others. */
    days: number
    /** First and last local day of a pause or hang-up, both included; the last one moves when it ends early. */
    from_day: string | null
    until_day: string | null
    decided_by: string | null
    decided_at: Millis | null
    message_id: string
  }
  /** Who lent a hand and is credited for it. */
  incident_helper: Row & { incident_id: string; member_id: string; added_by: string; at: Millis; message_id: string }
  /** 吹哨: a unit that was called and must answer in time. */
  incident_call: Row & {
    incident_id: string
    unit: string
    called_by: string
    called_at: Millis
    due_at: Millis
    answered_by: string | null
    answered_at: Millis | null
    reminded_at: Millis | null
    message_id: string
  }
  incident_log: Row & {
    incident_id: string
    at: Millis
    by_id: string | null
    action: string
    text: Sealed
    message_id: string | null
  }
}
