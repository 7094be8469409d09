import type { Schema } from './schema.ts'

type Sealing = { [T in keyof Schema]?: readonly (keyof Schema[T] & string)[] }

/** Every column that the vault seals, by table. What checks or exports whole rows asks here; a test compares it with the schema. */
export const sealedColumns = {
  member: ['phone'],
  chat: ['webhook', 'session'],
  unit: ['contact'],
  message: ['text', 'detail', 'slots'],
  photo: ['ref'],
  open_question: ['draft'],
  check_in: ['place'],
  field_record: ['person', 'place', 'findings'],
  info_item: ['text', 'place'],
  incident: ['place', 'description', 'reporter_name'],
  incident_log: ['text'],
  notice: ['title', 'content', 'requirement', 'appraisal', 'expedite_reason'],
  notice_approval: ['reason'],
  notice_progress: ['text'],
  leave_request: ['reason'],
  meeting: ['minutes'],
  outbox: ['text'],
  sent_message: ['text'],
  work: ['payload'],
  audit: ['detail'],
} as const satisfies Sealing

export type SealedTable = keyof typeof sealedColumns
