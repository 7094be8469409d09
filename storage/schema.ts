import type { Flag, Millis, Row, Sealed, Voidable } from './schema/columns.ts'
import type { CorrectionTables } from './schema/corrections.ts'
import type { DayTables } from './schema/day.ts'
import type { DeliveryTables } from './schema/delivery.ts'
import type { DossierTables } from './schema/dossier.ts'
import type { IncidentTables } from './schema/incidents.ts'
import type { InformationTables } from './schema/information.ts'
import type { NoticeTables } from './schema/notices.ts'
import type { OrganisationTables } from './schema/organisation.ts'
import type { PresenceTables } from './schema/presence.ts'
import type { RosterTables } from './schema/roster.ts'
import type { VisitTables } from './schema/visits.ts'

export type { Sealed }

/**
 * The tables, column by column, as both databases hold them. Instants are UTC epoch ms, days local `YYYY-MM-DD`, flags 0/1, lists JSON text.
 * `Sealed` columns hold personal data: AES-256-GCM text made by the vault for exactly this table, column and row.
 * `subdistrict_id` is the tenant: no query crosses it.
 */
export interface Schema
  extends RosterTables,
    DeliveryTables,
    IncidentTables,
    NoticeTables,
    DayTables,
    OrganisationTables,
    VisitTables,
    InformationTables,
    CorrectionTables,
    PresenceTables,
    DossierTables {
  subdistrict: { id: string; name: string; created_at: Millis }
  setting: { subdistrict_id: string; name: string; value: string }
  counter: { subdistrict_id: string; name: string; value: number }

  message: Row & {
    channel: string
    robot: string
    platform_id: string
    chat_platform_id: string
    chat_kind: 'group' | 'direct'
    sender_platform_id: string | null
    member_id: string | null
    at: Millis
    received_at: Millis
    text: Sealed
    /** JSON: mentions, quote, location. */
    detail: Sealed
    intent: string | null
    slots: Sealed | null
    status: 'handled' | 'refused' | 'asked' | 'unclear' | 'silent' | 'held' | 'failed'
    /** Reason code of a refusal, or what a failed handler threw (no personal data). */
    reason: string | null
  }
  photo: Row & {
    message_id: string
    ref: Sealed
    state: 'pending' | 'stored' | 'failed'
    file: string | null
    mime: string | null
    bytes: number | null
    sha256: string | null
    at: Millis
  }
  /** A document that came with a message. */
  message_file: Row & {
    message_id: string
    ref: Sealed
    name: Sealed
    state: 'pending' | 'stored' | 'failed'
    file: string | null
    mime: string | null
    bytes: number | null
    sha256: string | null
    at: Millis
  }
  open_question: Row & {
    asker: string
    chat_platform_id: string
    intent: string
    draft: Sealed
    asked_at: Millis
    ends_at: Millis
    message_id: string
  }

  check_in: Row &
    Voidable & {
      member_id: string
      day: string
      kind: 'on' | 'off'
      at: Millis
      result: 'onTime' | 'late' | 'early' | 'makeup'
      source: 'chat' | 'h5' | 'dingtalk' | 'wecom'
      place: Sealed | null
      distance_m: number | null
      message_id: string
    }
  /** Visits and patrols: work done in the grid. */
  field_record: Row &
    Voidable & {
      kind: 'visit' | 'patrol'
      member_id: string
      grid_id: string | null
      at: Millis
      claimed_at: Millis | null
      person: Sealed | null
      person_index: string | null
      place: Sealed | null
      minutes: number | null
      km: number | null
      /** How many were called on. */
      households: number | null
      findings: Sealed | null
      message_id: string
      /** What sort of visit it was (企业, 宣传), what was told (困难, 建议) and which of the document's duties it is; absent where nothing says so. */
      visit_kind: string | null
      visit_topic: string | null
      duty: string | null
      /** Why nobody was seen; absent where somebody was. */
      outcome: 'notHome' | 'refused' | 'hospital' | 'moved' | 'died' | null
      /** How many people something was told to. */
      people: number | null
      /** The incident that what was found became. */
      incident_id: string | null
    }
  info_item: Row &
    Voidable & {
      member_id: string
      grid_id: string | null
      at: Millis
      topic: string
      text: Sealed
      place: Sealed | null
      message_id: string
      /** From 1 per street. */
      no: number
      /** As the pack lists them: 人, 地, 物, 事, 组织; null where it lists none. */
      kind: string | null
      /** The item that said the same before: this one is kept and not counted. */
      repeat_of: string | null
      /** The number in the ledger of 社情民意. */
      opinion_no: number | null
      /** What became of it. */
      incident_id: string | null
      /** A figure that must reach the pack's threshold to count. */
      growth: 'wages' | 'survey' | 'investment' | null
      /** In yuan. */
      amount: number | null
    }
  leave_request: Row & {
    no: number
    member_id: string
    from_day: string
    to_day: string
    half: 'am' | 'pm' | null
    reason: Sealed | null
    meeting_id: string | null
    status: 'pending' | 'approved' | 'rejected' | 'cancelled'
    approver_id: string | null
    asked_at: Millis
    decided_at: Millis | null
    message_id: string
  }
  meeting: Row & {
    no: number
    kind: string
    start_day: string
    /** Null where no time of day was told. */
    start_at: Millis | null
    place: string | null
    scope: 'street' | 'community' | 'grid'
    community: string | null
    grid_id: string | null
    group_id: string | null
    called_by: string
    called_at: Millis
    status: 'planned' | 'held' | 'cancelled'
    minutes: Sealed | null
    minutes_at: Millis | null
    message_id: string
    /** What it is about: 防汛, 居民座谈会. */
    topic: Sealed | null
    /** JSON list of further kinds it counts for: 以会代训, 与研判会结合召开. */
    counts_for: string | null
    moved_at: Millis | null
  }
  meeting_attendance: Row & {
    meeting_id: string
    member_id: string
    state: 'present' | 'excused'
    at: Millis
    message_id: string | null
  }
  /** A reminder that belongs to one record; the cron jobs of the program need no row here. */
  timer: Row & { job: string; subject: string; due_at: Millis; cancelled: Flag }
  job_run: {
    job: string
    subject: string
    due_at: Millis
    state: 'running' | 'done' | 'failed' | 'dropped'
    started_at: Millis
    finished_at: Millis | null
    error: string | null
  }
  audit: Row & {
    at: Millis
    /** Member id, or `job:NAME`, `import`, `cli`. */
    by: string
    action: string
    subject_type: string
    subject_id: string
    message_id: string | null
    detail: Sealed | null
    /** Place and hash in the street's chain; null until the sealer came by. */
    seq: number | null
    hash: string | null
  }
  lease: { name: string; holder: string; until: Millis }
  /** What else a platform calls a person: an encrypted user id and the plain one it stands for. `noted_at` by the machine. */
  platform_alias: { channel: string; alias: string; platform_id: string; noted_at: Millis }
  /** Who is signed in on the phone pages; `id` is an index of the cookie, never the cookie itself. Instants by the machine. */
  h5_session: { id: string; channel: string; platform_id: string; created_at: Millis; expires_at: Millis }
  calendar_day: { subdistrict_id: string; day: string; kind: 'workday' | 'holiday'; name: string; added_at: Millis }
  /** The pack in force from a day on, whole, so that a past day is judged as it was then. */
  pack_version: Row & {
    pack_id: string
    version: string
    content: string
    content_hash: string
    from_day: string
    recorded_at: Millis
  }
  /** Callback signatures seen lately: guarantee 1 of the outside surface. */
  proof_seen: { key: string; first_at: Millis }
  usage: { month: string; channel: string; meter: string; count: number }
}
