import { type Kysely, sql } from 'kysely'

/** Plain SQL that SQLite and PostgreSQL read alike. What each column means: `storage/schema.ts` of the day this landed. */
const CHANGES = `
alter table incident add column work_class text;

alter table incident add column clock_from text;

alter table incident add column jurisdiction text not null default '[]';

alter table incident add column steps text not null default '[]';

alter table incident add column next_step_at bigint;

alter table incident add column closed_tier text;

alter table incident add column merged_into text references incident (id);

alter table incident add column origin text not null default 'found';

alter table incident add column matter text not null default 'incident';

alter table incident add column cause text;

create index incident_next_step on incident (subdistrict_id, next_step_at);

create table incident_hold (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  incident_id text not null references incident (id),
  kind text not null,
  state text not null,
  asked_by text not null references member (id),
  asked_at bigint not null,
  reason text not null,
  days integer not null,
  until_day text,
  from_day text,
  decided_by text references member (id),
  decided_at bigint,
  message_id text not null references message (id)
);

create index incident_hold_incident on incident_hold (incident_id);

create table incident_helper (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  incident_id text not null references incident (id),
  member_id text not null references member (id),
  added_by text not null references member (id),
  at bigint not null,
  message_id text not null references message (id)
);

create unique index incident_helper_once on incident_helper (incident_id, member_id);

create table incident_call (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  incident_id text not null references incident (id),
  unit text not null,
  called_by text not null references member (id),
  called_at bigint not null,
  due_at bigint not null,
  answered_by text references member (id),
  answered_at bigint,
  reminded_at bigint,
  message_id text not null references message (id)
);

create unique index incident_call_once on incident_call (incident_id, unit);

create table grid_place (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  name text not null,
  aliases text not null,
  kind text not null,
  lat double precision,
  lng double precision
);

create unique index grid_place_once on grid_place (grid_id, name);

create index photo_sha256 on photo (sha256);

create index message_platform on message (platform_id)
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES.split(';')) if (statement.trim()) await sql.raw(statement).execute(db)
}
