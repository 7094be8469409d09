import { type Kysely, sql } from 'kysely'

/** Plain SQL that SQLite and PostgreSQL read alike. What each column means: `storage/schema.ts` of the day this landed. */
const TABLES = `
create table subdistrict (
  id text primary key,
  name text not null,
  created_at bigint not null
);

create table setting (
  subdistrict_id text not null,
  name text not null,
  value text not null,
  primary key (subdistrict_id, name)
);

create table counter (
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  value bigint not null,
  primary key (subdistrict_id, name)
);

create table grid (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_no integer not null,
  grid_code text not null,
  name text not null,
  community text not null,
  kind text not null,
  households integer,
  residents integer,
  from_day text not null,
  to_day text
);

create table member (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  "key" text not null,
  name text not null,
  phone text,
  phone_index text,
  dingtalk_id text,
  wecom_id text,
  joined_on text,
  status text not null,
  last_channel text,
  created_at bigint not null
);

create table member_role (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  role text not null,
  role_name text not null,
  employment text,
  community text,
  grid_id text references grid (id),
  office text,
  supervises text,
  stand_in text,
  from_day text not null,
  to_day text
);

create table chat_group (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  scope text not null,
  community text,
  grid_id text references grid (id)
);

create table chat (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  group_id text references chat_group (id),
  channel text not null,
  kind text not null,
  platform_id text,
  webhook text,
  session text,
  session_expires_at bigint,
  state text not null
);

create table unit (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  contact text,
  chat_platform_id text
);

create table message (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  channel text not null,
  robot text not null,
  platform_id text not null,
  chat_platform_id text not null,
  chat_kind text not null,
  sender_platform_id text,
  member_id text references member (id),
  at bigint not null,
  received_at bigint not null,
  text text not null,
  detail text not null,
  intent text,
  slots text,
  status text not null,
  reason text
);

create table photo (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  message_id text not null references message (id),
  ref text not null,
  state text not null,
  file text,
  mime text,
  bytes bigint,
  sha256 text,
  at bigint not null
);

create table open_question (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  asker text not null,
  chat_platform_id text not null,
  intent text not null,
  draft text not null,
  asked_at bigint not null,
  ends_at bigint not null,
  message_id text not null references message (id)
);

create table check_in (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  day text not null,
  kind text not null,
  at bigint not null,
  result text not null,
  source text not null,
  place text,
  distance_m double precision,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table field_record (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  kind text not null,
  member_id text not null references member (id),
  grid_id text references grid (id),
  at bigint not null,
  claimed_at bigint,
  person text,
  person_index text,
  place text,
  minutes integer,
  km double precision,
  findings text,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table info_item (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  grid_id text references grid (id),
  at bigint not null,
  topic text not null,
  text text not null,
  place text,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table incident (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  grid_id text references grid (id),
  category text not null,
  urgent integer not null,
  level text,
  place text,
  description text not null,
  reporter_id text references member (id),
  reporter_name text,
  verified integer not null,
  status text not null,
  hold text,
  tier text not null,
  holder_id text references member (id),
  holder_unit text,
  deadlines text not null,
  rating integer,
  reported_at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

create table incident_log (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  incident_id text not null references incident (id),
  at bigint not null,
  by_id text,
  action text not null,
  text text not null,
  message_id text references message (id)
);

create table notice (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  kind text not null,
  title text,
  content text,
  requirement text,
  appraisal text,
  due text,
  grid_ids text,
  status text not null,
  deferred integer not null,
  late integer not null,
  expedite_reason text,
  drafter_id text not null references member (id),
  office text,
  reviewer_id text references member (id),
  drafted_at bigint not null,
  submitted_at bigint,
  signed_at bigint,
  release_at bigint,
  broadcast_at bigint,
  message_id text not null references message (id)
);

create table notice_approval (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  notice_id text not null references notice (id),
  role text not null,
  by_id text not null,
  decision text not null,
  at bigint not null,
  reason text,
  message_id text references message (id)
);

create table notice_receiver (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  notice_id text not null references notice (id),
  member_id text not null references member (id),
  grid_id text not null references grid (id),
  acknowledged_at bigint,
  done_at bigint,
  message_id text references message (id)
);

create table notice_progress (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  notice_id text not null references notice (id),
  member_id text not null references member (id),
  at bigint not null,
  count bigint,
  done integer,
  text text not null,
  message_id text not null references message (id)
);

create table leave_request (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  member_id text not null references member (id),
  from_day text not null,
  to_day text not null,
  half text,
  reason text,
  meeting_id text,
  status text not null,
  approver_id text references member (id),
  asked_at bigint not null,
  decided_at bigint,
  message_id text not null references message (id)
);

create table meeting (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  kind text not null,
  start_day text not null,
  start_at bigint,
  place text,
  scope text not null,
  community text,
  grid_id text references grid (id),
  group_id text references chat_group (id),
  called_by text not null references member (id),
  called_at bigint not null,
  status text not null,
  minutes text,
  minutes_at bigint,
  message_id text not null references message (id)
);

create table meeting_attendance (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  state text not null,
  at bigint not null,
  message_id text references message (id)
);

create table outbox (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  to_kind text not null,
  chat_id text references chat (id),
  member_id text references member (id),
  channel text,
  platform_id text,
  kind text not null,
  text text not null,
  mentions text not null,
  card text,
  attachment text,
  urgency text not null,
  merge_key text,
  merge text,
  not_before bigint not null,
  not_after bigint,
  state text not null,
  attempts integer not null,
  doubtful integer not null,
  lease_until bigint,
  at bigint not null,
  sent_at bigint,
  merged_into text,
  error text,
  message_id text references message (id),
  subject_type text,
  subject_id text
);

create table notice_sheet (
  notice_id text not null references notice (id),
  outbox_id text not null references outbox (id),
  group_id text references chat_group (id),
  subdistrict_id text not null references subdistrict (id),
  primary key (notice_id, outbox_id)
);

create table sent_message (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  outbox_id text not null references outbox (id),
  channel text not null,
  target text not null,
  route text not null,
  text text not null,
  mentions text not null,
  card text,
  attachment text,
  at bigint not null,
  platform_id text
);

create table work (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  kind text not null,
  payload text not null,
  state text not null,
  attempts integer not null,
  not_before bigint not null,
  lease_until bigint,
  error text,
  message_id text references message (id),
  at bigint not null
);

create table timer (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  job text not null,
  subject text not null,
  due_at bigint not null,
  cancelled integer not null
);

create table job_run (
  job text not null,
  subject text not null,
  due_at bigint not null,
  state text not null,
  started_at bigint not null,
  finished_at bigint,
  error text,
  primary key (job, subject, due_at)
);

create table audit (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  at bigint not null,
  "by" text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  message_id text references message (id),
  detail text,
  seq bigint,
  hash text
);

create table lease (
  name text not null,
  holder text not null,
  until bigint not null,
  primary key (name)
);

create table calendar_day (
  subdistrict_id text not null references subdistrict (id),
  day text not null,
  kind text not null,
  name text not null,
  added_at bigint not null,
  primary key (subdistrict_id, day)
);

create table pack_version (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  pack_id text not null,
  version text not null,
  content text not null,
  content_hash text not null,
  from_day text not null,
  recorded_at bigint not null
);

create table proof_seen (
  "key" text not null,
  first_at bigint not null,
  primary key (key)
);

create table usage (
  month text not null,
  channel text not null,
  meter text not null,
  count bigint not null,
  primary key (month, channel, meter)
)
`

