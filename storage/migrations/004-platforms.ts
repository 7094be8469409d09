import { type Kysely, sql } from 'kysely'

/** Plain SQL that SQLite and PostgreSQL read alike. What each column means: `storage/schema.ts` of the day this landed. */
const CHANGES = `
create table card_copy (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  card_id text not null references outbox (id),
  channel text not null,
  target text not null,
  ref text not null,
  usable_until bigint not null,
  spent_at bigint,
  unique (card_id, channel, target)
);

create index card_copy_usable on card_copy (subdistrict_id, usable_until);

alter table outbox add column replaces text references card_copy (id);

create index message_sender on message (channel, sender_platform_id, id);

create table reply_ref (
  id text primary key references message (id),
  subdistrict_id text not null references subdistrict (id),
  ref text not null,
  expires_at bigint not null,
  spent_at bigint
);

create table platform_alias (
  channel text not null,
  alias text not null,
  platform_id text not null,
  noted_at bigint not null,
  primary key (channel, alias)
);

alter table grid add column center_lat double precision;
alter table grid add column center_lng double precision;
alter table grid add column center_datum text;

create table h5_session (
  id text primary key,
  channel text not null,
  platform_id text not null,
  created_at bigint not null,
  expires_at bigint not null
);

create index h5_session_expires on h5_session (expires_at);
create index reply_ref_expires on reply_ref (expires_at)
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES.split(';')) {
    if (statement.trim()) await sql.raw(statement).execute(db)
  }
}
