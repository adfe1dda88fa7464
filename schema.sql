-- The sum of the migrations. Written by `npm run schema`; a test compares. To change it, add a migration.

create table public.api_key (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  name text not null,
  prefix text not null,
  digest text not null,
  role text not null,
  entity_id uuid,
  scopes jsonb not null,
  created_by uuid not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone
);

create table public.api_key_use (
  organisation_id uuid not null,
  id uuid not null,
  used_at timestamp with time zone not null
);

create table public.applicability (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  programme_id uuid not null,
  requirement text not null,
  decisions jsonb not null
);

create table public.arrangement (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  subject text not null,
  entity_id uuid,
  assignee_id uuid,
  snoozed_until date,
  reason text not null,
  person_id uuid
);

create table public.asset (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  description jsonb,
  kind text not null,
  entity_id uuid not null,
  service_ids jsonb not null,
  owner_id uuid,
  classification text,
  value jsonb not null,
  override jsonb not null,
  personal_data boolean not null,
  card_data boolean not null,
  location jsonb,
  retention jsonb,
  depends_on jsonb not null,
  identifiers jsonb not null,
  in_use_from date,
  in_use_to date,
  former jsonb
);

create table public.asset_scale (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  levels jsonb not null,
  classifications jsonb not null
);

create table public.calendar_feed (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  person_id uuid not null,
  token_digest text not null,
  reach text not null,
  language text not null,
  created_on date not null,
  ended_on date
);

create table public.calendar_rules (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  escalation_days integer not null,
  lead_days jsonb not null,
  digest_hour integer not null,
  digest boolean not null,
  language text not null
);

create table public.certificate (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  kind text not null,
  scheme text not null,
  number text,
  initial_date date,
  predecessors jsonb not null,
  holders jsonb not null,
  services jsonb not null,
  scopes jsonb not null,
  terms jsonb not null,
  events jsonb not null,
  verification_url text,
  verification_checked_on date,
  words text not null generated always as (certificate_words(key, number, scheme, scopes, terms)) stored
);

create table public.check_definition (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  control_id uuid not null,
  data_kind text not null,
  expression text not null,
  severity text not null,
  every_days integer not null,
  tolerance_days integer not null,
  resources jsonb not null,
  active_from date not null,
  active_to date,
  owner_id uuid,
  former jsonb
);

create table public.check_run (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  check_id uuid not null,
  evidence_id uuid not null,
  expression text not null,
  ran_on date not null,
  ran_at timestamp with time zone not null,
  valid_until date not null,
  results jsonb not null,
  unresolved jsonb not null,
  unresolved_count integer not null,
  problem text
);

create table public.check_standing (
  organisation_id uuid not null,
  check_id uuid not null,
  asset_id uuid not null,
  decisive boolean not null,
  ran_on date not null,
  ran_at timestamp with time zone not null,
  weight integer not null,
  run_id uuid not null,
  evidence_id uuid not null,
  outcome text not null,
  detail text,
  valid_until date not null
);

create table public.collector_nonce (
  organisation_id uuid not null,
  key_id uuid not null,
  nonce text not null,
  expires_at timestamp with time zone not null
);

create table public.context_issue (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  origin text not null,
  topic text not null,
  relevant boolean not null,
  effect jsonb not null,
  entity_ids jsonb not null,
  owner_id uuid,
  reviews jsonb not null,
  review_months integer,
  from date,
  to date,
  former jsonb
);

create table public.control (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  code text not null,
  name jsonb not null,
  objective jsonb not null,
  practice jsonb,
  library_id text,
  library_version text,
  review jsonb,
  protects jsonb not null,
  requirement_links jsonb not null,
  control_links jsonb not null,
  together jsonb not null,
  owner_id uuid,
  retired_on date,
  former jsonb
);

create table public.daily_run (
  organisation_id uuid not null,
  day date not null
);

create table public.digest_mail (
  organisation_id uuid not null,
  person_id uuid not null,
  day date not null,
  state text not null
);

create table public.document (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  certificate_id uuid not null,
  term_id uuid,
  kind text not null,
  title jsonb not null,
  file_name text not null,
  media_type text not null,
  size bigint not null,
  digest text not null,
  language text,
  distribution text not null,
  withdrawn_on date
);

create table public.edition (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  digest text not null
);

create table public.entity (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  parent_id uuid,
  kind text not null,
  name jsonb not null,
  country text,
  member_from date,
  member_to date
);

create table public.erasure (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  subject_noun text not null,
  subject_id uuid not null,
  entries jsonb not null,
  legal_basis text not null,
  state text not null,
  requested_by uuid,
  approved_by uuid
);

create table public.evidence (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  title text not null,
  description text,
  location text,
  entity_id uuid not null,
  source text not null,
  collector text,
  collector_id uuid,
  added_by_id uuid,
  about_from date not null,
  about_to date not null,
  collected_on date not null,
  collected_at timestamp with time zone,
  valid_until date not null,
  validity_stated boolean not null,
  tolerance_days integer not null,
  files jsonb not null,
  data jsonb,
  implementation_ids jsonb not null,
  occurrence_ids jsonb not null,
  requirements jsonb not null,
  asset_ids jsonb not null,
  review jsonb,
  replaces uuid,
  withdrawn jsonb,
  retain_until date,
  hold jsonb,
  disposed jsonb
);

create table public.evidence_link (
  organisation_id uuid not null,
  evidence_id uuid not null,
  implementation_id uuid not null,
  valid_until date not null
);

create table public.evidence_upload (
  organisation_id uuid not null,
  id uuid not null,
  actor_id uuid not null,
  name text not null,
  declared_type text not null,
  state text not null,
  size bigint not null,
  received bigint not null,
  digest text,
  media_type text,
  card_numbers text,
  not_inspected jsonb,
  findings jsonb,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null
);

create table public.idempotency (
  organisation_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_digest text not null,
  status integer not null,
  answer text not null,
  created_at timestamp with time zone not null
);

create table public.implementation (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  control_id uuid not null,
  entity_id uuid not null,
  service_id uuid,
  inheritable boolean not null,
  owner_id uuid,
  description jsonb not null,
  frequency jsonb,
  evidence_days integer not null,
  phases jsonb not null,
  ended_on date,
  former jsonb
);

create table public.interested_party (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  kind text not null,
  entity_ids jsonb not null,
  needs jsonb not null,
  owner_id uuid,
  reviews jsonb not null,
  review_months integer,
  from date,
  to date,
  former jsonb
);

create table public.isms_role (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  responsibilities jsonb not null,
  authority jsonb,
  clauses jsonb not null,
  entity_id uuid,
  holders jsonb not null,
  from date,
  to date
);

create table public.log_checkpoint (
  organisation_id uuid not null,
  size bigint not null,
  root text not null,
  note text not null,
  sealed_at timestamp with time zone not null
);

create table public.log_entry (
  organisation_id uuid not null,
  idx bigint not null,
  leaf text not null,
  event_id uuid not null,
  type text not null,
  noun text not null,
  record_id uuid not null,
  n integer not null,
  recorded_at timestamp with time zone not null,
  salt bytea,
  statement text
);

create table public.log_head (
  organisation_id uuid not null,
  origin text not null,
  size bigint not null,
  lost_from bigint,
  lost_to bigint,
  forked_at bigint
);

create table public.named_document (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  programme_id uuid not null,
  duty text not null,
  name jsonb not null,
  label text,
  evidence_id uuid not null,
  issued_on date not null,
  review_by date,
  named_by_id uuid not null,
  approval jsonb,
  withdrawn jsonb
);

create table public.objective (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  why jsonb not null,
  programme_ids jsonb not null,
  entity_ids jsonb not null,
  owner_id uuid,
  plan jsonb,
  measure jsonb not null,
  targets jsonb not null,
  from date,
  to date,
  former jsonb
);

create table public.obligation (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  kind text not null,
  source jsonb not null,
  jurisdiction text,
  demands jsonb not null,
  party_id uuid,
  entity_ids jsonb not null,
  service_ids jsonb not null,
  requirements jsonb not null,
  owner_id uuid,
  reviews jsonb not null,
  review_months integer,
  from date,
  to date,
  former jsonb
);

create table public.occurrence (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  implementation_id uuid not null,
  period_from date not null,
  period_to date not null,
  due_by date not null,
  planned_on date not null,
  trigger text,
  attempts jsonb not null,
  missed jsonb,
  cancelled jsonb,
  passed boolean not null generated always as ((attempts @> '[{"outcome": "pass"}]'::jsonb)) stored
);

create table public.onboarding (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  scope_entity_ids jsonb not null,
  scope_service_ids jsonb not null,
  skipped jsonb not null,
  put_away_on date
);

create table public.organisation (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  name jsonb not null,
  time_zone text not null,
  host text,
  demo_day date
);

create table public.overlay (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  edition_key text not null,
  language text not null,
  licence_holder text not null,
  digest text not null,
  texts integer not null,
  removed boolean not null
);

create table public.page_text (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  section text not null,
  place integer not null,
  title jsonb,
  body jsonb not null,
  author_id uuid,
  review jsonb,
  effective_from date,
  effective_to date
);

