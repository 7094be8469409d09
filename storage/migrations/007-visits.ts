import type { Kysely } from 'kysely'
import { applyStatements } from './apply.ts'

/** What each column means: `storage/schema/visits.ts` of the day this landed. */
const CHANGES = `
create table visit_target (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  list text not null,
  code text not null,
  name text not null,
  name_index text not null,
  address text,
  born_on text,
  grid_id text not null references grid (id),
  member_id text references member (id),
  at_least integer,
  per text,
  from_day text not null,
  paused_until text,
  closed_on text,
  closed_reason text,
  by_id text references member (id),
  created_at bigint not null,
  message_id text references message (id),
  voided_at bigint,
  voided_by text
);

create table visit_target_change (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  target_id text not null references visit_target (id),
  kind text not null,
  former text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table visit_of_target (
  field_record_id text not null references field_record (id),
  target_id text not null references visit_target (id),
  subdistrict_id text not null references subdistrict (id),
  primary key (field_record_id, target_id)
);

alter table field_record add column visit_kind text;
alter table field_record add column visit_topic text;
alter table field_record add column duty text;
alter table field_record add column outcome text;
alter table field_record add column people integer;
alter table field_record add column incident_id text references incident (id);

create unique index visit_target_code on visit_target (subdistrict_id, code);
create index visit_target_grid on visit_target (grid_id, name_index);
create index visit_target_member on visit_target (member_id);
create index visit_target_change_target on visit_target_change (target_id);
create index visit_of_target_target on visit_of_target (target_id);
create index field_record_message on field_record (message_id);

create table household (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  code text not null,
  building text,
  door text not null,
  door_index text not null,
  short_index text not null,
  name text,
  name_index text,
  member_id text references member (id),
  from_day text not null,
  closed_on text,
  closed_reason text,
  unique (grid_id, code),
  unique (grid_id, door_index)
);

create table household_assignment (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  former text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table coverage_report (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  month text not null,
  round text not null,
  visited integer not null,
  total integer not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table work_target (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  community text not null,
  year integer not null,
  name text not null,
  name_index text not null,
  count integer not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table work_done (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  community text not null,
  year integer not null,
  name_index text not null,
  count integer not null,
  grid_id text references grid (id),
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create index household_member on household (subdistrict_id, member_id);
create index household_name on household (grid_id, name_index);
create index coverage_report_month on coverage_report (subdistrict_id, month);
create index work_target_year on work_target (subdistrict_id, year);
create index work_done_year on work_done (subdistrict_id, year)
`

export function up(db: Kysely<unknown>): Promise<void> {
  return applyStatements(db, CHANGES)
}
