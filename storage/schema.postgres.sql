table admission
  id text not null
  subdistrict_id text not null
  code text not null
  kind text not null
  title text not null
  department text
  standard text
  training text
  from_day text not null
  to_day text
  status text not null
  registered_by text not null
  registered_at bigint not null
  message_id text not null
  admission_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  admission_pkey PRIMARY KEY (id)
  admission_registered_by_fkey FOREIGN KEY (registered_by) REFERENCES member(id)
  admission_subdistrict_id_code_key UNIQUE (subdistrict_id, code)
  admission_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table admission_log
  id text not null
  subdistrict_id text not null
  kind text not null
  at bigint not null
  by_id text not null
  office text
  notice_id text
  text text not null
  reason text
  message_id text not null
  admission_log_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  admission_log_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  admission_log_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  admission_log_pkey PRIMARY KEY (id)
  admission_log_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table appointment
  id text not null
  subdistrict_id text not null
  no integer not null
  name text not null
  member_id text
  grid_id text
  role_name text not null
  status text not null
  by_id text not null
  at bigint not null
  message_id text not null
  appointment_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  appointment_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  appointment_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  appointment_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  appointment_pkey PRIMARY KEY (id)
  appointment_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  appointment_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table appointment_step
  id text not null
  subdistrict_id text not null
  appointment_id text not null
  kind text not null
  step text not null
  note text
  by_id text not null
  at bigint not null
  message_id text not null
  appointment_step_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id)
  appointment_step_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  appointment_step_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  appointment_step_pkey PRIMARY KEY (id)
  appointment_step_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table audit
  id text not null
  subdistrict_id text not null
  at bigint not null
  by text not null
  action text not null
  subject_type text not null
  subject_id text not null
  message_id text
  detail text
  seq bigint
  hash text
  audit_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  audit_pkey PRIMARY KEY (id)
  audit_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table calendar_day
  subdistrict_id text not null
  day text not null
  kind text not null
  name text not null
  added_at bigint not null
  calendar_day_pkey PRIMARY KEY (subdistrict_id, day)
  calendar_day_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table card_copy
  id text not null
  subdistrict_id text not null
  card_id text not null
  channel text not null
  target text not null
  ref text not null
  usable_until bigint not null
  spent_at bigint
  card_copy_card_id_channel_target_key UNIQUE (card_id, channel, target)
  card_copy_card_id_fkey FOREIGN KEY (card_id) REFERENCES outbox(id)
  card_copy_pkey PRIMARY KEY (id)
  card_copy_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table chat
  id text not null
  subdistrict_id text not null
  group_id text
  channel text not null
  kind text not null
  platform_id text
  webhook text
  session text
  session_expires_at bigint
  state text not null
  chat_group_id_fkey FOREIGN KEY (group_id) REFERENCES chat_group(id)
  chat_pkey PRIMARY KEY (id)
  chat_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table chat_group
  id text not null
  subdistrict_id text not null
  name text not null
  scope text not null
  community text
  grid_id text
  chat_group_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  chat_group_pkey PRIMARY KEY (id)
  chat_group_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table check_in
  id text not null
  subdistrict_id text not null
  member_id text not null
  day text not null
  kind text not null
  at bigint not null
  result text not null
  source text not null
  place text
  distance_m double precision
  message_id text not null
  voided_at bigint
  voided_by text
  check_in_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  check_in_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  check_in_pkey PRIMARY KEY (id)
  check_in_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table circular
  id text not null
  subdistrict_id text not null
  no integer not null
  member_id text not null
  status text not null
  reason text not null
  told_at bigint not null
  appeal_by text not null
  appeal text
  decided_by text
  decided_at bigint
  circular_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES member(id)
  circular_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  circular_pkey PRIMARY KEY (id)
  circular_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  circular_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table contact_card
  id text not null
  subdistrict_id text not null
  grid_id text not null
  issued integer not null
  content text not null
  by_id text
  at bigint not null
  message_id text
  voided_at bigint
  voided_by text
  contact_card_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  contact_card_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  contact_card_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  contact_card_pkey PRIMARY KEY (id)
  contact_card_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table correction
  id text not null
  subdistrict_id text not null
  no integer
  member_id text not null
  grid_id text
  subject_type text not null
  subject_id text
  new_id text
  day text not null
  changes text not null
  what text not null
  reason text
  status text not null
  asked_at bigint not null
  decided_by text
  decided_at bigint
  decision_reason text
  message_id text not null
  correction_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES member(id)
  correction_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  correction_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  correction_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  correction_pkey PRIMARY KEY (id)
  correction_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  correction_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table counter
  subdistrict_id text not null
  name text not null
  value bigint not null
  counter_pkey PRIMARY KEY (subdistrict_id, name)
  counter_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table coverage_report
  id text not null
  subdistrict_id text not null
  grid_id text not null
  month text not null
  round text not null
  visited integer not null
  total integer not null
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  coverage_report_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  coverage_report_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  coverage_report_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  coverage_report_pkey PRIMARY KEY (id)
  coverage_report_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table diary
  id text not null
  subdistrict_id text not null
  member_id text not null
  day text not null
  stamp text not null
  confirmed_at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  diary_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  diary_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  diary_pkey PRIMARY KEY (id)
  diary_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table diary_note
  id text not null
  subdistrict_id text not null
  member_id text not null
  day text not null
  text text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  diary_note_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  diary_note_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  diary_note_pkey PRIMARY KEY (id)
  diary_note_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table exam
  id text not null
  subdistrict_id text not null
  no integer not null
  topic text not null
  question_ids text not null
  opened_by text not null
  opened_at bigint not null
  closed_at bigint
  message_id text not null
  exam_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  exam_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES member(id)
  exam_pkey PRIMARY KEY (id)
  exam_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table exam_answer
  exam_id text not null
  member_id text not null
  question_id text not null
  subdistrict_id text not null
  choice text not null
  correct integer not null
  at bigint not null
  message_id text not null
  exam_answer_exam_id_fkey FOREIGN KEY (exam_id) REFERENCES exam(id)
  exam_answer_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  exam_answer_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  exam_answer_pkey PRIMARY KEY (exam_id, member_id, question_id)
  exam_answer_question_id_fkey FOREIGN KEY (question_id) REFERENCES exam_question(id)
  exam_answer_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table exam_question
  id text not null
  subdistrict_id text not null
  no integer not null
  topic text not null
  text text not null
  choices text not null
  answer text not null
  by_id text not null
  at bigint not null
  dropped_at bigint
  message_id text not null
  exam_question_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  exam_question_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  exam_question_pkey PRIMARY KEY (id)
  exam_question_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table field_record
  id text not null
  subdistrict_id text not null
  kind text not null
  member_id text not null
  grid_id text
  at bigint not null
  claimed_at bigint
  person text
  person_index text
  place text
  minutes integer
  km double precision
  findings text
  message_id text not null
  voided_at bigint
  voided_by text
  households integer
  visit_kind text
  visit_topic text
  duty text
  outcome text
  people integer
  incident_id text
  field_record_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  field_record_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  field_record_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  field_record_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  field_record_pkey PRIMARY KEY (id)
  field_record_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table grid
  id text not null
  subdistrict_id text not null
  grid_no integer not null
  grid_code text not null
  name text not null
  community text not null
  kind text not null
  households integer
  residents integer
  from_day text not null
  to_day text
  center_lat double precision
  center_lng double precision
  center_datum text
  area_class text
  party_mode text
  predecessor_id text
  successor_id text
  grid_pkey PRIMARY KEY (id)
  grid_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table grid_change
  id text not null
  subdistrict_id text not null
  no integer not null
  kind text not null
  day text not null
  words text not null
  touched text not null
  by_id text not null
  at bigint not null
  message_id text not null
  filed_at bigint
  filed_by text
  voided_at bigint
  voided_by text
  grid_change_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  grid_change_filed_by_fkey FOREIGN KEY (filed_by) REFERENCES member(id)
  grid_change_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  grid_change_pkey PRIMARY KEY (id)
  grid_change_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  grid_change_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table grid_code
  id text not null
  subdistrict_id text not null
  grid_id text not null
  code text not null
  until_day text not null
  grid_code_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  grid_code_pkey PRIMARY KEY (id)
  grid_code_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table grid_fact
  id text not null
  subdistrict_id text not null
  grid_id text not null
  name text not null
  count integer
  unit text
  note text
  state text not null
  at bigint not null
  by_id text not null
  message_id text not null
  voided_at bigint
  voided_by text
  grid_fact_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  grid_fact_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  grid_fact_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  grid_fact_pkey PRIMARY KEY (id)
  grid_fact_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table grid_gap
  id text not null
  subdistrict_id text not null
  no integer not null
  kind text not null
  name text not null
  by_id text not null
  at bigint not null
  message_id text not null
  settled_at bigint
  settled_by text
  voided_at bigint
  voided_by text
  grid_gap_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  grid_gap_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  grid_gap_pkey PRIMARY KEY (id)
  grid_gap_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES member(id)
  grid_gap_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  grid_gap_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table grid_place
  id text not null
  subdistrict_id text not null
  grid_id text not null
  name text not null
  aliases text not null
  kind text not null
  lat double precision
  lng double precision
  grid_place_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  grid_place_pkey PRIMARY KEY (id)
  grid_place_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table h5_session
  id text not null
  channel text not null
  platform_id text not null
  created_at bigint not null
  expires_at bigint not null
  h5_session_pkey PRIMARY KEY (id)

