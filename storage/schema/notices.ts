import type { Flag, Millis, Row, Sealed } from './columns.ts'

/** Task notices and what is done with them: receipts, extensions, tasks by word of mouth, inspections, admission. */
export interface NoticeTables {
  notice: Row & {
    no: number
    kind: 'campaign' | 'standing'
    title: Sealed | null
    content: Sealed | null
    requirement: Sealed | null
    appraisal: Sealed | null
    /** Local, `2026-11-20` or `2026-11-20T15:00`. */
    due: string | null
    /** JSON list of grid numbers' row ids; null = every grid. */
    grid_ids: string | null
    status: string
    deferred: Flag
    late: Flag
    expedite_reason: Sealed | null
    drafter_id: string
    office: string | null
    reviewer_id: string | null
    drafted_at: Millis
    submitted_at: Millis | null
    signed_at: Millis | null
    /** When it is to go out, judged at the signature. */
    release_at: Millis | null
    broadcast_at: Millis | null
    message_id: string
    /** JSON list of the roles that owe it, as the pack names them; null = the pack's receivers. */
    role_names: string | null
    /** JSON list of member ids: it goes to these people alone, in private. */
    member_ids: string | null
    /** 条线 of a standing task: 消防安全. */
    line: string | null
    /** JSON of `policy/recurrence.ts`; null = once. */
    recurrence: string | null
    /** First and last day of a recurring task; open where null. */
    starts_on: string | null
    ends_on: string | null
    /** The recurring task this is one time of, and the due day it stands for. */
    parent_id: string | null
    occurs_on: string | null
    /** The notice that this one puts right. */
    corrects_id: string | null
    closed_at: Millis | null
    withdrawn_at: Millis | null
    withdraw_reason: Sealed | null
  }
  notice_approval: Row & {
    notice_id: string
    role: string
    by_id: string
    /** 代签: the member on leave whose step `by_id` took. */
    for_id: string | null
    decision: 'approve' | 'sign' | 'reject' | 'issue'
    at: Millis
    reason: Sealed | null
    message_id: string | null
  }
  notice_receiver: Row & {
    notice_id: string
    member_id: string
    grid_id: string
    /** An extension that was granted: the later day or local time; null = the notice's own. */
    due: string | null
    acknowledged_at: Millis | null
    done_at: Millis | null
    message_id: string | null
  }
  notice_progress: Row & {
    notice_id: string
    member_id: string
    at: Millis
    count: number | null
    /** How many are left, where that was told (还差4户). */
    remaining: number | null
    done: Flag | null
    text: Sealed
    message_id: string
  }
  notice_extension: Row & {
    no: number
    notice_id: string
    /** The grid whose receivers get the later day. */
    grid_id: string
    member_id: string
    due: string
    reason: Sealed
    status: 'pending' | 'granted' | 'refused' | 'withdrawn'
    asked_at: Millis
    decided_by: string | null
    decided_at: Millis | null
    decision_reason: Sealed | null
    message_id: string
  }
  /** A task that somebody was given by word of mouth, in chat or by a meeting's decision; one row per person. */
  task: Row & {
    no: number
    member_id: string
    giver_id: string | null
    /** A giver whom the roster does not know. */
    giver_name: Sealed | null
    content: Sealed
    due: string
    photo_asked: Flag
    /** 条线: the office or 社区 it comes from. */
    line: string | null
    /** `meeting`, … where a record and not a message of the giver's asked for it. */
    source_type: string | null
    source_id: string | null
    admission_id: string | null
    status: 'open' | 'done' | 'cancelled'
    assigned_at: Millis
    acknowledged_at: Millis | null
    done_at: Millis | null
    message_id: string | null
  }
  task_progress: Row & {
    task_id: string
    member_id: string
    at: Millis
    count: number | null
    remaining: number | null
    done: Flag | null
    text: Sealed
    message_id: string
  }
  /** 督导: what an inspector found in a grid or at a person. */
  inspection: Row & {
    no: number
    notice_id: string | null
    grid_id: string | null
    /** The inspected person; null where the grid as a whole was inspected. */
    member_id: string | null
    inspector_id: string
    at: Millis
    findings: Sealed
    /** Points proposed to be taken off; they count only when signed elsewhere. */
    deduct: number | null
    status: 'open' | 'answered' | 'corrected' | 'passed' | 'failed' | 'withdrawn'
    /** The day by which the inspected are to answer, and its sum in words. */
    feedback_day: string
    feedback_sum: string
    message_id: string
  }
  inspection_step: Row & {
    inspection_id: string
    at: Millis
    by_id: string
    step: 'answer' | 'correct' | 'pass' | 'fail'
    text: Sealed
    message_id: string
  }
  /** 准入: a matter, or an appraisal, that may enter the grids. */
  admission: Row & {
    code: string
    kind: 'regular' | 'temporary' | 'appraisal'
    title: string
    department: string | null
    standard: string | null
    training: string | null
    from_day: string
    to_day: string | null
    status: 'admitted' | 'stopped'
    registered_by: string
    registered_at: Millis
    message_id: string
  }
  /** Under which admission a notice goes out; without one where the principal leader forced it. */
  notice_admission: {
    notice_id: string
    subdistrict_id: string
    admission_id: string | null
    forced: Flag
    at: Millis
  }
  /** What the gate turned away, and what was forced through it: 转嫁统计. */
  admission_log: Row & {
    kind: 'refused' | 'forced' | 'appraisal'
    at: Millis
    by_id: string
    office: string | null
    notice_id: string | null
    text: Sealed
    reason: Sealed | null
    message_id: string
  }
  /** Which sheet (outbox row) carried which notice to which group: the proof of 16:00. */
  notice_sheet: { notice_id: string; outbox_id: string; group_id: string | null; subdistrict_id: string }
  /** A picture or document that travels with a notice. */
  notice_attachment: Row & { notice_id: string; photo_id: string | null; file_id: string | null }
}
