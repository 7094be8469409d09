import type { Millis, Row, Sealed } from './columns.ts'

/** What is put right: at once by its maker, or once its maker may not any more, by the word of whoever answers for the grid. */
export interface CorrectionTables {
  /** One link between a record and the one that takes its place. */
  correction: Row & {
    /** Of requests alone; what is put right at once has none. */
    no: number | null
    /** Whose record it is, and who asks. */
    member_id: string
    /** Where the deciders are looked for; absent where the person's own grids say. */
    grid_id: string | null
    /** As the audit names it. */
    subject_type: string
    /** Absent where nothing was recorded yet: a make-up punch. */
    subject_id: string | null
    /** The record that stands instead; absent while it waits, and where the old one is merely dropped. */
    new_id: string | null
    /** The local day that it changes. */
    day: string
    /** JSON of what is to be different. */
    changes: Sealed
    /** The same in words: `走访 王奶奶 → 李奶奶`. */
    what: Sealed
    reason: Sealed | null
    status: 'direct' | 'pending' | 'approved' | 'rejected' | 'cancelled'
    asked_at: Millis
    decided_by: string | null
    decided_at: Millis | null
    decision_reason: Sealed | null
    message_id: string
  }
}