table hand_over
  id text not null
  subdistrict_id text not null
  member_id text not null
  taker_id text
  from_day text not null
  status text not null
  roles text not null
  moved text
  by_id text
  at bigint not null
  done_at bigint
  message_id text
  hand_over_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  hand_over_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  hand_over_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  hand_over_pkey PRIMARY KEY (id)
  hand_over_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  hand_over_taker_id_fkey FOREIGN KEY (taker_id) REFERENCES member(id)

table household
  id text not null
  subdistrict_id text not null
  grid_id text not null
  code text not null
  building text
  door text not null
  door_index text not null
  short_index text not null
  name text
  name_index text
  member_id text
  from_day text not null
  closed_on text
  closed_reason text
  household_grid_id_code_key UNIQUE (grid_id, code)
  household_grid_id_door_index_key UNIQUE (grid_id, door_index)
  household_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  household_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  household_pkey PRIMARY KEY (id)
  household_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table household_assignment
  id text not null
  subdistrict_id text not null
  member_id text not null
  former text not null
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  household_assignment_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  household_assignment_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  household_assignment_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  household_assignment_pkey PRIMARY KEY (id)
  household_assignment_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table incident
  id text not null
  subdistrict_id text not null
  no integer not null
  grid_id text
  category text not null
  urgent integer not null
  level text
  place text
  description text not null
  reporter_id text
  reporter_name text
  verified integer not null
  status text not null
  hold text
  tier text not null
  holder_id text
  holder_unit text
  deadlines text not null
  rating integer
  reported_at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  work_class text
  clock_from text
  jurisdiction text not null
  steps text not null
  next_step_at bigint
  closed_tier text
  merged_into text
  origin text not null
  matter text not null
  cause text
  incident_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  incident_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES member(id)
  incident_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES incident(id)
  incident_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  incident_pkey PRIMARY KEY (id)
  incident_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES member(id)
  incident_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table incident_call
  id text not null
  subdistrict_id text not null
  incident_id text not null
  unit text not null
  called_by text not null
  called_at bigint not null
  due_at bigint not null
  answered_by text
  answered_at bigint
  reminded_at bigint
  message_id text not null
  incident_call_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES member(id)
  incident_call_called_by_fkey FOREIGN KEY (called_by) REFERENCES member(id)
  incident_call_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  incident_call_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  incident_call_pkey PRIMARY KEY (id)
  incident_call_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table incident_helper
  id text not null
  subdistrict_id text not null
  incident_id text not null
  member_id text not null
  added_by text not null
  at bigint not null
  message_id text not null
  incident_helper_added_by_fkey FOREIGN KEY (added_by) REFERENCES member(id)
  incident_helper_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  incident_helper_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  incident_helper_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  incident_helper_pkey PRIMARY KEY (id)
  incident_helper_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table incident_hold
  id text not null
  subdistrict_id text not null
  incident_id text not null
  kind text not null
  state text not null
  asked_by text not null
  asked_at bigint not null
  reason text not null
  days integer not null
  until_day text
  from_day text
  decided_by text
  decided_at bigint
  message_id text not null
  incident_hold_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES member(id)
  incident_hold_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES member(id)
  incident_hold_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  incident_hold_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  incident_hold_pkey PRIMARY KEY (id)
  incident_hold_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table incident_log
  id text not null
  subdistrict_id text not null
  incident_id text not null
  at bigint not null
  by_id text
  action text not null
  text text not null
  message_id text
  incident_log_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  incident_log_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  incident_log_pkey PRIMARY KEY (id)
  incident_log_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table info_campaign
  id text not null
  subdistrict_id text not null
  no integer not null
  topic text
  from_day text not null
  to_day text not null
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  info_campaign_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  info_campaign_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  info_campaign_pkey PRIMARY KEY (id)
  info_campaign_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table info_item
  id text not null
  subdistrict_id text not null
  member_id text not null
  grid_id text
  at bigint not null
  topic text not null
  text text not null
  place text
  message_id text not null
  voided_at bigint
  voided_by text
  no integer
  kind text
  repeat_of text
  opinion_no integer
  incident_id text
  growth text
  amount bigint
  info_item_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  info_item_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  info_item_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  info_item_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  info_item_pkey PRIMARY KEY (id)
  info_item_repeat_of_fkey FOREIGN KEY (repeat_of) REFERENCES info_item(id)
  info_item_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table inspection
  id text not null
  subdistrict_id text not null
  no integer not null
  notice_id text
  grid_id text
  member_id text
  inspector_id text not null
  at bigint not null
  findings text not null
  deduct real
  status text not null
  feedback_day text not null
  feedback_sum text not null
  message_id text not null
  inspection_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  inspection_inspector_id_fkey FOREIGN KEY (inspector_id) REFERENCES member(id)
  inspection_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  inspection_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  inspection_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  inspection_pkey PRIMARY KEY (id)
  inspection_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  inspection_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table inspection_step
  id text not null
  subdistrict_id text not null
  inspection_id text not null
  at bigint not null
  by_id text not null
  step text not null
  text text not null
  message_id text not null
  inspection_step_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  inspection_step_inspection_id_fkey FOREIGN KEY (inspection_id) REFERENCES inspection(id)
  inspection_step_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  inspection_step_pkey PRIMARY KEY (id)
  inspection_step_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table job_run
  job text not null
  subject text not null
  due_at bigint not null
  state text not null
  started_at bigint not null
  finished_at bigint
  error text
  job_run_pkey PRIMARY KEY (job, subject, due_at)