create table public.person (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  name jsonb not null,
  email text not null,
  entity_id uuid,
  job_title jsonb,
  state text not null,
  account_id text,
  left_on date
);

create table public.programme (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  name jsonb not null,
  edition text not null,
  categories jsonb not null,
  audiences jsonb not null,
  entities jsonb not null,
  services jsonb not null,
  cycles jsonb not null,
  owner_id uuid,
  certificate_id uuid,
  ended_on date,
  former jsonb
);

create table public.programme_file (
  organisation_id uuid not null,
  digest text not null,
  received_at timestamp with time zone not null
);

create table public.publication (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  number integer not null,
  as_of date not null,
  published_at timestamp with time zone not null,
  published_on date not null,
  published_by uuid,
  note jsonb,
  content jsonb not null,
  pages jsonb not null
);

create table public.reading (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  objective_id uuid not null,
  on date not null,
  value double precision not null,
  source text not null,
  note text,
  read_by_id uuid,
  replaces uuid
);

create table public.reminder (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  person_id uuid not null,
  digest boolean not null,
  language text not null
);

create table public.report_package (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  programme_id uuid not null,
  kind text not null,
  language text not null,
  as_of date not null,
  files jsonb not null,
  made_by_id uuid,
  made_on date not null
);

create table public.report_request (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  document_id uuid not null,
  document_digest text not null,
  requester_name text not null,
  requester_email text not null,
  requester_company text not null,
  purpose text not null,
  language text not null,
  terms_digest text not null,
  requested_at timestamp with time zone not null,
  state text not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_reason text,
  link_digest text,
  link_expires_at timestamp with time zone,
  downloaded_at timestamp with time zone
);

create table public.risk (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  code text not null,
  name jsonb not null,
  scenario jsonb not null,
  approach text not null,
  threat jsonb,
  vulnerability jsonb,
  affects jsonb not null,
  entity_id uuid not null,
  service_ids jsonb not null,
  asset_ids jsonb not null,
  issue_ids jsonb not null,
  obligation_ids jsonb not null,
  owner_id uuid,
  identified_on date not null,
  assessments jsonb not null,
  treatments jsonb not null,
  actions jsonb not null,
  reviews jsonb not null,
  review_months integer,
  quantity jsonb,
  closed jsonb,
  reopened jsonb not null,
  former jsonb
);

create table public.risk_acceptance (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  risk_id uuid not null,
  risk_version integer not null,
  substance text not null,
  person_id uuid not null,
  on date not null,
  until date,
  note text,
  revoked jsonb
);

create table public.risk_method (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  number integer not null,
  name jsonb not null,
  description jsonb not null,
  likelihood jsonb not null,
  consequence jsonb not null,
  areas jsonb not null,
  bands jsonb not null,
  matrix jsonb not null,
  aggregation text not null,
  review_months integer not null,
  effective_from date not null,
  unreviewed boolean not null,
  author_ids jsonb not null,
  drafted_on date not null,
  approval jsonb,
  withdrawn jsonb
);

create table public.role_grant (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  person_id uuid not null,
  role text not null,
  entity_id uuid,
  certificate_id uuid,
  granted_on date not null,
  ended_on date
);

create table public.scope_statement (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  programme_id uuid not null,
  number integer not null,
  scope jsonb not null,
  boundaries jsonb,
  entity_ids jsonb not null,
  service_ids jsonb not null,
  interfaces jsonb not null,
  exclusions jsonb not null,
  effective_from date not null,
  author_ids jsonb not null,
  drafted_on date not null,
  approval jsonb,
  withdrawn jsonb
);

create table public.service (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  key text not null,
  entity_id uuid not null,
  kind text not null,
  name jsonb not null,
  offered_from date,
  offered_to date
);

create table public.soa_version (
  organisation_id uuid not null,
  id uuid not null,
  version integer not null,
  programme_id uuid not null,
  number integer not null,
  edition text not null,
  as_of date not null,
  log_size integer not null,
  rows jsonb not null,
  note text,
  author_ids jsonb not null,
  drafted_on date not null,
  approval jsonb,
  withdrawn jsonb
);

create table auth.account (
  id text not null,
  accountId text not null,
  providerId text not null,
  userId text not null,
  accessToken text,
  refreshToken text,
  idToken text,
  accessTokenExpiresAt timestamp with time zone,
  refreshTokenExpiresAt timestamp with time zone,
  scope text,
  password text,
  createdAt timestamp with time zone not null default now(),
  updatedAt timestamp with time zone not null
);

create table auth.attempt (
  key text not null,
  window_start timestamp with time zone not null,
  count integer not null
);

create table auth.invitation (
  digest text not null,
  organisation_id uuid not null,
  person_id uuid not null,
  issued_by uuid,
  purpose text not null default 'join'::text,
  expires_at timestamp with time zone not null
);

create table auth.passkey (
  id text not null,
  name text,
  publicKey text not null,
  userId text not null,
  credentialID text not null,
  counter integer not null,
  deviceType text not null,
  backedUp boolean not null,
  transports text,
  createdAt timestamp with time zone,
  aaguid text
);

create table auth.rateLimit (
  id text not null,
  key text not null,
  count integer not null,
  lastRequest bigint not null
);

create table auth.session (
  id text not null,
  expiresAt timestamp with time zone not null,
  token text not null,
  createdAt timestamp with time zone not null default now(),
  updatedAt timestamp with time zone not null,
  ipAddress text,
  userAgent text,
  userId text not null
);

create table auth.session_organisation (
  session_id text not null,
  organisation_id uuid not null
);

create table auth.setup_token (
  digest text not null,
  expires_at timestamp with time zone not null
);

create table auth.twoFactor (
  id text not null,
  secret text not null,
  backupCodes text not null,
  userId text not null,
  verified boolean,
  failedVerificationCount integer,
  lockedUntil timestamp with time zone
);

create table auth.used_code (
  user_id text not null,
  digest text not null,
  used_at timestamp with time zone not null
);

create table auth.user (
  id text not null,
  name text not null,
  email text not null,
  emailVerified boolean not null,
  image text,
  createdAt timestamp with time zone not null default now(),
  updatedAt timestamp with time zone not null default now(),
  twoFactorEnabled boolean
);

create table auth.verification (
  id text not null,
  identifier text not null,
  value text not null,
  expiresAt timestamp with time zone not null,
  createdAt timestamp with time zone not null default now(),
  updatedAt timestamp with time zone not null default now()
);

-- constraints

