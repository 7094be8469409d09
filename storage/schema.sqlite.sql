CREATE TABLE audit (
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

CREATE TABLE calendar_day (
  subdistrict_id text not null references subdistrict (id),
  day text not null,
  kind text not null,
  name text not null,
  added_at bigint not null,
  primary key (subdistrict_id, day)
);

CREATE TABLE chat (
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

CREATE TABLE chat_group (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  scope text not null,
  community text,
  grid_id text references grid (id)
);

CREATE TABLE check_in (
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

CREATE TABLE counter (
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  value bigint not null,
  primary key (subdistrict_id, name)
);

CREATE TABLE field_record (
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

CREATE TABLE grid (
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

CREATE TABLE incident (
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

CREATE TABLE incident_log (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  incident_id text not null references incident (id),
  at bigint not null,
  by_id text,
  action text not null,
  text text not null,
  message_id text references message (id)
);

CREATE TABLE info_item (
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

CREATE TABLE job_run (
  job text not null,
  subject text not null,
  due_at bigint not null,
  state text not null,
  started_at bigint not null,
  finished_at bigint,
  error text,
  primary key (job, subject, due_at)
);

CREATE TABLE lease (
  name text not null,
  holder text not null,
  until bigint not null,
  primary key (name)
);

CREATE TABLE leave_request (
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

CREATE TABLE meeting (
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

CREATE TABLE meeting_attendance (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  state text not null,
  at bigint not null,
  message_id text references message (id)
);

CREATE TABLE member (
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

CREATE TABLE member_role (
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

CREATE TABLE message (
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

CREATE TABLE notice (
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

CREATE TABLE notice_approval (
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

CREATE TABLE notice_progress (
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

CREATE TABLE notice_receiver (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  notice_id text not null references notice (id),
  member_id text not null references member (id),
  grid_id text not null references grid (id),
  acknowledged_at bigint,
  done_at bigint,
  message_id text references message (id)
);

CREATE TABLE notice_sheet (
  notice_id text not null references notice (id),
  outbox_id text not null references outbox (id),
  group_id text references chat_group (id),
  subdistrict_id text not null references subdistrict (id),
  primary key (notice_id, outbox_id)
);

CREATE TABLE open_question (
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

CREATE TABLE outbox (
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

CREATE TABLE pack_version (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  pack_id text not null,
  version text not null,
  content text not null,
  content_hash text not null,
  from_day text not null,
  recorded_at bigint not null
);

CREATE TABLE photo (
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

CREATE TABLE proof_seen (
  "key" text not null,
  first_at bigint not null,
  primary key (key)
);

CREATE TABLE sent_message (
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

CREATE TABLE setting (
  subdistrict_id text not null,
  name text not null,
  value text not null,
  primary key (subdistrict_id, name)
);

CREATE TABLE subdistrict (
  id text primary key,
  name text not null,
  created_at bigint not null
);

CREATE TABLE timer (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  job text not null,
  subject text not null,
  due_at bigint not null,
  cancelled integer not null
);

CREATE TABLE unit (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  contact text,
  chat_platform_id text
);

CREATE TABLE usage (
  month text not null,
  channel text not null,
  meter text not null,
  count bigint not null,
  primary key (month, channel, meter)
);

CREATE TABLE work (
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

CREATE INDEX audit_by on audit (subdistrict_id, "by", at);

CREATE INDEX audit_message on audit (message_id);

CREATE UNIQUE INDEX audit_seq on audit (subdistrict_id, seq)
;

CREATE INDEX audit_subject on audit (subdistrict_id, subject_type, subject_id);

CREATE UNIQUE INDEX chat_platform on chat (channel, platform_id);

CREATE INDEX check_in_day on check_in (subdistrict_id, day, member_id);

CREATE INDEX field_record_at on field_record (subdistrict_id, at);

CREATE INDEX field_record_member on field_record (member_id, at);

CREATE UNIQUE INDEX grid_number on grid (subdistrict_id, community, grid_no);

CREATE INDEX incident_log_incident on incident_log (incident_id, at);

CREATE UNIQUE INDEX incident_no on incident (subdistrict_id, no);

CREATE INDEX incident_status on incident (subdistrict_id, status);

CREATE INDEX info_item_at on info_item (subdistrict_id, at);

CREATE INDEX leave_request_member on leave_request (member_id, from_day);

CREATE UNIQUE INDEX leave_request_no on leave_request (subdistrict_id, no);

CREATE UNIQUE INDEX meeting_attendance_once on meeting_attendance (meeting_id, member_id);

CREATE INDEX meeting_day on meeting (subdistrict_id, start_day);

CREATE UNIQUE INDEX meeting_no on meeting (subdistrict_id, no);

CREATE UNIQUE INDEX member_dingtalk on member (subdistrict_id, dingtalk_id);

CREATE UNIQUE INDEX member_key on member (subdistrict_id, key);

CREATE INDEX member_phone on member (subdistrict_id, phone_index);

CREATE INDEX member_role_grid on member_role (grid_id);

CREATE INDEX member_role_member on member_role (member_id);

CREATE UNIQUE INDEX member_wecom on member (subdistrict_id, wecom_id);

CREATE INDEX message_chat on message (chat_platform_id, at);

CREATE INDEX message_member on message (member_id, at);

CREATE UNIQUE INDEX message_once on message (channel, robot, platform_id);

CREATE INDEX notice_approval_notice on notice_approval (notice_id);

CREATE UNIQUE INDEX notice_no on notice (subdistrict_id, no);

CREATE INDEX notice_progress_notice on notice_progress (notice_id, at);

CREATE INDEX notice_receiver_member on notice_receiver (member_id);

CREATE UNIQUE INDEX notice_receiver_once on notice_receiver (notice_id, member_id);

CREATE INDEX notice_status on notice (subdistrict_id, status);

CREATE UNIQUE INDEX open_question_asker on open_question (subdistrict_id, asker, chat_platform_id);

CREATE INDEX outbox_due on outbox (state, not_before);

CREATE INDEX outbox_merge on outbox (merge_key);

CREATE INDEX outbox_message on outbox (message_id);

CREATE INDEX outbox_subject on outbox (subject_type, subject_id);

CREATE INDEX photo_message on photo (message_id);

CREATE INDEX sent_message_route on sent_message (route, at);

CREATE INDEX sent_message_target on sent_message (channel, target, at);

CREATE INDEX timer_due on timer (due_at);

CREATE UNIQUE INDEX timer_once on timer (subdistrict_id, job, subject, due_at);

CREATE INDEX work_due on work (state, not_before);