table knowledge_answer
  quiz_id text not null
  place integer not null
  subdistrict_id text not null
  choice text not null
  correct integer not null
  at bigint not null
  message_id text not null
  knowledge_answer_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  knowledge_answer_pkey PRIMARY KEY (quiz_id, place)
  knowledge_answer_quiz_id_fkey FOREIGN KEY (quiz_id) REFERENCES knowledge_quiz(id)
  knowledge_answer_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table knowledge_quiz
  id text not null
  subdistrict_id text not null
  no integer not null
  member_id text not null
  grid_id text not null
  questions text not null
  begun_at bigint not null
  ended_at bigint
  message_id text not null
  knowledge_quiz_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  knowledge_quiz_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  knowledge_quiz_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  knowledge_quiz_pkey PRIMARY KEY (id)
  knowledge_quiz_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table lease
  name text not null
  holder text not null
  until bigint not null
  lease_pkey PRIMARY KEY (name)

table leave_request
  id text not null
  subdistrict_id text not null
  no integer not null
  member_id text not null
  from_day text not null
  to_day text not null
  half text
  reason text
  meeting_id text
  status text not null
  approver_id text
  asked_at bigint not null
  decided_at bigint
  message_id text not null
  leave_request_approver_id_fkey FOREIGN KEY (approver_id) REFERENCES member(id)
  leave_request_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  leave_request_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  leave_request_pkey PRIMARY KEY (id)
  leave_request_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table meeting
  id text not null
  subdistrict_id text not null
  no integer not null
  kind text not null
  start_day text not null
  start_at bigint
  place text
  scope text not null
  community text
  grid_id text
  group_id text
  called_by text not null
  called_at bigint not null
  status text not null
  minutes text
  minutes_at bigint
  message_id text not null
  topic text
  counts_for text
  moved_at bigint
  meeting_called_by_fkey FOREIGN KEY (called_by) REFERENCES member(id)
  meeting_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  meeting_group_id_fkey FOREIGN KEY (group_id) REFERENCES chat_group(id)
  meeting_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  meeting_pkey PRIMARY KEY (id)
  meeting_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table meeting_attendance
  id text not null
  subdistrict_id text not null
  meeting_id text not null
  member_id text not null
  state text not null
  at bigint not null
  message_id text
  meeting_attendance_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meeting(id)
  meeting_attendance_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  meeting_attendance_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  meeting_attendance_pkey PRIMARY KEY (id)
  meeting_attendance_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table meeting_material
  id text not null
  subdistrict_id text not null
  meeting_id text not null
  photo_id text
  file_id text
  meeting_material_file_id_fkey FOREIGN KEY (file_id) REFERENCES message_file(id)
  meeting_material_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meeting(id)
  meeting_material_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES photo(id)
  meeting_material_pkey PRIMARY KEY (id)
  meeting_material_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table meeting_rating
  id text not null
  subdistrict_id text not null
  meeting_id text not null
  member_id text not null
  points integer not null
  meeting_rating_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meeting(id)
  meeting_rating_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  meeting_rating_pkey PRIMARY KEY (id)
  meeting_rating_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table meeting_reply
  meeting_id text not null
  member_id text not null
  subdistrict_id text not null
  coming integer not null
  at bigint not null
  message_id text not null
  meeting_reply_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meeting(id)
  meeting_reply_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  meeting_reply_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  meeting_reply_pkey PRIMARY KEY (meeting_id, member_id)
  meeting_reply_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table member
  id text not null
  subdistrict_id text not null
  key text not null
  name text not null
  phone text
  phone_index text
  dingtalk_id text
  wecom_id text
  joined_on text
  status text not null
  last_channel text
  created_at bigint not null
  titles text
  born text
  member_pkey PRIMARY KEY (id)
  member_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table member_choice
  subdistrict_id text not null
  member_id text not null
  name text not null
  value text not null
  at bigint not null
  message_id text not null
  member_choice_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  member_choice_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  member_choice_pkey PRIMARY KEY (member_id, name)
  member_choice_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table member_detail
  id text not null
  subdistrict_id text not null
  member_id text not null
  field text not null
  value text not null
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  member_detail_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  member_detail_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  member_detail_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  member_detail_pkey PRIMARY KEY (id)
  member_detail_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table member_role
  id text not null
  subdistrict_id text not null
  member_id text not null
  role text not null
  role_name text not null
  employment text
  community text
  grid_id text
  office text
  supervises text
  stand_in text
  from_day text not null
  to_day text
  point text
  member_role_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  member_role_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  member_role_pkey PRIMARY KEY (id)
  member_role_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table message
  id text not null
  subdistrict_id text not null
  channel text not null
  robot text not null
  platform_id text not null
  chat_platform_id text not null
  chat_kind text not null
  sender_platform_id text
  member_id text
  at bigint not null
  received_at bigint not null
  text text not null
  detail text not null
  intent text
  slots text
  status text not null
  reason text
  message_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  message_pkey PRIMARY KEY (id)
  message_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table message_file
  id text not null
  subdistrict_id text not null
  message_id text not null
  ref text not null
  name text not null
  state text not null
  file text
  mime text
  bytes bigint
  sha256 text
  at bigint not null
  message_file_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  message_file_pkey PRIMARY KEY (id)
  message_file_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table notice
  id text not null
  subdistrict_id text not null
  no integer not null
  kind text not null
  title text
  content text
  requirement text
  appraisal text
  due text
  grid_ids text
  status text not null
  deferred integer not null
  late integer not null
  expedite_reason text
  drafter_id text not null
  office text
  reviewer_id text
  drafted_at bigint not null
  submitted_at bigint
  signed_at bigint
  release_at bigint
  broadcast_at bigint
  message_id text not null
  role_names text
  member_ids text
  line text
  recurrence text
  starts_on text
  ends_on text
  parent_id text
  occurs_on text
  corrects_id text
  closed_at bigint
  withdrawn_at bigint
  withdraw_reason text
  notice_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES notice(id)
  notice_drafter_id_fkey FOREIGN KEY (drafter_id) REFERENCES member(id)
  notice_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  notice_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES notice(id)
  notice_pkey PRIMARY KEY (id)
  notice_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES member(id)
  notice_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table notice_admission
  notice_id text not null
  subdistrict_id text not null
  admission_id text
  forced integer not null
  at bigint not null
  notice_admission_admission_id_fkey FOREIGN KEY (admission_id) REFERENCES admission(id)
  notice_admission_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  notice_admission_pkey PRIMARY KEY (notice_id)
  notice_admission_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table notice_approval
  id text not null
  subdistrict_id text not null
  notice_id text not null
  role text not null
  by_id text not null
  decision text not null
  at bigint not null
  reason text
  message_id text
  for_id text
  notice_approval_for_id_fkey FOREIGN KEY (for_id) REFERENCES member(id)
  notice_approval_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  notice_approval_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  notice_approval_pkey PRIMARY KEY (id)
  notice_approval_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table notice_attachment
  id text not null
  subdistrict_id text not null
  notice_id text not null
  photo_id text
  file_id text
  notice_attachment_file_id_fkey FOREIGN KEY (file_id) REFERENCES message_file(id)
  notice_attachment_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  notice_attachment_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES photo(id)
  notice_attachment_pkey PRIMARY KEY (id)
  notice_attachment_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table notice_extension
  id text not null
  subdistrict_id text not null
  no integer not null
  notice_id text not null
  grid_id text not null
  member_id text not null
  due text not null
  reason text not null
  status text not null
  asked_at bigint not null
  decided_by text
  decided_at bigint
  decision_reason text
  message_id text not null
  notice_extension_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES member(id)
  notice_extension_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  notice_extension_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  notice_extension_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  notice_extension_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  notice_extension_pkey PRIMARY KEY (id)
  notice_extension_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  notice_extension_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table notice_progress
  id text not null
  subdistrict_id text not null
  notice_id text not null
  member_id text not null
  at bigint not null
  count bigint
  done integer
  text text not null
  message_id text not null
  remaining integer
  notice_progress_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  notice_progress_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  notice_progress_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  notice_progress_pkey PRIMARY KEY (id)
  notice_progress_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table notice_receiver
  id text not null
  subdistrict_id text not null
  notice_id text not null
  member_id text not null
  grid_id text not null
  acknowledged_at bigint
  done_at bigint
  message_id text
  due text
  notice_receiver_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  notice_receiver_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  notice_receiver_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  notice_receiver_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  notice_receiver_pkey PRIMARY KEY (id)
  notice_receiver_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table notice_sheet
  notice_id text not null
  outbox_id text not null
  group_id text
  subdistrict_id text not null
  notice_sheet_group_id_fkey FOREIGN KEY (group_id) REFERENCES chat_group(id)
  notice_sheet_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
  notice_sheet_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id)
  notice_sheet_pkey PRIMARY KEY (notice_id, outbox_id)
  notice_sheet_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table open_question
  id text not null
  subdistrict_id text not null
  asker text not null
  chat_platform_id text not null
  intent text not null
  draft text not null
  asked_at bigint not null
  ends_at bigint not null
  message_id text not null
  open_question_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  open_question_pkey PRIMARY KEY (id)
  open_question_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table outbox
  id text not null
  subdistrict_id text not null
  to_kind text not null
  chat_id text
  member_id text
  channel text
  platform_id text
  kind text not null
  text text not null
  mentions text not null
  card text
  attachment text
  urgency text not null
  merge_key text
  merge text
  not_before bigint not null
  not_after bigint
  state text not null
  attempts integer not null
  doubtful integer not null
  lease_until bigint
  at bigint not null
  sent_at bigint
  merged_into text
  error text
  message_id text
  subject_type text
  subject_id text
  replaces text
  outbox_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chat(id)
  outbox_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  outbox_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  outbox_pkey PRIMARY KEY (id)
  outbox_replaces_fkey FOREIGN KEY (replaces) REFERENCES card_copy(id)
  outbox_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table outing
  id text not null
  subdistrict_id text not null
  member_id text not null
  day text not null
  half text
  reason text not null
  message_id text not null
  voided_at bigint
  voided_by text
  outing_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  outing_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  outing_pkey PRIMARY KEY (id)
  outing_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table pack_version
  id text not null
  subdistrict_id text not null
  pack_id text not null
  version text not null
  content text not null
  content_hash text not null
  from_day text not null
  recorded_at bigint not null
  pack_version_pkey PRIMARY KEY (id)
  pack_version_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table photo
  id text not null
  subdistrict_id text not null
  message_id text not null
  ref text not null
  state text not null
  file text
  mime text
  bytes bigint
  sha256 text
  at bigint not null
  photo_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  photo_pkey PRIMARY KEY (id)
  photo_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table platform_alias
  channel text not null
  alias text not null
  platform_id text not null
  noted_at bigint not null
  platform_alias_pkey PRIMARY KEY (channel, alias)

