import { type Kysely, sql } from 'kysely'

/** Plain SQL that SQLite and PostgreSQL read alike. What each column means: `storage/schema.ts` of the day this landed. */
const CHANGES = `
alter table meeting add column topic text;
alter table meeting add column counts_for text;
alter table meeting add column moved_at bigint;

alter table field_record add column households integer;

create table outing (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  day text not null,
  half text,
  reason text not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table meeting_reply (
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  subdistrict_id text not null references subdistrict (id),
  coming integer not null,
  at bigint not null,
  message_id text not null references message (id),
  primary key (meeting_id, member_id)
);

create table meeting_material (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  meeting_id text not null references meeting (id),
  photo_id text references photo (id),
  file_id text references message_file (id)
);

create table meeting_rating (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  points integer not null
);

create table training_plan (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  year integer not null,
  month integer not null,
  topic text not null,
  by_id text not null references member (id),
  at bigint not null,
  dropped_at bigint,
  message_id text not null references message (id)
);

create table training_done (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  kind text not null,
  member_id text not null references member (id),
  meeting_id text references meeting (id),
  day text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id)
);

create table trainer (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  about text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id)
);

create table training_absence (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  status text not null,
  told_at bigint not null,
  appeal_by text not null,
  appeal text,
  appealed_at bigint,
  decided_by text references member (id),
  decided_at bigint,
  decision_reason text,
  unique (meeting_id, member_id)
);

create table exam_question (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  topic text not null,
  text text not null,
  choices text not null,
  answer text not null,
  by_id text not null references member (id),
  at bigint not null,
  dropped_at bigint,
  message_id text not null references message (id)
);

create table exam (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  topic text not null,
  question_ids text not null,
  opened_by text not null references member (id),
  opened_at bigint not null,
  closed_at bigint,
  message_id text not null references message (id)
);

create table exam_answer (
  exam_id text not null references exam (id),
  member_id text not null references member (id),
  question_id text not null references exam_question (id),
  subdistrict_id text not null references subdistrict (id),
  choice text not null,
  correct integer not null,
  at bigint not null,
  message_id text not null references message (id),
  primary key (exam_id, member_id, question_id)
);

create index outing_day on outing (subdistrict_id, day);
create index meeting_start_day on meeting (subdistrict_id, start_day);
create index meeting_rating_meeting on meeting_rating (meeting_id);
create index meeting_material_meeting on meeting_material (meeting_id);
create index training_done_member on training_done (subdistrict_id, member_id)
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES.split(';')) {
    if (statement.trim()) await sql.raw(statement).execute(db)
  }
}
