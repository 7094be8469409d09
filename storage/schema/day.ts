import type { Flag, Millis, Row, Sealed, Voidable } from './columns.ts'

/** What belongs to a day's work away from the grid, to meetings and training: replies, materials, ratings, plan, exams, absences. */
export interface DayTables {
  /** Work done elsewhere (公出), for a day or half of it. */
  outing: Row &
    Voidable & {
      member_id: string
      day: string
      half: 'am' | 'pm' | null
      reason: Sealed
      message_id: string
    }
  /** Who said beforehand whether they come; the newest answer stands. */
  meeting_reply: {
    meeting_id: string
    member_id: string
    subdistrict_id: string
    coming: Flag
    at: Millis
    message_id: string
  }
  /** A picture or document for those who attend. */
  meeting_material: Row & { meeting_id: string; photo_id: string | null; file_id: string | null }
  /** One rating of one person, given at a meeting; nothing tells by whom. */
  meeting_rating: Row & { meeting_id: string; member_id: string; points: number }
  training_plan: Row & {
    year: number
    /** 1 … 12. */
    month: number
    topic: string
    by_id: string
    at: Millis
    dropped_at: Millis | null
    message_id: string
  }
  /** Training outside a class: before duty, or made up for a class that was missed. */
  training_done: Row & {
    kind: 'beforeDuty' | 'makeUp'
    member_id: string
    meeting_id: string | null
    day: string
    by_id: string
    at: Millis
    message_id: string
  }
  /** 培训师资. */
  trainer: Row & { name: Sealed; about: Sealed; by_id: string; at: Millis; message_id: string }
  /** A class missed without leave: a proposal until a named person signs. */
  training_absence: Row & {
    no: number
    meeting_id: string
    member_id: string
    status: 'proposed' | 'appealed' | 'confirmed' | 'dropped'
    told_at: Millis
    /** The last local day for an appeal. */
    appeal_by: string
    appeal: Sealed | null
    appealed_at: Millis | null
    decided_by: string | null
    decided_at: Millis | null
    decision_reason: Sealed | null
  }
  exam_question: Row & {
    no: number
    topic: string
    text: string
    /** JSON list; the first is A. */
    choices: string
    answer: string
    by_id: string
    at: Millis
    dropped_at: Millis | null
    message_id: string
  }
  exam: Row & {
    no: number
    topic: string
    /** JSON list, in the order in which they are asked. */
    question_ids: string
    opened_by: string
    opened_at: Millis
    closed_at: Millis | null
    message_id: string
  }
  exam_answer: {
    exam_id: string
    member_id: string
    question_id: string
    subdistrict_id: string
    choice: string
    correct: Flag
    at: Millis
    message_id: string
  }
}