table population_change
  id text not null
  subdistrict_id text not null
  grid_id text not null
  member_id text not null
  month text not null
  at bigint not null
  changes text not null
  detail text not null
  message_id text not null
  voided_at bigint
  voided_by text
  population_change_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  population_change_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  population_change_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  population_change_pkey PRIMARY KEY (id)
  population_change_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table population_check
  id text not null
  subdistrict_id text not null
  month text not null
  kind text not null
  grid_id text
  community text
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  population_check_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  population_check_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  population_check_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  population_check_pkey PRIMARY KEY (id)
  population_check_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table proof_seen
  key text not null
  first_at bigint not null
  proof_seen_pkey PRIMARY KEY (key)

table reply_ref
  id text not null
  subdistrict_id text not null
  ref text not null
  expires_at bigint not null
  spent_at bigint
  reply_ref_id_fkey FOREIGN KEY (id) REFERENCES message(id)
  reply_ref_pkey PRIMARY KEY (id)
  reply_ref_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table review
  id text not null
  subdistrict_id text not null
  member_id text not null
  per text not null
  period text not null
  text text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  review_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  review_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  review_pkey PRIMARY KEY (id)
  review_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table round
  id text not null
  subdistrict_id text not null
  kind text not null
  member_id text not null
  grid_id text
  day text not null
  began_at bigint not null
  ended_at bigint
  asked_at bigint
  message_id text not null
  field_record_id text
  voided_at bigint
  voided_by text
  round_field_record_id_fkey FOREIGN KEY (field_record_id) REFERENCES field_record(id)
  round_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  round_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  round_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  round_pkey PRIMARY KEY (id)
  round_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table sent_message
  id text not null
  subdistrict_id text not null
  outbox_id text not null
  channel text not null
  target text not null
  route text not null
  text text not null
  mentions text not null
  card text
  attachment text
  at bigint not null
  platform_id text
  sent_message_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id)
  sent_message_pkey PRIMARY KEY (id)
  sent_message_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table setting
  subdistrict_id text not null
  name text not null
  value text not null
  setting_pkey PRIMARY KEY (subdistrict_id, name)

