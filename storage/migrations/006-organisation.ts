import type { Kysely } from 'kysely'
import { applyStatements } from './apply.ts'

/** What each column means: `storage/schema/organisation.ts` of the day this landed. */
const CHANGES = `
alter table grid add column area_class text;
alter table grid add column party_mode text;
alter table grid add column predecessor_id text;
alter table grid add column successor_id text;
drop index grid_number;
create unique index grid_number on grid (subdistrict_id, community, grid_no, from_day);
alter table member add column titles text;
alter table member add column born text;
alter table member_role add column point text;

create table grid_code (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  code text not null,
  until_day text not null
);
create index grid_code_grid on grid_code (subdistrict_id, grid_id);

create table grid_change (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  kind text not null,
  day text not null,
  words text not null,
  touched text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  filed_at bigint,
  filed_by text references member (id),
  voided_at bigint,
  voided_by text,
  unique (subdistrict_id, no)
);

create table grid_gap (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  kind text not null,
  name text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  settled_at bigint,
  settled_by text references member (id),
  voided_at bigint,
  voided_by text,
  unique (subdistrict_id, no)
);

create table hand_over (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  taker_id text references member (id),
  from_day text not null,
  status text not null,
  roles text not null,
  moved text,
  by_id text references member (id),
  at bigint not null,
  done_at bigint,
  message_id text references message (id)
);
create index hand_over_member on hand_over (subdistrict_id, member_id);

create table member_detail (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  field text not null,
  value text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);
create index member_detail_member on member_detail (subdistrict_id, member_id);

create table contact_card (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  issued integer not null,
  content text not null,
  by_id text references member (id),
  at bigint not null,
  message_id text references message (id),
  voided_at bigint,
  voided_by text
);
create index contact_card_grid on contact_card (subdistrict_id, grid_id);

create table staff_request (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  kind text not null,
  member_id text not null references member (id),
  grid_id text references grid (id),
  text text,
  approver_id text not null references member (id),
  status text not null,
  at bigint not null,
  decided_at bigint,
  decided_by text references member (id),
  decision_reason text,
  message_id text not null references message (id),
  unique (subdistrict_id, no)
);

create table appointment (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  name text not null,
  member_id text references member (id),
  grid_id text references grid (id),
  role_name text not null,
  status text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  unique (subdistrict_id, no)
);

create table appointment_step (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  appointment_id text not null references appointment (id),
  kind text not null,
  step text not null,
  note text,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id)
);
create index appointment_step_appointment on appointment_step (subdistrict_id, appointment_id);
`

export function up(db: Kysely<unknown>): Promise<void> {
  return applyStatements(db, CHANGES)
}
