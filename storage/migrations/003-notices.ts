import { type Kysely, sql } from 'kysely'

/** Plain SQL that SQLite and PostgreSQL read alike. What each column means: `storage/schema.ts` of the day this landed. */
const CHANGES = `
alter table notice add column role_names text;
alter table notice add column member_ids text;
alter table notice add column line text;
alter table notice add column recurrence text;
alter table notice add column starts_on text;
alter table notice add column ends_on text;
alter table notice add column parent_id text references notice (id);
alter table notice add column occurs_on text;
alter table notice add column corrects_id text references notice (id);
alter table notice add column closed_at bigint;
alter table notice add column withdrawn_at bigint;
alter table notice add column withdraw_reason text;
alter table notice_approval add column for_id text references member (id);

create table message_file (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  message_id text not null references message (id),
  ref text not null,
  name text not null,
  state text not null,
  file text,
  mime text,
  bytes bigint,
  sha256 text,
  at bigint not null
);

create table notice_attachment (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  notice_id text not null references notice (id),
  photo_id text references photo (id),
  file_id text references message_file (id)
);

create index message_file_message on message_file (message_id);
create index notice_attachment_notice on notice_attachment (notice_id);
create index notice_drafter on notice (drafter_id);
create unique index notice_occurrence on notice (parent_id, occurs_on);

alter table notice_receiver add column due text;
alter table notice_progress add column remaining integer;

create table notice_extension (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  notice_id text not null references notice (id),
  grid_id text not null references grid (id),
  member_id text not null references member (id),
  due text not null,
  reason text not null,
  status text not null,
  asked_at bigint not null,
  decided_by text references member (id),
  decided_at bigint,
  decision_reason text,
  message_id text not null references message (id),
  unique (subdistrict_id, no)
);

create table task (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  member_id text not null references member (id),
  giver_id text references member (id),
  giver_name text,
  content text not null,
  due text not null,
  photo_asked integer not null,
  line text,
  source_type text,
  source_id text,
  admission_id text,
  status text not null,
  assigned_at bigint not null,
  acknowledged_at bigint,
  done_at bigint,
  message_id text references message (id),
  unique (subdistrict_id, no)
);

create table task_progress (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  task_id text not null references task (id),
  member_id text not null references member (id),
  at bigint not null,
  count integer,
  remaining integer,
  done integer,
  text text not null,
  message_id text not null references message (id)
);

create table inspection (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  notice_id text references notice (id),
  grid_id text references grid (id),
  member_id text references member (id),
  inspector_id text not null references member (id),
  at bigint not null,
  findings text not null,
  deduct real,
  status text not null,
  feedback_day text not null,
  feedback_sum text not null,
  message_id text not null references message (id),
  unique (subdistrict_id, no)
);

create table inspection_step (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  inspection_id text not null references inspection (id),
  at bigint not null,
  by_id text not null references member (id),
  step text not null,
  text text not null,
  message_id text not null references message (id)
);

create table admission (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  code text not null,
  kind text not null,
  title text not null,
  department text,
  standard text,
  training text,
  from_day text not null,
  to_day text,
  status text not null,
  registered_by text not null references member (id),
  registered_at bigint not null,
  message_id text not null references message (id),
  unique (subdistrict_id, code)
);

create table notice_admission (
  notice_id text primary key references notice (id),
  subdistrict_id text not null references subdistrict (id),
  admission_id text references admission (id),
  forced integer not null,
  at bigint not null
);

create table admission_log (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  kind text not null,
  at bigint not null,
  by_id text not null references member (id),
  office text,
  notice_id text references notice (id),
  text text not null,
  reason text,
  message_id text not null references message (id)
);

create index notice_extension_notice on notice_extension (notice_id);
create index task_member on task (subdistrict_id, member_id, status);
create index task_progress_task on task_progress (task_id);
create index inspection_notice on inspection (notice_id);
create index inspection_step_inspection on inspection_step (inspection_id);
create index admission_log_at on admission_log (subdistrict_id, at)
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES.split(';')) {
    if (statement.trim()) await sql.raw(statement).execute(db)
  }
}