table shift
  id text not null
  subdistrict_id text not null
  day text not null
  name text not null
  starts_at bigint not null
  ends_at bigint not null
  member_id text not null
  set_by text not null
  set_at bigint not null
  taken_at bigint
  dropped_at bigint
  message_id text not null
  shift_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  shift_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  shift_pkey PRIMARY KEY (id)
  shift_set_by_fkey FOREIGN KEY (set_by) REFERENCES member(id)
  shift_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table shift_handover
  id text not null
  subdistrict_id text not null
  shift_id text not null
  at bigint not null
  note text
  items text not null
  message_id text not null
  voided_at bigint
  voided_by text
  shift_handover_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  shift_handover_pkey PRIMARY KEY (id)
  shift_handover_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shift(id)
  shift_handover_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table sign_in_reminder
  id text not null
  subdistrict_id text not null
  member_id text not null
  day text not null
  on_leave integer not null
  by_id text not null
  at bigint not null
  message_id text not null
  sign_in_reminder_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  sign_in_reminder_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  sign_in_reminder_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  sign_in_reminder_pkey PRIMARY KEY (id)
  sign_in_reminder_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  sign_in_reminder_subdistrict_id_member_id_day_key UNIQUE (subdistrict_id, member_id, day)

table staff_request
  id text not null
  subdistrict_id text not null
  no integer not null
  kind text not null
  member_id text not null
  grid_id text
  text text
  approver_id text not null
  status text not null
  at bigint not null
  decided_at bigint
  decided_by text
  decision_reason text
  message_id text not null
  staff_request_approver_id_fkey FOREIGN KEY (approver_id) REFERENCES member(id)
  staff_request_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES member(id)
  staff_request_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  staff_request_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  staff_request_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  staff_request_pkey PRIMARY KEY (id)
  staff_request_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  staff_request_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table subdistrict
  id text not null
  name text not null
  created_at bigint not null
  subdistrict_pkey PRIMARY KEY (id)

table support
  id text not null
  subdistrict_id text not null
  community text not null
  reason text not null
  by_id text not null
  at bigint not null
  ended_at bigint
  message_id text not null
  support_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  support_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  support_pkey PRIMARY KEY (id)
  support_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table task
  id text not null
  subdistrict_id text not null
  no integer not null
  member_id text not null
  giver_id text
  giver_name text
  content text not null
  due text not null
  photo_asked integer not null
  line text
  source_type text
  source_id text
  admission_id text
  status text not null
  assigned_at bigint not null
  acknowledged_at bigint
  done_at bigint
  message_id text
  task_giver_id_fkey FOREIGN KEY (giver_id) REFERENCES member(id)
  task_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  task_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  task_pkey PRIMARY KEY (id)
  task_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  task_subdistrict_id_no_key UNIQUE (subdistrict_id, no)

table task_progress
  id text not null
  subdistrict_id text not null
  task_id text not null
  member_id text not null
  at bigint not null
  count integer
  remaining integer
  done integer
  text text not null
  message_id text not null
  task_progress_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  task_progress_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  task_progress_pkey PRIMARY KEY (id)
  task_progress_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  task_progress_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id)

table timer
  id text not null
  subdistrict_id text not null
  job text not null
  subject text not null
  due_at bigint not null
  cancelled integer not null
  timer_pkey PRIMARY KEY (id)
  timer_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table trainer
  id text not null
  subdistrict_id text not null
  name text not null
  about text not null
  by_id text not null
  at bigint not null
  message_id text not null
  trainer_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  trainer_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  trainer_pkey PRIMARY KEY (id)
  trainer_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table training_absence
  id text not null
  subdistrict_id text not null
  no integer not null
  meeting_id text not null
  member_id text not null
  status text not null
  told_at bigint not null
  appeal_by text not null
  appeal text
  appealed_at bigint
  decided_by text
  decided_at bigint
  decision_reason text
  training_absence_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES member(id)
  training_absence_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meeting(id)
  training_absence_meeting_id_member_id_key UNIQUE (meeting_id, member_id)
  training_absence_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  training_absence_pkey PRIMARY KEY (id)
  training_absence_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table training_done
  id text not null
  subdistrict_id text not null
  kind text not null
  member_id text not null
  meeting_id text
  day text not null
  by_id text not null
  at bigint not null
  message_id text not null
  training_done_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  training_done_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meeting(id)
  training_done_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  training_done_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  training_done_pkey PRIMARY KEY (id)
  training_done_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table training_plan
  id text not null
  subdistrict_id text not null
  year integer not null
  month integer not null
  topic text not null
  by_id text not null
  at bigint not null
  dropped_at bigint
  message_id text not null
  training_plan_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  training_plan_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  training_plan_pkey PRIMARY KEY (id)
  training_plan_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table unit
  id text not null
  subdistrict_id text not null
  name text not null
  contact text
  chat_platform_id text
  unit_pkey PRIMARY KEY (id)
  unit_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table usage
  month text not null
  channel text not null
  meter text not null
  count bigint not null
  usage_pkey PRIMARY KEY (month, channel, meter)

table visit_of_target
  field_record_id text not null
  target_id text not null
  subdistrict_id text not null
  visit_of_target_field_record_id_fkey FOREIGN KEY (field_record_id) REFERENCES field_record(id)
  visit_of_target_pkey PRIMARY KEY (field_record_id, target_id)
  visit_of_target_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  visit_of_target_target_id_fkey FOREIGN KEY (target_id) REFERENCES visit_target(id)

table visit_target
  id text not null
  subdistrict_id text not null
  list text not null
  code text not null
  name text not null
  name_index text not null
  address text
  born_on text
  grid_id text not null
  member_id text
  at_least integer
  per text
  from_day text not null
  paused_until text
  closed_on text
  closed_reason text
  by_id text
  created_at bigint not null
  message_id text
  voided_at bigint
  voided_by text
  visit_target_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  visit_target_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  visit_target_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(id)
  visit_target_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  visit_target_pkey PRIMARY KEY (id)
  visit_target_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table visit_target_change
  id text not null
  subdistrict_id text not null
  target_id text not null
  kind text not null
  former text not null
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  visit_target_change_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  visit_target_change_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  visit_target_change_pkey PRIMARY KEY (id)
  visit_target_change_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)
  visit_target_change_target_id_fkey FOREIGN KEY (target_id) REFERENCES visit_target(id)

table work
  id text not null
  subdistrict_id text not null
  kind text not null
  payload text not null
  state text not null
  attempts integer not null
  not_before bigint not null
  lease_until bigint
  error text
  message_id text
  at bigint not null
  work_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  work_pkey PRIMARY KEY (id)
  work_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table work_done
  id text not null
  subdistrict_id text not null
  community text not null
  year integer not null
  name_index text not null
  count integer not null
  grid_id text
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  work_done_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  work_done_grid_id_fkey FOREIGN KEY (grid_id) REFERENCES grid(id)
  work_done_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  work_done_pkey PRIMARY KEY (id)
  work_done_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