alter table "overlay" add constraint overlay_organisation_id_edition_key_language_key UNIQUE (organisation_id, edition_key, language);
alter table "overlay" add constraint overlay_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table "overlay" add constraint overlay_pkey PRIMARY KEY (organisation_id, id);
alter table "overlay" add constraint overlay_version_check CHECK ((version >= 1));
alter table api_key add constraint api_key_digest_key UNIQUE (digest);
alter table api_key add constraint api_key_organisation_id_created_by_fkey FOREIGN KEY (organisation_id, created_by) REFERENCES person(organisation_id, id);
alter table api_key add constraint api_key_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table api_key add constraint api_key_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table api_key add constraint api_key_pkey PRIMARY KEY (organisation_id, id);
alter table api_key add constraint api_key_version_check CHECK ((version >= 1));
alter table api_key_use add constraint api_key_use_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table api_key_use add constraint api_key_use_organisation_id_id_fkey FOREIGN KEY (organisation_id, id) REFERENCES api_key(organisation_id, id);
alter table api_key_use add constraint api_key_use_pkey PRIMARY KEY (organisation_id, id);
alter table applicability add constraint applicability_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table applicability add constraint applicability_organisation_id_programme_id_fkey FOREIGN KEY (organisation_id, programme_id) REFERENCES programme(organisation_id, id);
alter table applicability add constraint applicability_organisation_id_programme_id_requirement_key UNIQUE (organisation_id, programme_id, requirement);
alter table applicability add constraint applicability_pkey PRIMARY KEY (organisation_id, id);
alter table applicability add constraint applicability_version_check CHECK ((version >= 1));
alter table arrangement add constraint arrangement_organisation_id_assignee_id_fkey FOREIGN KEY (organisation_id, assignee_id) REFERENCES person(organisation_id, id);
alter table arrangement add constraint arrangement_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table arrangement add constraint arrangement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table arrangement add constraint arrangement_organisation_id_person_id_fkey FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, id);
alter table arrangement add constraint arrangement_organisation_id_subject_key UNIQUE (organisation_id, subject);
alter table arrangement add constraint arrangement_pkey PRIMARY KEY (organisation_id, id);
alter table arrangement add constraint arrangement_version_check CHECK ((version >= 1));
alter table asset add constraint asset_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table asset add constraint asset_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table asset add constraint asset_organisation_id_key_key UNIQUE (organisation_id, key);
alter table asset add constraint asset_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table asset add constraint asset_pkey PRIMARY KEY (organisation_id, id);
alter table asset add constraint asset_version_check CHECK ((version >= 1));
alter table asset_scale add constraint asset_scale_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table asset_scale add constraint asset_scale_organisation_id_key UNIQUE (organisation_id);
alter table asset_scale add constraint asset_scale_pkey PRIMARY KEY (organisation_id, id);
alter table asset_scale add constraint asset_scale_version_check CHECK ((version >= 1));
alter table auth."rateLimit" add constraint "rateLimit_key_key" UNIQUE (key);
alter table auth."rateLimit" add constraint "rateLimit_pkey" PRIMARY KEY (id);
alter table auth."twoFactor" add constraint "twoFactor_pkey" PRIMARY KEY (id);
alter table auth."twoFactor" add constraint "twoFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth."user" add constraint user_email_key UNIQUE (email);
alter table auth."user" add constraint user_pkey PRIMARY KEY (id);
alter table auth.account add constraint account_pkey PRIMARY KEY (id);
alter table auth.account add constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.attempt add constraint attempt_pkey PRIMARY KEY (key);
alter table auth.invitation add constraint invitation_pkey PRIMARY KEY (digest);
alter table auth.invitation add constraint invitation_purpose_check CHECK ((purpose = ANY (ARRAY['join'::text, 'reset'::text])));
alter table auth.passkey add constraint passkey_pkey PRIMARY KEY (id);
alter table auth.passkey add constraint "passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.session add constraint session_pkey PRIMARY KEY (id);
alter table auth.session add constraint session_token_key UNIQUE (token);
alter table auth.session add constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.session_organisation add constraint session_organisation_pkey PRIMARY KEY (session_id);
alter table auth.session_organisation add constraint session_organisation_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth.session(id) ON DELETE CASCADE;
alter table auth.setup_token add constraint setup_token_pkey PRIMARY KEY (digest);
alter table auth.used_code add constraint used_code_pkey PRIMARY KEY (user_id, digest);
alter table auth.used_code add constraint used_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE;
alter table auth.verification add constraint verification_pkey PRIMARY KEY (id);
alter table calendar_feed add constraint calendar_feed_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table calendar_feed add constraint calendar_feed_organisation_id_person_id_fkey FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, id);
alter table calendar_feed add constraint calendar_feed_pkey PRIMARY KEY (organisation_id, id);
alter table calendar_feed add constraint calendar_feed_token_digest_key UNIQUE (token_digest);
alter table calendar_feed add constraint calendar_feed_version_check CHECK ((version >= 1));
alter table calendar_rules add constraint calendar_rules_check CHECK ((id = organisation_id));
alter table calendar_rules add constraint calendar_rules_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table calendar_rules add constraint calendar_rules_pkey PRIMARY KEY (organisation_id, id);
alter table calendar_rules add constraint calendar_rules_version_check CHECK ((version >= 1));
alter table certificate add constraint certificate_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table certificate add constraint certificate_organisation_id_key_key UNIQUE (organisation_id, key);
alter table certificate add constraint certificate_pkey PRIMARY KEY (organisation_id, id);
alter table certificate add constraint certificate_version_check CHECK ((version >= 1));
alter table check_definition add constraint check_definition_organisation_id_control_id_fkey FOREIGN KEY (organisation_id, control_id) REFERENCES control(organisation_id, id);
alter table check_definition add constraint check_definition_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table check_definition add constraint check_definition_organisation_id_key_key UNIQUE (organisation_id, key);
alter table check_definition add constraint check_definition_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table check_definition add constraint check_definition_pkey PRIMARY KEY (organisation_id, id);
alter table check_definition add constraint check_definition_version_check CHECK ((version >= 1));
alter table check_run add constraint check_run_organisation_id_check_id_fkey FOREIGN KEY (organisation_id, check_id) REFERENCES check_definition(organisation_id, id);
alter table check_run add constraint check_run_organisation_id_evidence_id_fkey FOREIGN KEY (organisation_id, evidence_id) REFERENCES evidence(organisation_id, id);
alter table check_run add constraint check_run_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table check_run add constraint check_run_pkey PRIMARY KEY (organisation_id, id);
alter table check_run add constraint check_run_version_check CHECK ((version >= 1));
alter table check_standing add constraint check_standing_pkey PRIMARY KEY (organisation_id, check_id, asset_id, decisive);
alter table collector_nonce add constraint collector_nonce_nonce_check CHECK (((length(nonce) >= 16) AND (length(nonce) <= 64)));
alter table collector_nonce add constraint collector_nonce_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table collector_nonce add constraint collector_nonce_pkey PRIMARY KEY (organisation_id, key_id, nonce);
alter table context_issue add constraint context_issue_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table context_issue add constraint context_issue_organisation_id_key_key UNIQUE (organisation_id, key);
alter table context_issue add constraint context_issue_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table context_issue add constraint context_issue_pkey PRIMARY KEY (organisation_id, id);
alter table context_issue add constraint context_issue_version_check CHECK ((version >= 1));
alter table control add constraint control_check CHECK (((library_id IS NULL) = (library_version IS NULL)));
alter table control add constraint control_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table control add constraint control_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table control add constraint control_pkey PRIMARY KEY (organisation_id, id);
alter table control add constraint control_version_check CHECK ((version >= 1));
alter table daily_run add constraint daily_run_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table daily_run add constraint daily_run_pkey PRIMARY KEY (organisation_id, day);
alter table digest_mail add constraint digest_mail_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table digest_mail add constraint digest_mail_organisation_id_person_id_fkey FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, id);
alter table digest_mail add constraint digest_mail_pkey PRIMARY KEY (organisation_id, person_id, day);
alter table digest_mail add constraint digest_mail_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'empty'::text, 'refused'::text])));
alter table document add constraint document_organisation_id_certificate_id_fkey FOREIGN KEY (organisation_id, certificate_id) REFERENCES certificate(organisation_id, id);
alter table document add constraint document_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table document add constraint document_pkey PRIMARY KEY (organisation_id, id);
alter table document add constraint document_size_check CHECK ((size > 0));
alter table document add constraint document_version_check CHECK ((version >= 1));
alter table edition add constraint edition_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table edition add constraint edition_organisation_id_key_key UNIQUE (organisation_id, key);
alter table edition add constraint edition_pkey PRIMARY KEY (organisation_id, id);
alter table edition add constraint edition_version_check CHECK ((version >= 1));
alter table entity add constraint entity_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table entity add constraint entity_organisation_id_key_key UNIQUE (organisation_id, key);
alter table entity add constraint entity_organisation_id_parent_id_fkey FOREIGN KEY (organisation_id, parent_id) REFERENCES entity(organisation_id, id) DEFERRABLE INITIALLY DEFERRED;
alter table entity add constraint entity_pkey PRIMARY KEY (organisation_id, id);
alter table entity add constraint entity_version_check CHECK ((version >= 1));
alter table erasure add constraint erasure_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table erasure add constraint erasure_pkey PRIMARY KEY (organisation_id, id);
alter table erasure add constraint erasure_version_check CHECK ((version >= 1));
alter table evidence add constraint evidence_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table evidence add constraint evidence_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table evidence add constraint evidence_organisation_id_replaces_fkey FOREIGN KEY (organisation_id, replaces) REFERENCES evidence(organisation_id, id);
alter table evidence add constraint evidence_pkey PRIMARY KEY (organisation_id, id);
alter table evidence add constraint evidence_version_check CHECK ((version >= 1));
alter table evidence_link add constraint evidence_link_pkey PRIMARY KEY (organisation_id, evidence_id, implementation_id);
alter table evidence_upload add constraint evidence_upload_check CHECK (((received >= 0) AND (received <= size)));
alter table evidence_upload add constraint evidence_upload_check1 CHECK (((state = 'received'::text) = (digest IS NOT NULL)));
alter table evidence_upload add constraint evidence_upload_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table evidence_upload add constraint evidence_upload_pkey PRIMARY KEY (organisation_id, id);
alter table evidence_upload add constraint evidence_upload_size_check CHECK ((size >= 0));
alter table evidence_upload add constraint evidence_upload_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'received'::text, 'refused'::text])));
alter table idempotency add constraint idempotency_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)));
alter table idempotency add constraint idempotency_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table idempotency add constraint idempotency_pkey PRIMARY KEY (organisation_id, actor_id, key);
alter table implementation add constraint implementation_organisation_id_control_id_fkey FOREIGN KEY (organisation_id, control_id) REFERENCES control(organisation_id, id);
alter table implementation add constraint implementation_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table implementation add constraint implementation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table implementation add constraint implementation_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table implementation add constraint implementation_organisation_id_service_id_fkey FOREIGN KEY (organisation_id, service_id) REFERENCES service(organisation_id, id);
alter table implementation add constraint implementation_pkey PRIMARY KEY (organisation_id, id);
alter table implementation add constraint implementation_version_check CHECK ((version >= 1));
alter table interested_party add constraint interested_party_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table interested_party add constraint interested_party_organisation_id_key_key UNIQUE (organisation_id, key);
alter table interested_party add constraint interested_party_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table interested_party add constraint interested_party_pkey PRIMARY KEY (organisation_id, id);
alter table interested_party add constraint interested_party_version_check CHECK ((version >= 1));
alter table isms_role add constraint isms_role_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table isms_role add constraint isms_role_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table isms_role add constraint isms_role_organisation_id_key_key UNIQUE (organisation_id, key);
alter table isms_role add constraint isms_role_pkey PRIMARY KEY (organisation_id, id);
alter table isms_role add constraint isms_role_version_check CHECK ((version >= 1));
alter table log_checkpoint add constraint log_checkpoint_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table log_checkpoint add constraint log_checkpoint_pkey PRIMARY KEY (organisation_id, size);
alter table log_checkpoint add constraint log_checkpoint_size_check CHECK ((size >= 0));
alter table log_entry add constraint log_entry_check CHECK (((salt IS NULL) = (statement IS NULL)));
alter table log_entry add constraint log_entry_idx_check CHECK ((idx >= 0));
alter table log_entry add constraint log_entry_n_check CHECK ((n >= 1));
alter table log_entry add constraint log_entry_organisation_id_event_id_key UNIQUE (organisation_id, event_id);
alter table log_entry add constraint log_entry_organisation_id_noun_record_id_n_key UNIQUE (organisation_id, noun, record_id, n);
alter table log_entry add constraint log_entry_pkey PRIMARY KEY (organisation_id, idx);
alter table log_entry add constraint log_entry_salt_check CHECK ((octet_length(salt) = 32));
alter table log_head add constraint log_head_check CHECK (((lost_from IS NULL) = (lost_to IS NULL)));
alter table log_head add constraint log_head_check1 CHECK ((lost_from < lost_to));
alter table log_head add constraint log_head_origin_key UNIQUE (origin);
alter table log_head add constraint log_head_pkey PRIMARY KEY (organisation_id);
alter table log_head add constraint log_head_size_check CHECK ((size >= 0));
alter table named_document add constraint named_document_organisation_id_evidence_id_fkey FOREIGN KEY (organisation_id, evidence_id) REFERENCES evidence(organisation_id, id);
alter table named_document add constraint named_document_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table named_document add constraint named_document_organisation_id_programme_id_fkey FOREIGN KEY (organisation_id, programme_id) REFERENCES programme(organisation_id, id);
alter table named_document add constraint named_document_pkey PRIMARY KEY (organisation_id, id);
alter table named_document add constraint named_document_version_check CHECK ((version >= 1));
alter table objective add constraint objective_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table objective add constraint objective_organisation_id_key_key UNIQUE (organisation_id, key);
alter table objective add constraint objective_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table objective add constraint objective_pkey PRIMARY KEY (organisation_id, id);
alter table objective add constraint objective_version_check CHECK ((version >= 1));
alter table obligation add constraint obligation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table obligation add constraint obligation_organisation_id_key_key UNIQUE (organisation_id, key);
alter table obligation add constraint obligation_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table obligation add constraint obligation_organisation_id_party_id_fkey FOREIGN KEY (organisation_id, party_id) REFERENCES interested_party(organisation_id, id);
alter table obligation add constraint obligation_pkey PRIMARY KEY (organisation_id, id);
alter table obligation add constraint obligation_version_check CHECK ((version >= 1));
alter table occurrence add constraint occurrence_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table occurrence add constraint occurrence_organisation_id_implementation_id_fkey FOREIGN KEY (organisation_id, implementation_id) REFERENCES implementation(organisation_id, id);
alter table occurrence add constraint occurrence_pkey PRIMARY KEY (organisation_id, id);
alter table occurrence add constraint occurrence_version_check CHECK ((version >= 1));
alter table onboarding add constraint onboarding_check CHECK ((id = organisation_id));
alter table onboarding add constraint onboarding_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table onboarding add constraint onboarding_pkey PRIMARY KEY (organisation_id, id);
alter table onboarding add constraint onboarding_version_check CHECK ((version >= 1));
alter table organisation add constraint organisation_check CHECK ((id = organisation_id));
alter table organisation add constraint organisation_host_key UNIQUE (host);
alter table organisation add constraint organisation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table organisation add constraint organisation_pkey PRIMARY KEY (organisation_id, id);
alter table organisation add constraint organisation_version_check CHECK ((version >= 1));
alter table page_text add constraint page_text_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table page_text add constraint page_text_pkey PRIMARY KEY (organisation_id, id);
alter table page_text add constraint page_text_version_check CHECK ((version >= 1));
alter table person add constraint person_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table person add constraint person_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table person add constraint person_pkey PRIMARY KEY (organisation_id, id);
alter table person add constraint person_version_check CHECK ((version >= 1));
alter table programme add constraint programme_organisation_id_certificate_id_fkey FOREIGN KEY (organisation_id, certificate_id) REFERENCES certificate(organisation_id, id);
alter table programme add constraint programme_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table programme add constraint programme_organisation_id_key_key UNIQUE (organisation_id, key);
alter table programme add constraint programme_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table programme add constraint programme_pkey PRIMARY KEY (organisation_id, id);
alter table programme add constraint programme_version_check CHECK ((version >= 1));
alter table programme_file add constraint programme_file_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table programme_file add constraint programme_file_pkey PRIMARY KEY (organisation_id, digest);
alter table publication add constraint publication_number_check CHECK ((number >= 1));
alter table publication add constraint publication_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table publication add constraint publication_organisation_id_number_key UNIQUE (organisation_id, number);
alter table publication add constraint publication_pkey PRIMARY KEY (organisation_id, id);
alter table publication add constraint publication_version_check CHECK ((version >= 1));
alter table reading add constraint reading_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table reading add constraint reading_organisation_id_objective_id_fkey FOREIGN KEY (organisation_id, objective_id) REFERENCES objective(organisation_id, id);
alter table reading add constraint reading_organisation_id_read_by_id_fkey FOREIGN KEY (organisation_id, read_by_id) REFERENCES person(organisation_id, id);
alter table reading add constraint reading_organisation_id_replaces_fkey FOREIGN KEY (organisation_id, replaces) REFERENCES reading(organisation_id, id);
alter table reading add constraint reading_pkey PRIMARY KEY (organisation_id, id);
alter table reading add constraint reading_version_check CHECK ((version >= 1));
alter table reminder add constraint reminder_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table reminder add constraint reminder_organisation_id_person_id_fkey FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, id);
alter table reminder add constraint reminder_organisation_id_person_id_key UNIQUE (organisation_id, person_id);
alter table reminder add constraint reminder_pkey PRIMARY KEY (organisation_id, id);
alter table reminder add constraint reminder_version_check CHECK ((version >= 1));
alter table report_package add constraint report_package_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table report_package add constraint report_package_organisation_id_programme_id_fkey FOREIGN KEY (organisation_id, programme_id) REFERENCES programme(organisation_id, id);
alter table report_package add constraint report_package_pkey PRIMARY KEY (organisation_id, id);
alter table report_package add constraint report_package_version_check CHECK ((version >= 1));
alter table report_request add constraint report_request_link_digest_key UNIQUE (link_digest);
alter table report_request add constraint report_request_organisation_id_document_id_fkey FOREIGN KEY (organisation_id, document_id) REFERENCES document(organisation_id, id);
alter table report_request add constraint report_request_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table report_request add constraint report_request_pkey PRIMARY KEY (organisation_id, id);
alter table report_request add constraint report_request_version_check CHECK ((version >= 1));
alter table risk add constraint risk_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table risk add constraint risk_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table risk add constraint risk_organisation_id_owner_id_fkey FOREIGN KEY (organisation_id, owner_id) REFERENCES person(organisation_id, id);
alter table risk add constraint risk_pkey PRIMARY KEY (organisation_id, id);
alter table risk add constraint risk_version_check CHECK ((version >= 1));
alter table risk_acceptance add constraint risk_acceptance_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table risk_acceptance add constraint risk_acceptance_organisation_id_person_id_fkey FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, id);
alter table risk_acceptance add constraint risk_acceptance_organisation_id_risk_id_fkey FOREIGN KEY (organisation_id, risk_id) REFERENCES risk(organisation_id, id);
alter table risk_acceptance add constraint risk_acceptance_pkey PRIMARY KEY (organisation_id, id);
alter table risk_acceptance add constraint risk_acceptance_version_check CHECK ((version >= 1));
alter table risk_method add constraint risk_method_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table risk_method add constraint risk_method_organisation_id_number_key UNIQUE (organisation_id, number);
alter table risk_method add constraint risk_method_pkey PRIMARY KEY (organisation_id, id);
alter table risk_method add constraint risk_method_version_check CHECK ((version >= 1));
alter table role_grant add constraint role_grant_organisation_id_certificate_id_fkey FOREIGN KEY (organisation_id, certificate_id) REFERENCES certificate(organisation_id, id);
alter table role_grant add constraint role_grant_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table role_grant add constraint role_grant_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table role_grant add constraint role_grant_organisation_id_person_id_fkey FOREIGN KEY (organisation_id, person_id) REFERENCES person(organisation_id, id);
alter table role_grant add constraint role_grant_pkey PRIMARY KEY (organisation_id, id);
alter table role_grant add constraint role_grant_version_check CHECK ((version >= 1));
alter table scope_statement add constraint scope_statement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table scope_statement add constraint scope_statement_organisation_id_programme_id_fkey FOREIGN KEY (organisation_id, programme_id) REFERENCES programme(organisation_id, id);
alter table scope_statement add constraint scope_statement_organisation_id_programme_id_number_key UNIQUE (organisation_id, programme_id, number);
alter table scope_statement add constraint scope_statement_pkey PRIMARY KEY (organisation_id, id);
alter table scope_statement add constraint scope_statement_version_check CHECK ((version >= 1));
alter table service add constraint service_organisation_id_entity_id_fkey FOREIGN KEY (organisation_id, entity_id) REFERENCES entity(organisation_id, id);
alter table service add constraint service_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table service add constraint service_organisation_id_key_key UNIQUE (organisation_id, key);
alter table service add constraint service_pkey PRIMARY KEY (organisation_id, id);
alter table service add constraint service_version_check CHECK ((version >= 1));
alter table soa_version add constraint soa_version_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES log_head(organisation_id);
alter table soa_version add constraint soa_version_organisation_id_programme_id_fkey FOREIGN KEY (organisation_id, programme_id) REFERENCES programme(organisation_id, id);
alter table soa_version add constraint soa_version_organisation_id_programme_id_number_key UNIQUE (organisation_id, programme_id, number);
alter table soa_version add constraint soa_version_pkey PRIMARY KEY (organisation_id, id);
alter table soa_version add constraint soa_version_version_check CHECK ((version >= 1));

