import type { Flag, Millis, Row, Sealed } from './columns.ts'

/** What the program says and how it leaves. */
export interface DeliveryTables {
  outbox: Row & {
    to_kind: 'chat' | 'member' | 'person'
    /** The `chat` row for a chat. */
    chat_id: string | null
    member_id: string | null
    /** Someone outside the roster: channel and platform id. */
    channel: string | null
    platform_id: string | null
    kind: string
    text: Sealed
    /** JSON list of member ids to @. */
    mentions: string
    /** JSON of the buttons offered, or null. */
    card: string | null
    /** JSON of the picture that goes along, drawn when it is sent, or null. */
    attachment: string | null
    urgency: 'urgent' | 'answer' | 'notice' | 'normal'
    merge_key: string | null
    /** JSON {head, item}: how the row reads as one of several. */
    merge: string | null
    not_before: Millis
    /** A reminder is worthless after this instant and is then dropped. */
    not_after: Millis | null
    state: 'pending' | 'sending' | 'sent' | 'failed' | 'dead'
    attempts: number
    /** 1 where an earlier try may have reached the platform: the next is marked 补发. */
    doubtful: Flag
    lease_until: Millis | null
    at: Millis
    sent_at: Millis | null
    merged_into: string | null
    error: string | null
    /** The `card_copy` whose buttons this text takes the place of; null for every other text. */
    replaces: string | null
    message_id: string | null
    subject_type: string | null
    subject_id: string | null
  }
  /** What really left, send by send; the simulator's chats and the pacing of each route read it. */
  sent_message: Row & {
    outbox_id: string
    channel: string
    /** Conversation or person on the platform. */
    target: string
    route: string
    text: Sealed
    mentions: string
    card: string | null
    attachment: string | null
    at: Millis
    platform_id: string | null
  }
  work: Row & {
    kind: string
    payload: Sealed
    state: 'pending' | 'done' | 'dead'
    attempts: number
    not_before: Millis
    lease_until: Millis | null
    error: string | null
    message_id: string | null
    at: Millis
  }
  /** One reader's copy of a card and how it can be changed, once. `usable_until` and `spent_at` by the machine. */
  card_copy: Row & {
    /** The outbox row that was sent with it. */
    card_id: string
    channel: string
    /** Whose it is: `@` and the platform id, or the conversation. */
    target: string
    ref: Sealed
    usable_until: Millis
    spent_at: Millis | null
  }
  /** The way to answer one message that its platform handed out with it; `id` is the message's. `expires_at` and `spent_at` by the machine. */
  reply_ref: Row & { ref: Sealed; expires_at: Millis; spent_at: Millis | null }
}