table work_target
  id text not null
  subdistrict_id text not null
  community text not null
  year integer not null
  name text not null
  name_index text not null
  count integer not null
  by_id text not null
  at bigint not null
  message_id text not null
  voided_at bigint
  voided_by text
  work_target_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(id)
  work_target_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  work_target_pkey PRIMARY KEY (id)
  work_target_subdistrict_id_fkey FOREIGN KEY (subdistrict_id) REFERENCES subdistrict(id)

CREATE INDEX admission_log_at ON public.admission_log USING btree (subdistrict_id, at);
CREATE UNIQUE INDEX admission_log_pkey ON public.admission_log USING btree (id);
CREATE UNIQUE INDEX admission_pkey ON public.admission USING btree (id);
CREATE UNIQUE INDEX admission_subdistrict_id_code_key ON public.admission USING btree (subdistrict_id, code);
CREATE UNIQUE INDEX appointment_pkey ON public.appointment USING btree (id);
CREATE INDEX appointment_step_appointment ON public.appointment_step USING btree (subdistrict_id, appointment_id);
CREATE UNIQUE INDEX appointment_step_pkey ON public.appointment_step USING btree (id);
CREATE UNIQUE INDEX appointment_subdistrict_id_no_key ON public.appointment USING btree (subdistrict_id, no);
CREATE INDEX audit_by ON public.audit USING btree (subdistrict_id, by, at);
CREATE INDEX audit_message ON public.audit USING btree (message_id);
CREATE UNIQUE INDEX audit_pkey ON public.audit USING btree (id);
CREATE UNIQUE INDEX audit_seq ON public.audit USING btree (subdistrict_id, seq);
CREATE INDEX audit_subject ON public.audit USING btree (subdistrict_id, subject_type, subject_id);
CREATE UNIQUE INDEX calendar_day_pkey ON public.calendar_day USING btree (subdistrict_id, day);
CREATE UNIQUE INDEX card_copy_card_id_channel_target_key ON public.card_copy USING btree (card_id, channel, target);
CREATE UNIQUE INDEX card_copy_pkey ON public.card_copy USING btree (id);
CREATE INDEX card_copy_usable ON public.card_copy USING btree (subdistrict_id, usable_until);
CREATE UNIQUE INDEX chat_group_pkey ON public.chat_group USING btree (id);
CREATE UNIQUE INDEX chat_pkey ON public.chat USING btree (id);
CREATE UNIQUE INDEX chat_platform ON public.chat USING btree (channel, platform_id);
CREATE INDEX check_in_day ON public.check_in USING btree (subdistrict_id, day, member_id);
CREATE UNIQUE INDEX check_in_pkey ON public.check_in USING btree (id);
CREATE UNIQUE INDEX circular_pkey ON public.circular USING btree (id);
CREATE UNIQUE INDEX circular_subdistrict_id_no_key ON public.circular USING btree (subdistrict_id, no);
CREATE INDEX contact_card_grid ON public.contact_card USING btree (subdistrict_id, grid_id);
CREATE UNIQUE INDEX contact_card_pkey ON public.contact_card USING btree (id);
CREATE INDEX correction_new ON public.correction USING btree (subdistrict_id, new_id);
CREATE UNIQUE INDEX correction_pkey ON public.correction USING btree (id);
CREATE INDEX correction_status ON public.correction USING btree (subdistrict_id, status);
CREATE UNIQUE INDEX correction_subdistrict_id_no_key ON public.correction USING btree (subdistrict_id, no);
CREATE INDEX correction_subject ON public.correction USING btree (subdistrict_id, subject_id);
CREATE UNIQUE INDEX counter_pkey ON public.counter USING btree (subdistrict_id, name);
CREATE INDEX coverage_report_month ON public.coverage_report USING btree (subdistrict_id, month);
CREATE UNIQUE INDEX coverage_report_pkey ON public.coverage_report USING btree (id);
CREATE INDEX diary_day ON public.diary USING btree (subdistrict_id, member_id, day);
CREATE INDEX diary_note_day ON public.diary_note USING btree (subdistrict_id, member_id, day);
CREATE UNIQUE INDEX diary_note_pkey ON public.diary_note USING btree (id);
CREATE UNIQUE INDEX diary_pkey ON public.diary USING btree (id);
CREATE UNIQUE INDEX exam_answer_pkey ON public.exam_answer USING btree (exam_id, member_id, question_id);
CREATE UNIQUE INDEX exam_pkey ON public.exam USING btree (id);
CREATE UNIQUE INDEX exam_question_pkey ON public.exam_question USING btree (id);
CREATE INDEX field_record_at ON public.field_record USING btree (subdistrict_id, at);
CREATE INDEX field_record_member ON public.field_record USING btree (member_id, at);
CREATE INDEX field_record_message ON public.field_record USING btree (message_id);
CREATE UNIQUE INDEX field_record_pkey ON public.field_record USING btree (id);
CREATE UNIQUE INDEX grid_change_pkey ON public.grid_change USING btree (id);
CREATE UNIQUE INDEX grid_change_subdistrict_id_no_key ON public.grid_change USING btree (subdistrict_id, no);
CREATE INDEX grid_code_grid ON public.grid_code USING btree (subdistrict_id, grid_id);
CREATE UNIQUE INDEX grid_code_pkey ON public.grid_code USING btree (id);
CREATE INDEX grid_fact_grid ON public.grid_fact USING btree (subdistrict_id, grid_id);
CREATE UNIQUE INDEX grid_fact_pkey ON public.grid_fact USING btree (id);
CREATE UNIQUE INDEX grid_gap_pkey ON public.grid_gap USING btree (id);
CREATE UNIQUE INDEX grid_gap_subdistrict_id_no_key ON public.grid_gap USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX grid_number ON public.grid USING btree (subdistrict_id, community, grid_no, from_day);
CREATE UNIQUE INDEX grid_pkey ON public.grid USING btree (id);
CREATE UNIQUE INDEX grid_place_once ON public.grid_place USING btree (grid_id, name);
CREATE UNIQUE INDEX grid_place_pkey ON public.grid_place USING btree (id);
CREATE INDEX h5_session_expires ON public.h5_session USING btree (expires_at);
CREATE UNIQUE INDEX h5_session_pkey ON public.h5_session USING btree (id);
CREATE INDEX hand_over_member ON public.hand_over USING btree (subdistrict_id, member_id);
CREATE UNIQUE INDEX hand_over_pkey ON public.hand_over USING btree (id);
CREATE UNIQUE INDEX household_assignment_pkey ON public.household_assignment USING btree (id);
CREATE UNIQUE INDEX household_grid_id_code_key ON public.household USING btree (grid_id, code);
CREATE UNIQUE INDEX household_grid_id_door_index_key ON public.household USING btree (grid_id, door_index);
CREATE INDEX household_member ON public.household USING btree (subdistrict_id, member_id);
CREATE INDEX household_name ON public.household USING btree (grid_id, name_index);
CREATE UNIQUE INDEX household_pkey ON public.household USING btree (id);
CREATE UNIQUE INDEX incident_call_once ON public.incident_call USING btree (incident_id, unit);
CREATE UNIQUE INDEX incident_call_pkey ON public.incident_call USING btree (id);
CREATE UNIQUE INDEX incident_helper_once ON public.incident_helper USING btree (incident_id, member_id);
CREATE UNIQUE INDEX incident_helper_pkey ON public.incident_helper USING btree (id);
CREATE INDEX incident_hold_incident ON public.incident_hold USING btree (incident_id);
CREATE UNIQUE INDEX incident_hold_pkey ON public.incident_hold USING btree (id);
CREATE INDEX incident_log_incident ON public.incident_log USING btree (incident_id, at);
CREATE UNIQUE INDEX incident_log_pkey ON public.incident_log USING btree (id);
CREATE INDEX incident_next_step ON public.incident USING btree (subdistrict_id, next_step_at);
CREATE UNIQUE INDEX incident_no ON public.incident USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX incident_pkey ON public.incident USING btree (id);
CREATE INDEX incident_status ON public.incident USING btree (subdistrict_id, status);
CREATE UNIQUE INDEX info_campaign_pkey ON public.info_campaign USING btree (id);
CREATE INDEX info_campaign_to_day ON public.info_campaign USING btree (subdistrict_id, to_day);
CREATE INDEX info_item_at ON public.info_item USING btree (subdistrict_id, at);
CREATE UNIQUE INDEX info_item_no ON public.info_item USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX info_item_pkey ON public.info_item USING btree (id);
CREATE INDEX info_item_repeat_of ON public.info_item USING btree (repeat_of);
CREATE INDEX inspection_notice ON public.inspection USING btree (notice_id);
CREATE UNIQUE INDEX inspection_pkey ON public.inspection USING btree (id);
CREATE INDEX inspection_step_inspection ON public.inspection_step USING btree (inspection_id);
CREATE UNIQUE INDEX inspection_step_pkey ON public.inspection_step USING btree (id);
CREATE UNIQUE INDEX inspection_subdistrict_id_no_key ON public.inspection USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX job_run_pkey ON public.job_run USING btree (job, subject, due_at);
CREATE UNIQUE INDEX knowledge_answer_pkey ON public.knowledge_answer USING btree (quiz_id, place);
CREATE INDEX knowledge_quiz_member ON public.knowledge_quiz USING btree (subdistrict_id, member_id);
CREATE UNIQUE INDEX knowledge_quiz_pkey ON public.knowledge_quiz USING btree (id);
CREATE UNIQUE INDEX lease_pkey ON public.lease USING btree (name);
CREATE INDEX leave_request_member ON public.leave_request USING btree (member_id, from_day);
CREATE UNIQUE INDEX leave_request_no ON public.leave_request USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX leave_request_pkey ON public.leave_request USING btree (id);
CREATE UNIQUE INDEX meeting_attendance_once ON public.meeting_attendance USING btree (meeting_id, member_id);
CREATE UNIQUE INDEX meeting_attendance_pkey ON public.meeting_attendance USING btree (id);
CREATE INDEX meeting_day ON public.meeting USING btree (subdistrict_id, start_day);
CREATE INDEX meeting_material_meeting ON public.meeting_material USING btree (meeting_id);
CREATE UNIQUE INDEX meeting_material_pkey ON public.meeting_material USING btree (id);
CREATE UNIQUE INDEX meeting_no ON public.meeting USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX meeting_pkey ON public.meeting USING btree (id);
CREATE INDEX meeting_rating_meeting ON public.meeting_rating USING btree (meeting_id);
CREATE UNIQUE INDEX meeting_rating_pkey ON public.meeting_rating USING btree (id);
CREATE UNIQUE INDEX meeting_reply_pkey ON public.meeting_reply USING btree (meeting_id, member_id);
CREATE INDEX meeting_start_day ON public.meeting USING btree (subdistrict_id, start_day);
CREATE UNIQUE INDEX member_choice_pkey ON public.member_choice USING btree (member_id, name);
CREATE INDEX member_detail_member ON public.member_detail USING btree (subdistrict_id, member_id);
CREATE UNIQUE INDEX member_detail_pkey ON public.member_detail USING btree (id);
CREATE UNIQUE INDEX member_dingtalk ON public.member USING btree (subdistrict_id, dingtalk_id);
CREATE UNIQUE INDEX member_key ON public.member USING btree (subdistrict_id, key);
CREATE INDEX member_phone ON public.member USING btree (subdistrict_id, phone_index);
CREATE UNIQUE INDEX member_pkey ON public.member USING btree (id);
CREATE INDEX member_role_grid ON public.member_role USING btree (grid_id);
CREATE INDEX member_role_member ON public.member_role USING btree (member_id);
CREATE UNIQUE INDEX member_role_pkey ON public.member_role USING btree (id);
CREATE UNIQUE INDEX member_wecom ON public.member USING btree (subdistrict_id, wecom_id);
CREATE INDEX message_chat ON public.message USING btree (chat_platform_id, at);
CREATE INDEX message_file_message ON public.message_file USING btree (message_id);
CREATE UNIQUE INDEX message_file_pkey ON public.message_file USING btree (id);
CREATE INDEX message_member ON public.message USING btree (member_id, at);
CREATE UNIQUE INDEX message_once ON public.message USING btree (channel, robot, platform_id);
CREATE UNIQUE INDEX message_pkey ON public.message USING btree (id);
CREATE INDEX message_platform ON public.message USING btree (platform_id);
CREATE INDEX message_sender ON public.message USING btree (channel, sender_platform_id, id);
CREATE UNIQUE INDEX notice_admission_pkey ON public.notice_admission USING btree (notice_id);
CREATE INDEX notice_approval_notice ON public.notice_approval USING btree (notice_id);
CREATE UNIQUE INDEX notice_approval_pkey ON public.notice_approval USING btree (id);
CREATE INDEX notice_attachment_notice ON public.notice_attachment USING btree (notice_id);
CREATE UNIQUE INDEX notice_attachment_pkey ON public.notice_attachment USING btree (id);
CREATE INDEX notice_drafter ON public.notice USING btree (drafter_id);
CREATE INDEX notice_extension_notice ON public.notice_extension USING btree (notice_id);
CREATE UNIQUE INDEX notice_extension_pkey ON public.notice_extension USING btree (id);
CREATE UNIQUE INDEX notice_extension_subdistrict_id_no_key ON public.notice_extension USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX notice_no ON public.notice USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX notice_occurrence ON public.notice USING btree (parent_id, occurs_on);
CREATE UNIQUE INDEX notice_pkey ON public.notice USING btree (id);
CREATE INDEX notice_progress_notice ON public.notice_progress USING btree (notice_id, at);
CREATE UNIQUE INDEX notice_progress_pkey ON public.notice_progress USING btree (id);
CREATE INDEX notice_receiver_member ON public.notice_receiver USING btree (member_id);
CREATE UNIQUE INDEX notice_receiver_once ON public.notice_receiver USING btree (notice_id, member_id);
CREATE UNIQUE INDEX notice_receiver_pkey ON public.notice_receiver USING btree (id);
CREATE UNIQUE INDEX notice_sheet_pkey ON public.notice_sheet USING btree (notice_id, outbox_id);
CREATE INDEX notice_status ON public.notice USING btree (subdistrict_id, status);
CREATE UNIQUE INDEX open_question_asker ON public.open_question USING btree (subdistrict_id, asker, chat_platform_id);
CREATE UNIQUE INDEX open_question_pkey ON public.open_question USING btree (id);
CREATE INDEX outbox_due ON public.outbox USING btree (state, not_before);
CREATE INDEX outbox_merge ON public.outbox USING btree (merge_key);
CREATE INDEX outbox_message ON public.outbox USING btree (message_id);
CREATE UNIQUE INDEX outbox_pkey ON public.outbox USING btree (id);
CREATE INDEX outbox_subject ON public.outbox USING btree (subject_type, subject_id);
CREATE INDEX outing_day ON public.outing USING btree (subdistrict_id, day);
CREATE UNIQUE INDEX outing_pkey ON public.outing USING btree (id);
CREATE UNIQUE INDEX pack_version_pkey ON public.pack_version USING btree (id);
CREATE INDEX photo_message ON public.photo USING btree (message_id);
CREATE UNIQUE INDEX photo_pkey ON public.photo USING btree (id);
CREATE INDEX photo_sha256 ON public.photo USING btree (sha256);
CREATE UNIQUE INDEX platform_alias_pkey ON public.platform_alias USING btree (channel, alias);
CREATE INDEX population_change_month ON public.population_change USING btree (subdistrict_id, month);
CREATE UNIQUE INDEX population_change_pkey ON public.population_change USING btree (id);
CREATE INDEX population_check_month ON public.population_check USING btree (subdistrict_id, month);
CREATE UNIQUE INDEX population_check_pkey ON public.population_check USING btree (id);
CREATE UNIQUE INDEX proof_seen_pkey ON public.proof_seen USING btree (key);
CREATE INDEX reply_ref_expires ON public.reply_ref USING btree (expires_at);
CREATE UNIQUE INDEX reply_ref_pkey ON public.reply_ref USING btree (id);
CREATE INDEX review_member ON public.review USING btree (subdistrict_id, member_id);
CREATE UNIQUE INDEX review_pkey ON public.review USING btree (id);
CREATE INDEX round_member ON public.round USING btree (subdistrict_id, member_id, day);
CREATE UNIQUE INDEX round_pkey ON public.round USING btree (id);
CREATE UNIQUE INDEX sent_message_pkey ON public.sent_message USING btree (id);
CREATE INDEX sent_message_route ON public.sent_message USING btree (route, at);
CREATE INDEX sent_message_target ON public.sent_message USING btree (channel, target, at);
CREATE UNIQUE INDEX setting_pkey ON public.setting USING btree (subdistrict_id, name);
CREATE INDEX shift_day ON public.shift USING btree (subdistrict_id, day);
CREATE UNIQUE INDEX shift_handover_pkey ON public.shift_handover USING btree (id);
CREATE INDEX shift_handover_shift ON public.shift_handover USING btree (shift_id);
CREATE UNIQUE INDEX shift_pkey ON public.shift USING btree (id);
CREATE UNIQUE INDEX sign_in_reminder_pkey ON public.sign_in_reminder USING btree (id);
CREATE UNIQUE INDEX sign_in_reminder_subdistrict_id_member_id_day_key ON public.sign_in_reminder USING btree (subdistrict_id, member_id, day);
CREATE UNIQUE INDEX staff_request_pkey ON public.staff_request USING btree (id);
CREATE UNIQUE INDEX staff_request_subdistrict_id_no_key ON public.staff_request USING btree (subdistrict_id, no);
CREATE UNIQUE INDEX subdistrict_pkey ON public.subdistrict USING btree (id);
CREATE UNIQUE INDEX support_pkey ON public.support USING btree (id);
CREATE INDEX task_member ON public.task USING btree (subdistrict_id, member_id, status);
CREATE UNIQUE INDEX task_pkey ON public.task USING btree (id);
CREATE UNIQUE INDEX task_progress_pkey ON public.task_progress USING btree (id);
CREATE INDEX task_progress_task ON public.task_progress USING btree (task_id);
CREATE UNIQUE INDEX task_subdistrict_id_no_key ON public.task USING btree (subdistrict_id, no);
CREATE INDEX timer_due ON public.timer USING btree (due_at);
CREATE UNIQUE INDEX timer_once ON public.timer USING btree (subdistrict_id, job, subject, due_at);
CREATE UNIQUE INDEX timer_pkey ON public.timer USING btree (id);
CREATE UNIQUE INDEX trainer_pkey ON public.trainer USING btree (id);
CREATE UNIQUE INDEX training_absence_meeting_id_member_id_key ON public.training_absence USING btree (meeting_id, member_id);
CREATE UNIQUE INDEX training_absence_pkey ON public.training_absence USING btree (id);
CREATE INDEX training_done_member ON public.training_done USING btree (subdistrict_id, member_id);
CREATE UNIQUE INDEX training_done_pkey ON public.training_done USING btree (id);
CREATE UNIQUE INDEX training_plan_pkey ON public.training_plan USING btree (id);
CREATE UNIQUE INDEX unit_pkey ON public.unit USING btree (id);
CREATE UNIQUE INDEX usage_pkey ON public.usage USING btree (month, channel, meter);
CREATE UNIQUE INDEX visit_of_target_pkey ON public.visit_of_target USING btree (field_record_id, target_id);
CREATE INDEX visit_of_target_target ON public.visit_of_target USING btree (target_id);
CREATE UNIQUE INDEX visit_target_change_pkey ON public.visit_target_change USING btree (id);
CREATE INDEX visit_target_change_target ON public.visit_target_change USING btree (target_id);
CREATE UNIQUE INDEX visit_target_code ON public.visit_target USING btree (subdistrict_id, code);
CREATE INDEX visit_target_grid ON public.visit_target USING btree (grid_id, name_index);
CREATE INDEX visit_target_member ON public.visit_target USING btree (member_id);
CREATE UNIQUE INDEX visit_target_pkey ON public.visit_target USING btree (id);
CREATE UNIQUE INDEX work_done_pkey ON public.work_done USING btree (id);
CREATE INDEX work_done_year ON public.work_done USING btree (subdistrict_id, year);
CREATE INDEX work_due ON public.work USING btree (state, not_before);
CREATE UNIQUE INDEX work_pkey ON public.work USING btree (id);
CREATE UNIQUE INDEX work_target_pkey ON public.work_target USING btree (id);
CREATE INDEX work_target_year ON public.work_target USING btree (subdistrict_id, year);