-- indexes

CREATE UNIQUE INDEX account_pkey ON auth.account USING btree (id);
CREATE INDEX "account_userId_idx" ON auth.account USING btree ("userId");
CREATE UNIQUE INDEX attempt_pkey ON auth.attempt USING btree (key);
CREATE UNIQUE INDEX invitation_pkey ON auth.invitation USING btree (digest);
CREATE INDEX "passkey_credentialID_idx" ON auth.passkey USING btree ("credentialID");
CREATE UNIQUE INDEX passkey_pkey ON auth.passkey USING btree (id);
CREATE INDEX "passkey_userId_idx" ON auth.passkey USING btree ("userId");
CREATE UNIQUE INDEX "rateLimit_key_key" ON auth."rateLimit" USING btree (key);
CREATE UNIQUE INDEX "rateLimit_pkey" ON auth."rateLimit" USING btree (id);
CREATE UNIQUE INDEX session_pkey ON auth.session USING btree (id);
CREATE UNIQUE INDEX session_token_key ON auth.session USING btree (token);
CREATE INDEX "session_userId_idx" ON auth.session USING btree ("userId");
CREATE UNIQUE INDEX session_organisation_pkey ON auth.session_organisation USING btree (session_id);
CREATE UNIQUE INDEX setup_token_pkey ON auth.setup_token USING btree (digest);
CREATE UNIQUE INDEX "twoFactor_pkey" ON auth."twoFactor" USING btree (id);
CREATE INDEX "twoFactor_secret_idx" ON auth."twoFactor" USING btree (secret);
CREATE INDEX "twoFactor_userId_idx" ON auth."twoFactor" USING btree ("userId");
CREATE UNIQUE INDEX used_code_pkey ON auth.used_code USING btree (user_id, digest);
CREATE UNIQUE INDEX user_email_key ON auth."user" USING btree (email);
CREATE UNIQUE INDEX user_pkey ON auth."user" USING btree (id);
CREATE INDEX verification_identifier_idx ON auth.verification USING btree (identifier);
CREATE UNIQUE INDEX verification_pkey ON auth.verification USING btree (id);
CREATE INDEX api_key_by_prefix ON public.api_key USING btree (prefix);
CREATE UNIQUE INDEX api_key_digest_key ON public.api_key USING btree (digest);
CREATE UNIQUE INDEX api_key_pkey ON public.api_key USING btree (organisation_id, id);
CREATE UNIQUE INDEX api_key_use_pkey ON public.api_key_use USING btree (organisation_id, id);
CREATE UNIQUE INDEX applicability_organisation_id_programme_id_requirement_key ON public.applicability USING btree (organisation_id, programme_id, requirement);
CREATE UNIQUE INDEX applicability_pkey ON public.applicability USING btree (organisation_id, id);
CREATE UNIQUE INDEX arrangement_organisation_id_subject_key ON public.arrangement USING btree (organisation_id, subject);
CREATE UNIQUE INDEX arrangement_pkey ON public.arrangement USING btree (organisation_id, id);
CREATE INDEX asset_by_classification ON public.asset USING btree (organisation_id, COALESCE(classification, ''::text), id);
CREATE INDEX asset_by_entity ON public.asset USING btree (organisation_id, entity_id, key, id);
CREATE INDEX asset_by_kind ON public.asset USING btree (organisation_id, kind, id);
CREATE INDEX asset_by_name ON public.asset USING btree (organisation_id, COALESCE((name ->> 'en'::text), (name ->> 'ja'::text)), id);
CREATE INDEX asset_by_owner ON public.asset USING btree (organisation_id, owner_id, key, id);
CREATE INDEX asset_identifiers ON public.asset USING gin (identifier_forms(identifiers));
CREATE INDEX asset_of_kind_by_classification ON public.asset USING btree (organisation_id, kind, COALESCE(classification, ''::text), id);
CREATE UNIQUE INDEX asset_organisation_id_key_key ON public.asset USING btree (organisation_id, key);
CREATE UNIQUE INDEX asset_pkey ON public.asset USING btree (organisation_id, id);
CREATE UNIQUE INDEX asset_scale_organisation_id_key ON public.asset_scale USING btree (organisation_id);
CREATE UNIQUE INDEX asset_scale_pkey ON public.asset_scale USING btree (organisation_id, id);
CREATE UNIQUE INDEX calendar_feed_pkey ON public.calendar_feed USING btree (organisation_id, id);
CREATE UNIQUE INDEX calendar_feed_token_digest_key ON public.calendar_feed USING btree (token_digest);
CREATE UNIQUE INDEX calendar_rules_pkey ON public.calendar_rules USING btree (organisation_id, id);
CREATE INDEX certificate_by_expiry ON public.certificate USING btree (organisation_id, COALESCE((jsonb_path_query_array(terms, '$[last]."expiryDate"'::jsonpath) ->> 0), '9999-12-31'::text), id);
CREATE INDEX certificate_by_key ON public.certificate USING btree (organisation_id, key, id);
CREATE INDEX certificate_by_number ON public.certificate USING btree (organisation_id, COALESCE(number, ''::text), id);
CREATE INDEX certificate_by_scheme ON public.certificate USING btree (organisation_id, scheme, id);
CREATE INDEX certificate_following ON public.certificate USING btree (organisation_id) WHERE (predecessors <> '[]'::jsonb);
CREATE INDEX certificate_holders ON public.certificate USING gin (holders jsonb_path_ops);
CREATE INDEX certificate_in_order ON public.certificate USING btree (organisation_id, key COLLATE "C");
CREATE UNIQUE INDEX certificate_number ON public.certificate USING btree (organisation_id, scheme, upper(number)) WHERE (number IS NOT NULL);
CREATE UNIQUE INDEX certificate_organisation_id_key_key ON public.certificate USING btree (organisation_id, key);
CREATE UNIQUE INDEX certificate_pkey ON public.certificate USING btree (organisation_id, id);
CREATE INDEX check_definition_by_control ON public.check_definition USING btree (organisation_id, control_id);
CREATE INDEX check_definition_by_kind ON public.check_definition USING btree (organisation_id, data_kind);
CREATE UNIQUE INDEX check_definition_organisation_id_key_key ON public.check_definition USING btree (organisation_id, key);
CREATE UNIQUE INDEX check_definition_pkey ON public.check_definition USING btree (organisation_id, id);
CREATE INDEX check_run_by_check ON public.check_run USING btree (organisation_id, check_id, ran_on, id);
CREATE INDEX check_run_by_evidence ON public.check_run USING btree (organisation_id, evidence_id);
CREATE UNIQUE INDEX check_run_pkey ON public.check_run USING btree (organisation_id, id);
CREATE INDEX check_standing_by_asset ON public.check_standing USING btree (organisation_id, asset_id);
CREATE UNIQUE INDEX check_standing_pkey ON public.check_standing USING btree (organisation_id, check_id, asset_id, decisive);
CREATE INDEX collector_nonce_by_expiry ON public.collector_nonce USING btree (organisation_id, expires_at);
CREATE UNIQUE INDEX collector_nonce_pkey ON public.collector_nonce USING btree (organisation_id, key_id, nonce);
CREATE UNIQUE INDEX context_issue_organisation_id_key_key ON public.context_issue USING btree (organisation_id, key);
CREATE UNIQUE INDEX context_issue_pkey ON public.context_issue USING btree (organisation_id, id);
CREATE UNIQUE INDEX control_code ON public.control USING btree (organisation_id, upper(code));
CREATE UNIQUE INDEX control_library ON public.control USING btree (organisation_id, library_id) WHERE ((library_id IS NOT NULL) AND (retired_on IS NULL));
CREATE UNIQUE INDEX control_pkey ON public.control USING btree (organisation_id, id);
CREATE UNIQUE INDEX daily_run_pkey ON public.daily_run USING btree (organisation_id, day);
CREATE UNIQUE INDEX digest_mail_pkey ON public.digest_mail USING btree (organisation_id, person_id, day);
CREATE INDEX digest_mail_waiting ON public.digest_mail USING btree (organisation_id, day) WHERE (state = 'waiting'::text);
CREATE INDEX document_certificate ON public.document USING btree (organisation_id, certificate_id);
CREATE INDEX document_digest ON public.document USING btree (organisation_id, digest);
CREATE UNIQUE INDEX document_pkey ON public.document USING btree (organisation_id, id);
CREATE UNIQUE INDEX edition_organisation_id_key_key ON public.edition USING btree (organisation_id, key);
CREATE UNIQUE INDEX edition_pkey ON public.edition USING btree (organisation_id, id);
CREATE UNIQUE INDEX entity_organisation_id_key_key ON public.entity USING btree (organisation_id, key);
CREATE UNIQUE INDEX entity_pkey ON public.entity USING btree (organisation_id, id);
CREATE UNIQUE INDEX erasure_pkey ON public.erasure USING btree (organisation_id, id);
CREATE INDEX evidence_assets ON public.evidence USING gin (asset_ids jsonb_path_ops);
CREATE INDEX evidence_by_collection ON public.evidence USING btree (organisation_id, collected_on, id);
CREATE INDEX evidence_by_entity ON public.evidence USING btree (organisation_id, entity_id, about_to, id);
CREATE INDEX evidence_by_source ON public.evidence USING btree (organisation_id, source, about_to, id);
CREATE INDEX evidence_by_time ON public.evidence USING btree (organisation_id, about_to, id, about_from, valid_until);
CREATE INDEX evidence_by_title ON public.evidence USING btree (organisation_id, title, id);
CREATE INDEX evidence_by_validity ON public.evidence USING btree (organisation_id, valid_until, id);
CREATE INDEX evidence_disposed ON public.evidence USING btree (organisation_id, about_to, id) WHERE (disposed IS NOT NULL);
CREATE INDEX evidence_files ON public.evidence USING gin (files jsonb_path_ops);
CREATE INDEX evidence_held ON public.evidence USING btree (organisation_id, about_to, id) WHERE (hold IS NOT NULL);
CREATE INDEX evidence_implementations ON public.evidence USING gin (implementation_ids jsonb_path_ops);
CREATE INDEX evidence_occurrences ON public.evidence USING gin (occurrence_ids jsonb_path_ops);
CREATE INDEX evidence_pieces ON public.evidence USING gin (text_pieces(evidence_text(title, description, collector, files)));
CREATE UNIQUE INDEX evidence_pkey ON public.evidence USING btree (organisation_id, id);
CREATE INDEX evidence_rejected ON public.evidence USING btree (organisation_id, about_to, id) WHERE ((review ->> 'verdict'::text) = 'rejected'::text);
CREATE INDEX evidence_replaced ON public.evidence USING btree (organisation_id, replaces) WHERE (replaces IS NOT NULL);
CREATE INDEX evidence_requirements ON public.evidence USING gin (requirements jsonb_path_ops);
CREATE INDEX evidence_retained ON public.evidence USING btree (organisation_id, retain_until) WHERE ((hold IS NULL) AND (disposed IS NULL));
CREATE INDEX evidence_to_come ON public.evidence USING btree (organisation_id, GREATEST(collected_on, about_from));
CREATE INDEX evidence_waiting ON public.evidence USING btree (organisation_id, about_to, id) WHERE ((review IS NULL) AND (withdrawn IS NULL) AND (disposed IS NULL));
CREATE INDEX evidence_with_data ON public.evidence USING btree (organisation_id, about_to, id) WHERE (data IS NOT NULL);
CREATE INDEX evidence_withdrawn ON public.evidence USING btree (organisation_id, about_to, id) WHERE (withdrawn IS NOT NULL);
CREATE INDEX evidence_link_by_validity ON public.evidence_link USING btree (organisation_id, implementation_id, valid_until DESC, evidence_id);
CREATE UNIQUE INDEX evidence_link_pkey ON public.evidence_link USING btree (organisation_id, evidence_id, implementation_id);
CREATE INDEX evidence_upload_by_actor ON public.evidence_upload USING btree (organisation_id, actor_id, created_at);
CREATE INDEX evidence_upload_by_digest ON public.evidence_upload USING btree (organisation_id, digest);
CREATE INDEX evidence_upload_by_expiry ON public.evidence_upload USING btree (organisation_id, expires_at);
CREATE UNIQUE INDEX evidence_upload_pkey ON public.evidence_upload USING btree (organisation_id, id);
CREATE UNIQUE INDEX idempotency_pkey ON public.idempotency USING btree (organisation_id, actor_id, key);
CREATE INDEX implementation_by_entity ON public.implementation USING btree (organisation_id, entity_id, id);
CREATE INDEX implementation_by_owner ON public.implementation USING btree (organisation_id, owner_id, id);
CREATE UNIQUE INDEX implementation_pkey ON public.implementation USING btree (organisation_id, id);
CREATE UNIQUE INDEX implementation_place ON public.implementation USING btree (organisation_id, control_id, entity_id, COALESCE(service_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (ended_on IS NULL);
CREATE UNIQUE INDEX interested_party_organisation_id_key_key ON public.interested_party USING btree (organisation_id, key);
CREATE UNIQUE INDEX interested_party_pkey ON public.interested_party USING btree (organisation_id, id);
CREATE UNIQUE INDEX isms_role_organisation_id_key_key ON public.isms_role USING btree (organisation_id, key);
CREATE UNIQUE INDEX isms_role_pkey ON public.isms_role USING btree (organisation_id, id);
CREATE UNIQUE INDEX log_checkpoint_pkey ON public.log_checkpoint USING btree (organisation_id, size);
CREATE UNIQUE INDEX log_entry_organisation_id_event_id_key ON public.log_entry USING btree (organisation_id, event_id);
CREATE UNIQUE INDEX log_entry_organisation_id_noun_record_id_n_key ON public.log_entry USING btree (organisation_id, noun, record_id, n);
CREATE UNIQUE INDEX log_entry_pkey ON public.log_entry USING btree (organisation_id, idx);
CREATE UNIQUE INDEX log_head_origin_key ON public.log_head USING btree (origin);
CREATE UNIQUE INDEX log_head_pkey ON public.log_head USING btree (organisation_id);
CREATE INDEX named_document_by_programme ON public.named_document USING btree (organisation_id, programme_id, duty);
CREATE UNIQUE INDEX named_document_pkey ON public.named_document USING btree (organisation_id, id);
CREATE UNIQUE INDEX objective_organisation_id_key_key ON public.objective USING btree (organisation_id, key);
CREATE UNIQUE INDEX objective_pkey ON public.objective USING btree (organisation_id, id);
CREATE UNIQUE INDEX obligation_organisation_id_key_key ON public.obligation USING btree (organisation_id, key);
CREATE UNIQUE INDEX obligation_pkey ON public.obligation USING btree (organisation_id, id);
CREATE INDEX occurrence_by_due ON public.occurrence USING btree (organisation_id, due_by, id);
CREATE INDEX occurrence_by_implementation ON public.occurrence USING btree (organisation_id, implementation_id, due_by);
CREATE UNIQUE INDEX occurrence_period ON public.occurrence USING btree (organisation_id, implementation_id, period_from) WHERE ((trigger IS NULL) AND (cancelled IS NULL));
CREATE UNIQUE INDEX occurrence_pkey ON public.occurrence USING btree (organisation_id, id);
CREATE INDEX occurrence_undone ON public.occurrence USING btree (organisation_id, due_by, id) WHERE (NOT passed);
CREATE UNIQUE INDEX onboarding_pkey ON public.onboarding USING btree (organisation_id, id);
CREATE UNIQUE INDEX organisation_host_key ON public.organisation USING btree (host);
CREATE UNIQUE INDEX organisation_pkey ON public.organisation USING btree (organisation_id, id);
CREATE UNIQUE INDEX overlay_organisation_id_edition_key_language_key ON public."overlay" USING btree (organisation_id, edition_key, language);
CREATE UNIQUE INDEX overlay_pkey ON public."overlay" USING btree (organisation_id, id);
CREATE UNIQUE INDEX page_text_pkey ON public.page_text USING btree (organisation_id, id);
CREATE UNIQUE INDEX person_account ON public.person USING btree (organisation_id, account_id) WHERE (state <> 'left'::text);
CREATE UNIQUE INDEX person_email ON public.person USING btree (organisation_id, lower(email)) WHERE (state <> 'left'::text);
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (organisation_id, id);
CREATE UNIQUE INDEX programme_organisation_id_key_key ON public.programme USING btree (organisation_id, key);
CREATE UNIQUE INDEX programme_pkey ON public.programme USING btree (organisation_id, id);
CREATE UNIQUE INDEX programme_file_pkey ON public.programme_file USING btree (organisation_id, digest);
CREATE UNIQUE INDEX publication_organisation_id_number_key ON public.publication USING btree (organisation_id, number);
CREATE UNIQUE INDEX publication_pkey ON public.publication USING btree (organisation_id, id);
CREATE INDEX reading_by_objective ON public.reading USING btree (organisation_id, objective_id, "on", id);
CREATE UNIQUE INDEX reading_pkey ON public.reading USING btree (organisation_id, id);
CREATE UNIQUE INDEX reading_replaced ON public.reading USING btree (organisation_id, replaces) WHERE (replaces IS NOT NULL);
CREATE UNIQUE INDEX reminder_organisation_id_person_id_key ON public.reminder USING btree (organisation_id, person_id);
CREATE UNIQUE INDEX reminder_pkey ON public.reminder USING btree (organisation_id, id);
CREATE INDEX report_package_by_programme ON public.report_package USING btree (organisation_id, programme_id, made_on, id);
CREATE UNIQUE INDEX report_package_pkey ON public.report_package USING btree (organisation_id, id);
CREATE INDEX report_request_email ON public.report_request USING btree (organisation_id, requester_email, requested_at);
CREATE UNIQUE INDEX report_request_link_digest_key ON public.report_request USING btree (link_digest);
CREATE UNIQUE INDEX report_request_pkey ON public.report_request USING btree (organisation_id, id);
CREATE INDEX report_request_state ON public.report_request USING btree (organisation_id, state, requested_at);
CREATE INDEX risk_assets ON public.risk USING gin (asset_ids jsonb_path_ops);
CREATE INDEX risk_by_code ON public.risk USING btree (organisation_id, code, id);
CREATE INDEX risk_by_entity ON public.risk USING btree (organisation_id, entity_id, id);
CREATE INDEX risk_by_name ON public.risk USING btree (organisation_id, COALESCE((name ->> 'en'::text), (name ->> 'ja'::text), ''::text), id);
CREATE INDEX risk_by_name_ja ON public.risk USING btree (organisation_id, COALESCE((name ->> 'ja'::text), (name ->> 'en'::text), ''::text), id);
CREATE INDEX risk_by_owner ON public.risk USING btree (organisation_id, owner_id, id);
CREATE UNIQUE INDEX risk_code ON public.risk USING btree (organisation_id, upper(code));
CREATE INDEX risk_obligations ON public.risk USING gin (obligation_ids jsonb_path_ops);
CREATE UNIQUE INDEX risk_pkey ON public.risk USING btree (organisation_id, id);
CREATE INDEX risk_treatments ON public.risk USING gin (treatments jsonb_path_ops);
CREATE INDEX risk_acceptance_by_risk ON public.risk_acceptance USING btree (organisation_id, risk_id, "on", id);
CREATE UNIQUE INDEX risk_acceptance_pkey ON public.risk_acceptance USING btree (organisation_id, id);
CREATE UNIQUE INDEX risk_method_organisation_id_number_key ON public.risk_method USING btree (organisation_id, number);
CREATE UNIQUE INDEX risk_method_pkey ON public.risk_method USING btree (organisation_id, id);
CREATE UNIQUE INDEX role_grant_pkey ON public.role_grant USING btree (organisation_id, id);
CREATE UNIQUE INDEX scope_statement_organisation_id_programme_id_number_key ON public.scope_statement USING btree (organisation_id, programme_id, number);
CREATE UNIQUE INDEX scope_statement_pkey ON public.scope_statement USING btree (organisation_id, id);
CREATE UNIQUE INDEX service_organisation_id_key_key ON public.service USING btree (organisation_id, key);
CREATE UNIQUE INDEX service_pkey ON public.service USING btree (organisation_id, id);
CREATE UNIQUE INDEX soa_version_organisation_id_programme_id_number_key ON public.soa_version USING btree (organisation_id, programme_id, number);
CREATE UNIQUE INDEX soa_version_pkey ON public.soa_version USING btree (organisation_id, id);

-- row-level security

create policy organisation on public.api_key for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.api_key_use for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.applicability for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.arrangement for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.asset for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.asset_scale for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.calendar_feed for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.calendar_rules for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.certificate for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.check_definition for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.check_run for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.check_standing for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.collector_nonce for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.context_issue for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.control for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.daily_run for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.digest_mail for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.document for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.edition for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.entity for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.erasure for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.evidence for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.evidence_link for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.evidence_upload for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.idempotency for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.implementation for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.interested_party for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.isms_role for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.log_checkpoint for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.log_entry for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.log_head for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.named_document for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.objective for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.obligation for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.occurrence for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.onboarding for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.organisation for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public."overlay" for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.page_text for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.person for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.programme for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.programme_file for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.publication for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.reading for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.reminder for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.report_package for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.report_request for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.risk for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.risk_acceptance for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.risk_method for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.role_grant for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.scope_statement for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.service for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));
create policy organisation on public.soa_version for ALL to public using ((organisation_id = current_organisation())) with check ((organisation_id = current_organisation()));

