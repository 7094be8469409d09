import type { Flag, Millis, Row, Sealed, Voidable } from './columns.ts'

/** What is known of a grid, what its people know of it, diaries, and what each person wants to hear. */
export interface DossierTables {
  /** One thing told about a grid. Nothing is overwritten: of the rows with one name the newest that stands counts. */
  grid_fact: Row &
    Voidable & {
      grid_id: string
      /** As the pack lists it or people call it: 出租房, 常住人口. */
      name: string
      /** Null where it is told in words alone. */
      count: number | null
      /** 户, 人; null where nobody said one. */
      unit: string | null
      note: Sealed | null
      /** `doubtful`: it contradicts what was known, and whoever told it was asked. */
      state: 'stands' | 'doubtful'
      at: Millis
      by_id: string
      message_id: string
    }
  /** One round of 应知应会 of one person about one grid. */
  knowledge_quiz: Row & {
    no: number
    member_id: string
    grid_id: string
    /** JSON list of question, choices and answer, as they were asked. */
    questions: Sealed
    begun_at: Millis
    /** Null while questions are open. */
    ended_at: Millis | null
    message_id: string
  }
  /** The first answer to a question stands. */
  knowledge_answer: {
    quiz_id: string
    /** From 1. */
    place: number
    subdistrict_id: string
    choice: string
    correct: Flag
    at: Millis
    message_id: string
  }
  /** The day's diary as its owner confirmed it; the newest that stands counts. */
  diary: Row &
    Voidable & {
      member_id: string
      day: string
      /** Of the lines that were confirmed: tells later whether a record changed since. */
      stamp: string
      confirmed_at: Millis
      message_id: string
    }
  /** What no record tells: the owner's own words. */
  diary_note: Row & Voidable & { member_id: string; day: string; text: Sealed; at: Millis; message_id: string }
  /** What a person switched on or off for themselves. */
  member_choice: {
    subdistrict_id: string
    member_id: string
    name: string
    value: 'on' | 'off'
    at: Millis
    message_id: string
  }
}