const INDEXES = `
create unique index grid_number on grid (subdistrict_id, community, grid_no);
create unique index member_key on member (subdistrict_id, key);
create unique index member_dingtalk on member (subdistrict_id, dingtalk_id);
create unique index member_wecom on member (subdistrict_id, wecom_id);
create index member_phone on member (subdistrict_id, phone_index);
create index member_role_member on member_role (member_id);
create index member_role_grid on member_role (grid_id);
create unique index chat_platform on chat (channel, platform_id);
create unique index message_once on message (channel, robot, platform_id);
create index message_chat on message (chat_platform_id, at);
create index message_member on message (member_id, at);
create index photo_message on photo (message_id);
create unique index open_question_asker on open_question (subdistrict_id, asker, chat_platform_id);
create index check_in_day on check_in (subdistrict_id, day, member_id);
create index field_record_at on field_record (subdistrict_id, at);
create index field_record_member on field_record (member_id, at);
create index info_item_at on info_item (subdistrict_id, at);
create unique index incident_no on incident (subdistrict_id, no);
create index incident_status on incident (subdistrict_id, status);
create index incident_log_incident on incident_log (incident_id, at);
create unique index notice_no on notice (subdistrict_id, no);
create index notice_status on notice (subdistrict_id, status);
create index notice_approval_notice on notice_approval (notice_id);
create unique index notice_receiver_once on notice_receiver (notice_id, member_id);
create index notice_receiver_member on notice_receiver (member_id);
create index notice_progress_notice on notice_progress (notice_id, at);
create unique index leave_request_no on leave_request (subdistrict_id, no);
create index leave_request_member on leave_request (member_id, from_day);
create unique index meeting_no on meeting (subdistrict_id, no);
create index meeting_day on meeting (subdistrict_id, start_day);
create unique index meeting_attendance_once on meeting_attendance (meeting_id, member_id);
create index outbox_due on outbox (state, not_before);
create index outbox_merge on outbox (merge_key);
create index outbox_message on outbox (message_id);
create index outbox_subject on outbox (subject_type, subject_id);
create index sent_message_route on sent_message (route, at);
create index sent_message_target on sent_message (channel, target, at);
create index work_due on work (state, not_before);
create unique index timer_once on timer (subdistrict_id, job, subject, due_at);
create index timer_due on timer (due_at);
create index audit_subject on audit (subdistrict_id, subject_type, subject_id);
create index audit_message on audit (message_id);
create index audit_by on audit (subdistrict_id, "by", at);
create unique index audit_seq on audit (subdistrict_id, seq)
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of `${TABLES};${INDEXES}`.split(';')) {
    if (statement.trim()) await sql.raw(statement).execute(db)
  }
}