-- rights

grant delete, insert, select, update on auth.account to assay_app;
grant delete, insert, select, update on auth.attempt to assay_app;
grant delete, insert, select, update on auth.invitation to assay_app;
grant delete, insert, select, update on auth.passkey to assay_app;
grant delete, insert, select, update on auth.rateLimit to assay_app;
grant delete, insert, select, update on auth.session to assay_app;
grant delete, insert, select, update on auth.session_organisation to assay_app;
grant delete, insert, select, update on auth.setup_token to assay_app;
grant delete, insert, select, update on auth.twoFactor to assay_app;
grant delete, insert, select, update on auth.used_code to assay_app;
grant delete, insert, select, update on auth.user to assay_app;
grant delete, insert, select, update on auth.verification to assay_app;
grant insert, select, update on public.api_key to assay_app;
grant insert, select, update on public.api_key_use to assay_app;
grant insert, select, update on public.applicability to assay_app;
grant insert, select, update on public.arrangement to assay_app;
grant insert, select, update on public.asset to assay_app;
grant insert, select, update on public.asset_scale to assay_app;
grant insert, select, update on public.calendar_feed to assay_app;
grant insert, select, update on public.calendar_rules to assay_app;
grant insert, select, update on public.certificate to assay_app;
grant insert, select, update on public.check_definition to assay_app;
grant insert, select, update on public.check_run to assay_app;
grant insert, select, update on public.check_standing to assay_app;
grant delete, insert, select on public.collector_nonce to assay_app;
grant insert, select, update on public.context_issue to assay_app;
grant insert, select, update on public.control to assay_app;
grant delete, insert, select, update on public.daily_run to assay_app;
grant delete, insert, select, update on public.digest_mail to assay_app;
grant insert, select, update on public.document to assay_app;
grant insert, select, update on public.edition to assay_app;
grant insert, select, update on public.entity to assay_app;
grant insert, select, update on public.erasure to assay_app;
grant insert, select, update on public.evidence to assay_app;
grant select on public.evidence_link to assay_app;
grant delete, insert, select, update on public.evidence_upload to assay_app;
grant delete, insert, select on public.idempotency to assay_app;
grant insert, select, update on public.implementation to assay_app;
grant insert, select, update on public.interested_party to assay_app;
grant insert, select, update on public.isms_role to assay_app;
grant insert, select on public.log_checkpoint to assay_app;
grant insert, select on public.log_entry to assay_app;
grant insert, select, update on public.log_head to assay_app;
grant insert, select, update on public.named_document to assay_app;
grant insert, select, update on public.objective to assay_app;
grant insert, select, update on public.obligation to assay_app;
grant insert, select, update on public.occurrence to assay_app;
grant insert, select, update on public.onboarding to assay_app;
grant insert, select, update on public.organisation to assay_app;
grant insert, select, update on public.overlay to assay_app;
grant insert, select, update on public.page_text to assay_app;
grant insert, select, update on public.person to assay_app;
grant insert, select, update on public.programme to assay_app;
grant insert, select on public.programme_file to assay_app;
grant insert, select, update on public.publication to assay_app;
grant insert, select, update on public.reading to assay_app;
grant insert, select, update on public.reminder to assay_app;
grant insert, select, update on public.report_package to assay_app;
grant insert, select, update on public.report_request to assay_app;
grant insert, select, update on public.risk to assay_app;
grant insert, select, update on public.risk_acceptance to assay_app;
grant insert, select, update on public.risk_method to assay_app;
grant insert, select, update on public.role_grant to assay_app;
grant insert, select, update on public.scope_statement to assay_app;
grant insert, select, update on public.service to assay_app;
grant insert, select, update on public.soa_version to assay_app;

