-- What people agreed about due things, and calendars at secret addresses.

create table arrangement (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  subject text not null,
  entity_id uuid,
  assignee_id uuid,
  snoozed_until date,
  reason text not null,
  person_id uuid,
  primary key (organisation_id, id),
  unique (organisation_id, subject),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id),
  foreign key (organisation_id, assignee_id) references person (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create table calendar_feed (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  person_id uuid not null,
  token_digest text not null unique,
  reach text not null,
  language text not null,
  created_on date not null,
  ended_on date,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

-- How an organisation is reminded; without a row, what is usual holds.
create table calendar_rules (
  organisation_id uuid not null references log_head,
  id uuid not null check (id = organisation_id),
  version integer not null check (version >= 1),
  escalation_days integer not null,
  lead_days jsonb not null,
  digest_hour integer not null,
  digest boolean not null,
  primary key (organisation_id, id)
);

call guard('arrangement');
call guard('calendar_feed');
call guard('calendar_rules');

-- The working feed of a digest, asked before the organisation is known.
create function feed_of_digest(wanted text) returns table (organisation_id uuid, person_id uuid, id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select f.organisation_id, f.person_id, f.id from calendar_feed f
    where f.token_digest = wanted and f.ended_on is null;
  end;
