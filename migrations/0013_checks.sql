-- Automated tests of controls and what they found.

create table check_definition (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
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
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, control_id) references control (organisation_id, id)
);

create table check_run (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  check_id uuid not null,
  evidence_id uuid not null,
  expression text not null,
  ran_on date not null,
  ran_at timestamptz not null,
  valid_until date not null,
  results jsonb not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, check_id) references check_definition (organisation_id, id),
  foreign key (organisation_id, evidence_id) references evidence (organisation_id, id)
);

create index check_run_by_check on check_run (organisation_id, check_id, ran_on, id);
create index check_run_by_evidence on check_run (organisation_id, evidence_id);

call guard('check_definition');
call guard('check_run');
