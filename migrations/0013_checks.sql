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

create index check_definition_by_kind on check_definition (organisation_id, data_kind);
create index check_definition_by_control on check_definition (organisation_id, control_id);

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
  unresolved jsonb not null,
  unresolved_count integer not null,
  problem text,
  primary key (organisation_id, id),
  foreign key (organisation_id, check_id) references check_definition (organisation_id, id),
  foreign key (organisation_id, evidence_id) references evidence (organisation_id, id)
);

create index check_run_by_check on check_run (organisation_id, check_id, ran_on, id);
create index check_run_by_evidence on check_run (organisation_id, evidence_id);

call guard('check_definition');
call guard('check_run');

-- The newest result of each check and asset, and the newest that passed or failed: an index over check_run, which jsonb
-- lists cannot have. It follows from check_run alone and is kept by the database, so whoever writes a run keeps it.
create table check_standing (
  organisation_id uuid not null,
  check_id uuid not null,
  asset_id uuid not null,
  decisive boolean not null,
  ran_on date not null,
  ran_at timestamptz not null,
  weight integer not null,
  run_id uuid not null,
  evidence_id uuid not null,
  outcome text not null,
  detail text,
  valid_until date not null,
  primary key (organisation_id, check_id, asset_id, decisive)
);

create index check_standing_by_asset on check_standing (organisation_id, asset_id);

call guard('check_standing');

-- Of results of one instant the failure counts, then the error: the order of delivery decides nothing.
create function keep_check_standing() returns trigger language plpgsql as $$
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
end $$;

create trigger keep_check_standing after insert or update on check_run
  for each row execute function keep_check_standing();

-- Requests of collectors that were carried out: none is carried out twice. No evidence: a row may go when its request
-- has become too old to be believed anyway.
create table collector_nonce (
  organisation_id uuid not null references log_head,
  key_id uuid not null,
  nonce text not null check (length(nonce) between 16 and 64),
  expires_at timestamptz not null,
  primary key (organisation_id, key_id, nonce)
);

create index collector_nonce_by_expiry on collector_nonce (organisation_id, expires_at);

call guard('collector_nonce', 'select, insert, delete');

-- Keys by the beginning that people see, for requests that prove a key without showing it. Several may begin alike.
create function api_keys_of_prefix(wanted text) returns table (organisation_id uuid, id uuid, digest text)
  language sql stable security definer set search_path = public
  begin atomic
    select k.organisation_id, k.id, k.digest from api_key k where k.prefix = wanted order by k.id limit 8;
  end;

create index api_key_by_prefix on api_key (prefix);
