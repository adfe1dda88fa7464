-- What shows how things are.

-- A day as text that sorts as days do and that an index may hold: a cast would depend on the session's date style.
create function day_order(day date) returns text language sql immutable parallel safe
  return lpad((extract(year from day) * 10000 + extract(month from day) * 100 + extract(day from day))::integer::text, 8, '0');

create table evidence (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  title text not null,
  description text,
  entity_id uuid not null,
  source text not null,
  collector text,
  collector_id uuid,
  added_by_id uuid,
  about_from date not null,
  about_to date not null,
  collected_on date not null,
  collected_at timestamptz,
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
  disposed jsonb,
  primary key (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id),
  foreign key (organisation_id, replaces) references evidence (organisation_id, id)
);

create index evidence_by_time on evidence (organisation_id, day_order(about_to), id);
create index evidence_by_collection on evidence (organisation_id, day_order(collected_on), id);
create index evidence_by_validity on evidence (organisation_id, day_order(valid_until), id);
create index evidence_by_title on evidence (organisation_id, title, id);
create index evidence_by_entity on evidence (organisation_id, entity_id, day_order(about_to), id);
create index evidence_waiting on evidence (organisation_id, day_order(about_to), id)
  where review is null and withdrawn is null and disposed is null;
create index evidence_replaced on evidence (organisation_id, replaces) where replaces is not null;
create index evidence_implementations on evidence using gin (implementation_ids jsonb_path_ops);
create index evidence_occurrences on evidence using gin (occurrence_ids jsonb_path_ops);
create index evidence_requirements on evidence using gin (requirements jsonb_path_ops);
create index evidence_assets on evidence using gin (asset_ids jsonb_path_ops);
create index evidence_files on evidence using gin (files jsonb_path_ops);

call guard('evidence');

-- Files on their way into evidence: being received, or received and inspected and not yet part of an item. They belong
-- to whoever sent them and expire. A convenience of uploads, no evidence: not in the log.
create table evidence_upload (
  organisation_id uuid not null references log_head,
  id uuid not null,
  actor_id uuid not null,
  name text not null,
  declared_type text not null,
  state text not null check (state in ('receiving', 'received', 'refused')),
  -- Bytes that were announced, and that are durable.
  size bigint not null check (size >= 0),
  received bigint not null check (received between 0 and size),
  digest text,
  media_type text,
  card_numbers text,
  not_inspected jsonb,
  -- Where card numbers were found, masked, for whoever missed the answer.
  findings jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation_id, id),
  check ((state = 'received') = (digest is not null))
);

create index evidence_upload_by_actor on evidence_upload (organisation_id, actor_id, created_at);
create index evidence_upload_by_expiry on evidence_upload (organisation_id, expires_at);
create index evidence_upload_by_digest on evidence_upload (organisation_id, digest);

call guard('evidence_upload', 'select, insert, update, delete');
