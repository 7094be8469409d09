import type { Schema } from './schema.ts'

type Sealing = { [T in keyof Schema]?: readonly (keyof Schema[T] & string)[] }

/** Every column that the vault seals, by table. What checks or exports whole rows asks here; a test compares it with the schema. */
export const sealedColumns = {
  member: ['phone'],
  chat: ['webhook', 'session'],
  unit: ['contact'],
  message: ['text', 'detail', 'slots'],
  photo: ['ref'],
  message_file: ['ref', 'name'],
  open_question: ['draft'],
  check_in: ['place'],
  field_record: ['person', 'place', 'findings'],
  outing: ['reason'],
  info_item: ['text', 'place'],
  incident: ['place', 'description', 'reporter_name', 'cause'],
  incident_log: ['text'],
  incident_hold: ['reason'],
  notice: ['title', 'content', 'requirement', 'appraisal', 'expedite_reason', 'withdraw_reason'],
  notice_approval: ['reason'],
  notice_progress: ['text'],
  notice_extension: ['reason', 'decision_reason'],
  task: ['giver_name', 'content'],
  task_progress: ['text'],
  inspection: ['findings'],
  inspection_step: ['text'],
  admission_log: ['text', 'reason'],
  leave_request: ['reason'],
  meeting: ['minutes', 'topic'],
  trainer: ['name', 'about'],
  training_absence: ['appeal', 'decision_reason'],
  outbox: ['text'],
  reply_ref: ['ref'],
  sent_message: ['text'],
  card_copy: ['ref'],
  work: ['payload'],
  audit: ['detail'],
} as const satisfies Sealing

export type SealedTable = keyof typeof sealedColumns
