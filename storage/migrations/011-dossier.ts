import type { Kysely } from 'kysely'
import { applyStatements } from './apply.ts'

/** What each column means: `storage/schema/dossier.ts` of the day this landed. */
const CHANGES = `
create table grid_fact (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  name text not null,
  count integer,
  unit text,
  note text,
  state text not null,
  at bigint not null,
  by_id text not null references member (id),
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table knowledge_quiz (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  member_id text not null references member (id),
  grid_id text not null references grid (id),
  questions text not null,
  begun_at bigint not null,
  ended_at bigint,
  message_id text not null references message (id)
);

create table knowledge_answer (
  quiz_id text not null references knowledge_quiz (id),
  place integer not null,
  subdistrict_id text not null references subdistrict (id),
  choice text not null,
  correct integer not null,
  at bigint not null,
  message_id text not null references message (id),
  primary key (quiz_id, place)
);

create table diary (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  day text not null,
  stamp text not null,
  confirmed_at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table diary_note (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  day text not null,
  text text not null,
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table member_choice (
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  name text not null,
  value text not null,
  at bigint not null,
  message_id text not null references message (id),
  primary key (member_id, name)
);

create index grid_fact_grid on grid_fact (subdistrict_id, grid_id);
create index knowledge_quiz_member on knowledge_quiz (subdistrict_id, member_id);
create index diary_day on diary (subdistrict_id, member_id, day);
create index diary_note_day on diary_note (subdistrict_id, member_id, day)
`

export function up(db: Kysely<unknown>): Promise<void> {
  return applyStatements(db, CHANGES)
}
