-- The organisation, its tree of legal entities and sites, and its services.

create table organisation (
  organisation_id uuid not null references log_head,
  id uuid not null check (id = organisation_id),
  version integer not null check (version >= 1),
  name jsonb not null,
  time_zone text not null,
  host text unique,
  demo_day date,
  primary key (organisation_id, id)
);

create table entity (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  parent_id uuid,
  kind text not null,
  name jsonb not null,
  country text,
  member_from date,
  member_to date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, parent_id) references entity (organisation_id, id) deferrable initially deferred
);

create table service (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  entity_id uuid not null,
  kind text not null,
  name jsonb not null,
  offered_from date,
  offered_to date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id)
);

call guard('organisation');
call guard('entity');
call guard('service');

-- Which organisation answers at a host; the oldest one answers where no host is named.
-- Runs with its owner's rights because it must be answered before anyone knows whose rows to show.
create function organisation_of_host(wanted text) returns uuid language sql stable security definer set search_path = public
  begin atomic
    select coalesce(
      (select organisation_id from organisation where host = wanted),
      (select organisation_id from organisation where host is null order by organisation_id limit 1)
    );
  end;

create function organisation_ids() returns setof uuid language sql stable security definer set search_path = public
  begin atomic
    select organisation_id from log_head order by organisation_id;
  end;
