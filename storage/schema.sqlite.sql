CREATE TABLE admission (
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

CREATE TABLE admission_log (
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

CREATE TABLE appointment (
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

CREATE TABLE appointment_step (
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

CREATE TABLE card_copy (
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

CREATE TABLE circular (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer not null,
  member_id text not null references member (id),
  status text not null,
  reason text not null,
  told_at bigint not null,
  appeal_by text not null,
  appeal text,
  decided_by text references member (id),
  decided_at bigint,
  unique (subdistrict_id, no)
);

CREATE TABLE contact_card (
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

CREATE TABLE correction (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  no integer,
  member_id text not null references member (id),
  grid_id text references grid (id),
  subject_type text not null,
  subject_id text,
  new_id text,
  day text not null,
  changes text not null,
  what text not null,
  reason text,
  status text not null,
  asked_at bigint not null,
  decided_by text references member (id),
  decided_at bigint,
  decision_reason text,
  message_id text not null references message (id),
  unique (subdistrict_id, no)
);

CREATE TABLE counter (
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  value bigint not null,
  primary key (subdistrict_id, name)
);

CREATE TABLE coverage_report (
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

CREATE TABLE diary (
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

CREATE TABLE diary_note (
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

CREATE TABLE exam (
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

CREATE TABLE exam_answer (
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

CREATE TABLE exam_question (
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
, households integer, visit_kind text, visit_topic text, duty text, outcome text, people integer, incident_id text references incident (id));

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
, center_lat double precision, center_lng double precision, center_datum text, area_class text, party_mode text, predecessor_id text, successor_id text);

CREATE TABLE grid_change (
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

CREATE TABLE grid_code (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  code text not null,
  until_day text not null
);

CREATE TABLE grid_fact (
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

CREATE TABLE grid_gap (
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

CREATE TABLE grid_place (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  grid_id text not null references grid (id),
  name text not null,
  aliases text not null,
  kind text not null,
  lat double precision,
  lng double precision
);

CREATE TABLE h5_session (
  id text primary key,
  channel text not null,
  platform_id text not null,
  created_at bigint not null,
  expires_at bigint not null
);

CREATE TABLE hand_over (
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

CREATE TABLE household (
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

CREATE TABLE household_assignment (
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
, work_class text, clock_from text, jurisdiction text not null default '[]', steps text not null default '[]', next_step_at bigint, closed_tier text, merged_into text references incident (id), origin text not null default 'found', matter text not null default 'incident', cause text);

CREATE TABLE incident_call (
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

CREATE TABLE incident_helper (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  incident_id text not null references incident (id),
  member_id text not null references member (id),
  added_by text not null references member (id),
  at bigint not null,
  message_id text not null references message (id)
);

CREATE TABLE incident_hold (
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

CREATE TABLE info_campaign (
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
, no integer, kind text, repeat_of text references info_item (id), opinion_no integer, incident_id text references incident (id), growth text, amount bigint);

CREATE TABLE inspection (
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

CREATE TABLE inspection_step (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  inspection_id text not null references inspection (id),
  at bigint not null,
  by_id text not null references member (id),
  step text not null,
  text text not null,
  message_id text not null references message (id)
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

CREATE TABLE knowledge_answer (
  quiz_id text not null references knowledge_quiz (id),
  place integer not null,
  subdistrict_id text not null references subdistrict (id),
  choice text not null,
  correct integer not null,
  at bigint not null,
  message_id text not null references message (id),
  primary key (quiz_id, place)
);

CREATE TABLE knowledge_quiz (
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
, topic text, counts_for text, moved_at bigint);

CREATE TABLE meeting_attendance (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  state text not null,
  at bigint not null,
  message_id text references message (id)
);

CREATE TABLE meeting_material (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  meeting_id text not null references meeting (id),
  photo_id text references photo (id),
  file_id text references message_file (id)
);

CREATE TABLE meeting_rating (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  points integer not null
);

CREATE TABLE meeting_reply (
  meeting_id text not null references meeting (id),
  member_id text not null references member (id),
  subdistrict_id text not null references subdistrict (id),
  coming integer not null,
  at bigint not null,
  message_id text not null references message (id),
  primary key (meeting_id, member_id)
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
, titles text, born text);

CREATE TABLE member_choice (
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  name text not null,
  value text not null,
  at bigint not null,
  message_id text not null references message (id),
  primary key (member_id, name)
);

CREATE TABLE member_detail (
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
, point text);

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

CREATE TABLE message_file (
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
, role_names text, member_ids text, line text, recurrence text, starts_on text, ends_on text, parent_id text references notice (id), occurs_on text, corrects_id text references notice (id), closed_at bigint, withdrawn_at bigint, withdraw_reason text);

CREATE TABLE notice_admission (
  notice_id text primary key references notice (id),
  subdistrict_id text not null references subdistrict (id),
  admission_id text references admission (id),
  forced integer not null,
  at bigint not null
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
, for_id text references member (id));

CREATE TABLE notice_attachment (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  notice_id text not null references notice (id),
  photo_id text references photo (id),
  file_id text references message_file (id)
);

CREATE TABLE notice_extension (
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
, remaining integer);

CREATE TABLE notice_receiver (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  notice_id text not null references notice (id),
  member_id text not null references member (id),
  grid_id text not null references grid (id),
  acknowledged_at bigint,
  done_at bigint,
  message_id text references message (id)
, due text);

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
, replaces text references card_copy (id));

CREATE TABLE outing (
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

CREATE TABLE platform_alias (
  channel text not null,
  alias text not null,
  platform_id text not null,
  noted_at bigint not null,
  primary key (channel, alias)
);

CREATE TABLE population_change (
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

CREATE TABLE population_check (
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

CREATE TABLE proof_seen (
  "key" text not null,
  first_at bigint not null,
  primary key (key)
);

CREATE TABLE reply_ref (
  id text primary key references message (id),
  subdistrict_id text not null references subdistrict (id),
  ref text not null,
  expires_at bigint not null,
  spent_at bigint
);

CREATE TABLE review (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  per text not null,
  period text not null,
  text text not null,
  at bigint not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

CREATE TABLE round (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  kind text not null,
  member_id text not null references member (id),
  grid_id text references grid (id),
  day text not null,
  began_at bigint not null,
  ended_at bigint,
  asked_at bigint,
  message_id text not null references message (id),
  field_record_id text references field_record (id),
  voided_at bigint,
  voided_by text
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

CREATE TABLE shift (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  day text not null,
  name text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  member_id text not null references member (id),
  set_by text not null references member (id),
  set_at bigint not null,
  taken_at bigint,
  dropped_at bigint,
  message_id text not null references message (id)
);

CREATE TABLE shift_handover (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  shift_id text not null references shift (id),
  at bigint not null,
  note text,
  items text not null,
  message_id text not null references message (id),
  voided_at bigint,
  voided_by text
);

CREATE TABLE sign_in_reminder (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  member_id text not null references member (id),
  day text not null,
  on_leave integer not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id),
  unique (subdistrict_id, member_id, day)
);

CREATE TABLE staff_request (
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

CREATE TABLE subdistrict (
  id text primary key,
  name text not null,
  created_at bigint not null
);

CREATE TABLE support (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  community text not null,
  reason text not null,
  by_id text not null references member (id),
  at bigint not null,
  ended_at bigint,
  message_id text not null references message (id)
);

CREATE TABLE task (
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

CREATE TABLE task_progress (
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

CREATE TABLE timer (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  job text not null,
  subject text not null,
  due_at bigint not null,
  cancelled integer not null
);

CREATE TABLE trainer (
  id text primary key,
  subdistrict_id text not null references subdistrict (id),
  name text not null,
  about text not null,
  by_id text not null references member (id),
  at bigint not null,
  message_id text not null references message (id)
);

CREATE TABLE training_absence (
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

CREATE TABLE training_done (
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

CREATE TABLE training_plan (
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

CREATE TABLE visit_of_target (
  field_record_id text not null references field_record (id),
  target_id text not null references visit_target (id),
  subdistrict_id text not null references subdistrict (id),
  primary key (field_record_id, target_id)
);

CREATE TABLE visit_target (
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

CREATE TABLE visit_target_change (
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

CREATE TABLE work_done (
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

CREATE TABLE work_target (
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

CREATE INDEX admission_log_at on admission_log (subdistrict_id, at)
;

CREATE INDEX appointment_step_appointment on appointment_step (subdistrict_id, appointment_id);

CREATE INDEX audit_by on audit (subdistrict_id, "by", at);

CREATE INDEX audit_message on audit (message_id);

CREATE UNIQUE INDEX audit_seq on audit (subdistrict_id, seq)
;

CREATE INDEX audit_subject on audit (subdistrict_id, subject_type, subject_id);

CREATE INDEX card_copy_usable on card_copy (subdistrict_id, usable_until);

CREATE UNIQUE INDEX chat_platform on chat (channel, platform_id);

CREATE INDEX check_in_day on check_in (subdistrict_id, day, member_id);

CREATE INDEX contact_card_grid on contact_card (subdistrict_id, grid_id);

CREATE INDEX correction_new on correction (subdistrict_id, new_id)
;

CREATE INDEX correction_status on correction (subdistrict_id, status);

CREATE INDEX correction_subject on correction (subdistrict_id, subject_id);

CREATE INDEX coverage_report_month on coverage_report (subdistrict_id, month);

CREATE INDEX diary_day on diary (subdistrict_id, member_id, day);

CREATE INDEX diary_note_day on diary_note (subdistrict_id, member_id, day)
;

CREATE INDEX field_record_at on field_record (subdistrict_id, at);

CREATE INDEX field_record_member on field_record (member_id, at);

CREATE INDEX field_record_message on field_record (message_id);

CREATE INDEX grid_code_grid on grid_code (subdistrict_id, grid_id);

CREATE INDEX grid_fact_grid on grid_fact (subdistrict_id, grid_id);

CREATE UNIQUE INDEX grid_number on grid (subdistrict_id, community, grid_no, from_day);

CREATE UNIQUE INDEX grid_place_once on grid_place (grid_id, name);

CREATE INDEX h5_session_expires on h5_session (expires_at);

CREATE INDEX hand_over_member on hand_over (subdistrict_id, member_id);

CREATE INDEX household_member on household (subdistrict_id, member_id);

CREATE INDEX household_name on household (grid_id, name_index);

CREATE UNIQUE INDEX incident_call_once on incident_call (incident_id, unit);

CREATE UNIQUE INDEX incident_helper_once on incident_helper (incident_id, member_id);

CREATE INDEX incident_hold_incident on incident_hold (incident_id);

CREATE INDEX incident_log_incident on incident_log (incident_id, at);

CREATE INDEX incident_next_step on incident (subdistrict_id, next_step_at);

CREATE UNIQUE INDEX incident_no on incident (subdistrict_id, no);

CREATE INDEX incident_status on incident (subdistrict_id, status);

CREATE INDEX info_campaign_to_day on info_campaign (subdistrict_id, to_day)
;

CREATE INDEX info_item_at on info_item (subdistrict_id, at);

CREATE UNIQUE INDEX info_item_no on info_item (subdistrict_id, no);

CREATE INDEX info_item_repeat_of on info_item (repeat_of);

CREATE INDEX inspection_notice on inspection (notice_id);

CREATE INDEX inspection_step_inspection on inspection_step (inspection_id);

CREATE INDEX knowledge_quiz_member on knowledge_quiz (subdistrict_id, member_id);

CREATE INDEX leave_request_member on leave_request (member_id, from_day);

CREATE UNIQUE INDEX leave_request_no on leave_request (subdistrict_id, no);

CREATE UNIQUE INDEX meeting_attendance_once on meeting_attendance (meeting_id, member_id);

CREATE INDEX meeting_day on meeting (subdistrict_id, start_day);

CREATE INDEX meeting_material_meeting on meeting_material (meeting_id);

CREATE UNIQUE INDEX meeting_no on meeting (subdistrict_id, no);

CREATE INDEX meeting_rating_meeting on meeting_rating (meeting_id);

CREATE INDEX meeting_start_day on meeting (subdistrict_id, start_day);

CREATE INDEX member_detail_member on member_detail (subdistrict_id, member_id);

CREATE UNIQUE INDEX member_dingtalk on member (subdistrict_id, dingtalk_id);

CREATE UNIQUE INDEX member_key on member (subdistrict_id, key);

CREATE INDEX member_phone on member (subdistrict_id, phone_index);

CREATE INDEX member_role_grid on member_role (grid_id);

CREATE INDEX member_role_member on member_role (member_id);

CREATE UNIQUE INDEX member_wecom on member (subdistrict_id, wecom_id);

CREATE INDEX message_chat on message (chat_platform_id, at);

CREATE INDEX message_file_message on message_file (message_id);

CREATE INDEX message_member on message (member_id, at);

CREATE UNIQUE INDEX message_once on message (channel, robot, platform_id);

CREATE INDEX message_platform on message (platform_id)
;

CREATE INDEX message_sender on message (channel, sender_platform_id, id);

CREATE INDEX notice_approval_notice on notice_approval (notice_id);

CREATE INDEX notice_attachment_notice on notice_attachment (notice_id);

CREATE INDEX notice_drafter on notice (drafter_id);

CREATE INDEX notice_extension_notice on notice_extension (notice_id);

CREATE UNIQUE INDEX notice_no on notice (subdistrict_id, no);

CREATE UNIQUE INDEX notice_occurrence on notice (parent_id, occurs_on);

CREATE INDEX notice_progress_notice on notice_progress (notice_id, at);

CREATE INDEX notice_receiver_member on notice_receiver (member_id);

CREATE UNIQUE INDEX notice_receiver_once on notice_receiver (notice_id, member_id);

CREATE INDEX notice_status on notice (subdistrict_id, status);

CREATE UNIQUE INDEX open_question_asker on open_question (subdistrict_id, asker, chat_platform_id);

CREATE INDEX outbox_due on outbox (state, not_before);

CREATE INDEX outbox_merge on outbox (merge_key);

CREATE INDEX outbox_message on outbox (message_id);

CREATE INDEX outbox_subject on outbox (subject_type, subject_id);

CREATE INDEX outing_day on outing (subdistrict_id, day);

CREATE INDEX photo_message on photo (message_id);

CREATE INDEX photo_sha256 on photo (sha256);

CREATE INDEX population_change_month on population_change (subdistrict_id, month);

CREATE INDEX population_check_month on population_check (subdistrict_id, month);

CREATE INDEX reply_ref_expires on reply_ref (expires_at)
;

CREATE INDEX review_member on review (subdistrict_id, member_id)
;

CREATE INDEX round_member on round (subdistrict_id, member_id, day);

CREATE INDEX sent_message_route on sent_message (route, at);

CREATE INDEX sent_message_target on sent_message (channel, target, at);

CREATE INDEX shift_day on shift (subdistrict_id, day);

CREATE INDEX shift_handover_shift on shift_handover (shift_id);

CREATE INDEX task_member on task (subdistrict_id, member_id, status);

CREATE INDEX task_progress_task on task_progress (task_id);

CREATE INDEX timer_due on timer (due_at);

CREATE UNIQUE INDEX timer_once on timer (subdistrict_id, job, subject, due_at);

CREATE INDEX training_done_member on training_done (subdistrict_id, member_id)
;

CREATE INDEX visit_of_target_target on visit_of_target (target_id);

CREATE INDEX visit_target_change_target on visit_target_change (target_id);

CREATE UNIQUE INDEX visit_target_code on visit_target (subdistrict_id, code);

CREATE INDEX visit_target_grid on visit_target (grid_id, name_index);

CREATE INDEX visit_target_member on visit_target (member_id);

CREATE INDEX work_done_year on work_done (subdistrict_id, year)
;

CREATE INDEX work_due on work (state, not_before);

CREATE INDEX work_target_year on work_target (subdistrict_id, year);
