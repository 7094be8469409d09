import type { Kysely } from 'kysely'
import { applyStatements } from './apply.ts'

/**
 * What each column means: `storage/schema.ts` and `storage/schema/information.ts` of the day this landed. Items told before get their
 * numbers in the order in which they were told.
 */
const CHANGES = `
alter table info_item add column no integer;
alter table info_item add column kind text;
alter table info_item add column repeat_of text references info_item (id);
alter table info_item add column opinion_no integer;
alter table info_item add column incident_id text references incident (id);
alter table info_item add column growth text;
alter table info_item add column amount bigint;

update info_item set no = counted.no
from (select id, row_number() over (partition by subdistrict_id order by id) as no from info_item) as counted
where counted.id = info_item.id;

insert into counter (subdistrict_id, name, value)
select subdistrict_id, 'infoItem', max(no) from info_item group by subdistrict_id;

update info_item set opinion_no = counted.no
from (
  select id, row_number() over (partition by subdistrict_id order by id) as no from info_item where topic = 'publicOpinion'
) as counted
where counted.id = info_item.id;

insert into counter (subdistrict_id, name, value)
select subdistrict_id, 'opinion', max(opinion_no) from info_item where opinion_no is not null group by subdistrict_id;

create table population_change (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  member_id text not null references member (id),
  month text not null,
  at bigint not null,
  changes text not null,
  detail text not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table population_check (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  month text not null,
  kind text not null,
  grid_id text references grid (id),
  community text,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table info_campaign (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  topic text,
  from_day text not null,
  to_day text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create unique index info_item_no on info_item (subdistrict_id, no);
create index info_item_repeat_of on info_item (repeat_of);
create index population_change_month on population_change (subdistrict_id, month);
create index population_check_month on population_check (subdistrict_id, month);
create index info_campaign_to_day on info_campaign (subdistrict_id, to_day)
`

export function up(db: Kysely<unknown>): Promise<void> {
  return applyStatements(db, CHANGES)
}
