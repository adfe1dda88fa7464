-- What shows how things are.

create table evidence (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  title text not null,
  description text,
  entity_id uuid not null,
  source text not null,
  collector text not null,
  about_from date not null,
  about_to date not null,
  collected_at timestamptz not null,
  valid_until date not null,
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
  disposed jsonb,
  primary key (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id),
  foreign key (organisation_id, replaces) references evidence (organisation_id, id)
);

create index evidence_by_time on evidence (organisation_id, about_to, id);
create index evidence_by_entity on evidence (organisation_id, entity_id, about_to, id);
create index evidence_by_validity on evidence (organisation_id, valid_until, id);
create index evidence_implementations on evidence using gin (implementation_ids jsonb_path_ops);
create index evidence_occurrences on evidence using gin (occurrence_ids jsonb_path_ops);
create index evidence_requirements on evidence using gin (requirements jsonb_path_ops);
create index evidence_files on evidence using gin (files jsonb_path_ops);

call guard('evidence');
