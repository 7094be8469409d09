import type { Kysely } from 'kysely'
import { applyStatements } from './apply.ts'

/** What each column means: `storage/schema/corrections.ts` of the day this landed. */
const CHANGES = `
create table correction (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer,
  member_id text not null references member (id),
  grid_id text references grid (id),
  subject_type text not null,
  subject_id text,
  new_id text,
  day text not null,
  changes text not null,
  what text not null,
  reason text,
  status text not null,
  asked_at bigint not null,
  decided_by text references member (id),
  decided_at bigint,
  decision_reason text,
  message_id text not null references message (id),
  unique (subdistrict_id, no)
);

create index correction_status on correction (subdistrict_id, status);
create index correction_subject on correction (subdistrict_id, subject_id);
create index correction_new on correction (subdistrict_id, new_id)
`

export function up(db: Kysely<unknown>): Promise<void> {
  return applyStatements(db, CHANGES)
}
