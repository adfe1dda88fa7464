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
  language text not null,
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

-- How one person wants to be reminded; without a row, as the organisation says.
create table reminder (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  person_id uuid not null,
  digest boolean not null,
  language text not null,
  primary key (organisation_id, id),
  unique (organisation_id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

call guard('reminder');

-- What the day's work of an organisation has reached. A convenience of the program, no evidence: not in the log.
create table daily_run (
  organisation_id uuid not null references log_head,
  day date not null,
  primary key (organisation_id, day)
);

-- The one mail of a person and a day: waiting until it was sent, or until there was nothing to send.
create table digest_mail (
  organisation_id uuid not null references log_head,
  person_id uuid not null,
  day date not null,
  state text not null check (state in ('waiting', 'sent', 'empty', 'refused')),
  primary key (organisation_id, person_id, day),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create index digest_mail_waiting on digest_mail (organisation_id, day) where state = 'waiting';

call guard('daily_run', 'select, insert, update, delete');
call guard('digest_mail', 'select, insert, update, delete');
