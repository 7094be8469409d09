import type { Kysely } from 'kysely'
import { applyStatements } from './apply.ts'

/** What each column means: `storage/schema/presence.ts` of the day this landed. */
const CHANGES = `
create table round (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  kind text not null,
  member_id text not null references member (id),
  grid_id text references grid (id),
  day text not null,
  began_at bigint not null,
  ended_at bigint,
  asked_at bigint,
  message_id text not null references message (id),
  field_record_id text references field_record (id),
  voided_at bigint,
  voided_by text
);

create table shift (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  day text not null,
  name text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  member_id text not null references member (id),
  set_by text not null references member (id),
  set_at bigint not null,
  taken_at bigint,
  dropped_at bigint,
  message_id text not null references message (id)
);

create table shift_handover (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  shift_id text not null references shift (id),
  at bigint not null,
  note text,
  items text not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table review (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  per text not null,
  period text not null,
  text text not null,
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table support (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  community text not null,
  reason text not null,
  by_id text not null references member (id),
  at bigint not null,
  ended_at bigint,
  message_id text not null references message (id)
);

create table sign_in_reminder (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  day text not null,
  on_leave integer not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  unique (subdistrict_id, member_id, day)
);

create table circular (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  member_id text not null references member (id),
  status text not null,
  reason text not null,
  told_at bigint not null,
  appeal_by text not null,
  appeal text,
  decided_by text references member (id),
  decided_at bigint,
  unique (subdistrict_id, no)
);

create index round_member on round (subdistrict_id, member_id, day);
create index shift_day on shift (subdistrict_id, day);
create index shift_handover_shift on shift_handover (shift_id);
create index review_member on review (subdistrict_id, member_id)
`

export function up(db: Kysely<unknown>): Promise<void> {
  return applyStatements(db, CHANGES)
}