-- triggers

CREATE TRIGGER password_changed AFTER UPDATE OF password ON auth.account FOR EACH ROW WHEN ((old.password IS DISTINCT FROM new.password)) EXECUTE FUNCTION auth.end_sessions();
CREATE TRIGGER keep_check_standing AFTER INSERT OR UPDATE ON public.check_run FOR EACH ROW EXECUTE FUNCTION keep_check_standing();
CREATE TRIGGER keep_evidence_link AFTER INSERT OR UPDATE OF implementation_ids, valid_until ON public.evidence FOR EACH ROW EXECUTE FUNCTION keep_evidence_link();
CREATE TRIGGER refuse_smaller_checkpoint BEFORE INSERT ON public.log_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_smaller_checkpoint();
CREATE TRIGGER address_changed AFTER UPDATE OF email ON auth."user" FOR EACH ROW WHEN ((old.email IS DISTINCT FROM new.email)) EXECUTE FUNCTION auth.end_sessions();
CREATE TRIGGER second_factor_changed AFTER UPDATE OF "twoFactorEnabled" ON auth."user" FOR EACH ROW WHEN ((old."twoFactorEnabled" IS DISTINCT FROM new."twoFactorEnabled")) EXECUTE FUNCTION auth.end_sessions();

-- functions

CREATE OR REPLACE FUNCTION public.api_key_of_digest(wanted text)
 RETURNS TABLE(organisation_id uuid, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT k.organisation_id,
     k.id
    FROM api_key k
   WHERE (k.digest = api_key_of_digest.wanted);
END
;
CREATE OR REPLACE FUNCTION public.api_keys_of_prefix(wanted text)
 RETURNS TABLE(organisation_id uuid, id uuid, digest text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT k.organisation_id,
     k.id,
     k.digest
    FROM api_key k
   WHERE (k.prefix = api_keys_of_prefix.wanted)
   ORDER BY k.id
  LIMIT 8;
END
;
CREATE OR REPLACE FUNCTION public.append_entries(organisation uuid, at timestamp with time zone, leaves text[], event_ids uuid[], types text[], nouns text[], record_ids uuid[], ns integer[], salts bytea[], statements text[])
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  first bigint;
begin
  update log_head set size = size + cardinality(leaves)
    where organisation_id = organisation and lost_to is null and forked_at is null
    returning size - cardinality(leaves) into first;
  if first is not null then
    for i in 1 .. cardinality(leaves) loop
      insert into log_entry (organisation_id, idx, leaf, event_id, type, noun, record_id, n, recorded_at, salt, statement)
        values (organisation, first + i - 1, leaves[i], event_ids[i], types[i], nouns[i], record_ids[i], ns[i], at,
          salts[i], statements[i]);
    end loop;
  end if;
  return first;
end $function$
;
CREATE OR REPLACE FUNCTION public.append_or_refuse(organisation uuid, at timestamp with time zone, leaves text[], event_ids uuid[], types text[], nouns text[], record_ids uuid[], ns integer[], salts bytea[], statements text[])
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  first bigint := append_entries(organisation, at, leaves, event_ids, types, nouns, record_ids, ns, salts, statements);
begin
  if first is null then
    raise exception 'the log of % takes no entries', organisation using errcode = 'AS001';
  end if;
  return first;
end $function$
;
CREATE OR REPLACE FUNCTION public.certificate_words(key text, number text, scheme text, scopes jsonb, terms jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select lower(concat_ws(E'\n', key, number, scheme,
    (select string_agg(words #>> '{}', E'\n') from jsonb_path_query(scopes, '$[*].text.*') as words),
    (select string_agg(words #>> '{}', E'\n') from jsonb_path_query(terms, '$[*].issuer.name.*') as words),
    (select string_agg(words #>> '{}', E'\n') from jsonb_path_query(terms, '$[*].pci.assessor.*') as words)))
$function$
;
CREATE OR REPLACE FUNCTION public.current_organisation()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('assay.organisation'::text, true), ''::text))::uuid
;
CREATE OR REPLACE FUNCTION auth.end_sessions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  account text := case when tg_table_name = 'user' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'userId' end;
begin
  delete from auth."session" where "userId" = account;
  delete from auth."verification" where "value" = account;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.evidence_candidates(implementations jsonb, occurrences jsonb, assets jsonb, named jsonb, sought text, most integer)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_indexscan TO 'off'
AS $function$
declare
  pieces text[] := text_pieces(sought);
  conditions text := concat(
    case when implementations is not null then ' and implementation_ids @> $1' end,
    case when occurrences is not null then ' and occurrence_ids @> $2' end,
    case when assets is not null then ' and asset_ids @> $3' end,
    case when named is not null then ' and requirements @> $4' end,
    case when pieces <> '{}'
      then ' and text_pieces(evidence_text(title, description, collector, files)) @> $5' end);
  found uuid[];
begin
  if conditions = '' then
    return null;
  end if;
  execute 'select array(select id from evidence where organisation_id = current_organisation()' || conditions || ' limit $6)'
    into found using implementations, occurrences, assets, named, pieces, most + 1;
  return case when cardinality(found) <= most then found end;
end $function$
;
CREATE OR REPLACE FUNCTION public.evidence_text(title text, description text, collector text, files jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select title || E'\n' || coalesce(description, '') || E'\n' || coalesce(collector, '')
    || coalesce((select string_agg(E'\n' || (file ->> 'name'), '') from jsonb_array_elements(files) as file), '')
$function$
;
CREATE OR REPLACE FUNCTION public.feed_of_digest(wanted text)
 RETURNS TABLE(organisation_id uuid, person_id uuid, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT f.organisation_id,
     f.person_id,
     f.id
    FROM calendar_feed f
   WHERE ((f.token_digest = feed_of_digest.wanted) AND (f.ended_on IS NULL));
END
;
CREATE OR REPLACE PROCEDURE public.guard(IN target regclass, IN rights text DEFAULT 'select, insert, update'::text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('grant %s on %s to assay_app', rights, target);
end $procedure$
;
CREATE OR REPLACE FUNCTION public.identifier_forms(identifiers jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (SELECT COALESCE(array_agg(lower((NORMALIZE(each.one, NFKC) COLLATE "C"))), '{}'::text[]) AS "coalesce" FROM jsonb_array_elements_text(identifier_forms.identifiers) each(one))
;
CREATE OR REPLACE FUNCTION public.keep_check_standing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into check_standing as s
  select distinct on (x."assetId", d.decisive) new.organisation_id, new.check_id, x."assetId", d.decisive, new.ran_on, new.ran_at,
    case x.outcome when 'fail' then 3 when 'error' then 2 when 'not-run' then 1 else 0 end,
    new.id, new.evidence_id, x.outcome, x.detail, new.valid_until
  from jsonb_to_recordset(new.results) as x("assetId" uuid, outcome text, detail text)
  join (values (false), (true)) as d(decisive) on not d.decisive or x.outcome in ('pass', 'fail')
  on conflict (organisation_id, check_id, asset_id, decisive) do update set
    ran_on = excluded.ran_on, ran_at = excluded.ran_at, weight = excluded.weight, run_id = excluded.run_id,
    evidence_id = excluded.evidence_id, outcome = excluded.outcome, detail = excluded.detail, valid_until = excluded.valid_until
  where (excluded.ran_on, excluded.ran_at, excluded.weight, excluded.run_id) > (s.ran_on, s.ran_at, s.weight, s.run_id);
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.keep_evidence_link()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'UPDATE' then
    if new.implementation_ids = old.implementation_ids and new.valid_until = old.valid_until then
      return null;
    end if;
    delete from evidence_link where organisation_id = old.organisation_id and evidence_id = old.id;
  end if;
  insert into evidence_link (organisation_id, evidence_id, implementation_id, valid_until)
    select distinct new.organisation_id, new.id, named.id::uuid, new.valid_until
    from jsonb_array_elements_text(new.implementation_ids) as named(id)
    -- A restored copy may bring these rows with it.
    on conflict (organisation_id, evidence_id, implementation_id) do update set valid_until = excluded.valid_until;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.organisation_ids()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT log_head.organisation_id
    FROM log_head
   ORDER BY log_head.organisation_id;
END
;
CREATE OR REPLACE FUNCTION public.organisation_of_host(wanted text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT COALESCE(( SELECT organisation.organisation_id
            FROM organisation
           WHERE (organisation.host = organisation_of_host.wanted)), ( SELECT organisation.organisation_id
            FROM organisation
           WHERE (organisation.host IS NULL)
           ORDER BY organisation.organisation_id
          LIMIT 1)) AS "coalesce";
END
;
CREATE OR REPLACE FUNCTION public.people_of_account(wanted text)
 RETURNS TABLE(organisation_id uuid, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
BEGIN ATOMIC
 SELECT p.organisation_id,
     p.id
    FROM person p
   WHERE ((p.account_id = people_of_account.wanted) AND (p.state <> 'left'::text))
   ORDER BY p.organisation_id;
END
;
CREATE OR REPLACE FUNCTION public.refuse_smaller_checkpoint()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('checkpoint/' || new.organisation_id, 0));
  if exists (select 1 from log_checkpoint where organisation_id = new.organisation_id and size > new.size) then
    raise exception 'a checkpoint of size % exists already beyond %', new.size, new.size using errcode = 'check_violation';
  end if;
  return new;
end $function$
;
CREATE OR REPLACE FUNCTION public.text_pieces(whole text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select coalesce(array_agg(distinct case when short then one || two else one || two || three end)
    filter (where two is not null and (short or three is not null)), '{}')
  from (
    select one, two, three, ascii(one) > 127 or ascii(two) > 127 as short
    from (
      select c as one, lead(c) over places as two, lead(c, 2) over places as three
      from unnest(string_to_array(lower(whole), null)) with ordinality as characters (c, n)
      window places as (order by n)
    ) as runs
  ) as cut
$function$
;
