-- People, what they may do, and the keys that act for programs. Sign-in itself lives in the schema `auth`.

create table person (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  name jsonb not null,
  email text not null,
  entity_id uuid,
  job_title jsonb,
  state text not null,
  -- The account in schema `auth` that this person signs in with.
  account_id text,
  primary key (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id)
);

create unique index person_email on person (organisation_id, lower(email)) where state <> 'left';
-- Who comes back is a new person with the account of before.
create unique index person_account on person (organisation_id, account_id) where state <> 'left';

create table role_grant (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  person_id uuid not null,
  role text not null,
  entity_id uuid,
  certificate_id uuid,
  granted_on date not null,
  ended_on date,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id)
);

create table api_key (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  name text not null,
  -- The first characters, shown so that a key can be recognised.
  prefix text not null,
  -- SHA-256 of the key; the key itself is shown once and kept nowhere.
  digest text not null unique,
  role text not null,
  entity_id uuid,
  scopes jsonb not null,
  created_by uuid not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, created_by) references person (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id)
);

call guard('person');
call guard('role_grant');
call guard('api_key');

-- When a key was last used: a convenience for people, not evidence, hence not in the log.
create table api_key_use (
  organisation_id uuid not null references log_head,
  id uuid not null,
  used_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, id) references api_key (organisation_id, id)
);

call guard('api_key_use');

-- The key of a digest, asked before the organisation is known.
create function api_key_of_digest(wanted text) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select k.organisation_id, k.id from api_key k where k.digest = wanted;
  end;

-- The people that an account stands for, one per organisation at most.
create function people_of_account(wanted text) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select p.organisation_id, p.id from person p where p.account_id = wanted and p.state <> 'left' order by 1;
  end;
