-- Controls, how each entity or service carries them out, and the times at which they must be.

create table control (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  code text not null,
  name jsonb not null,
  objective jsonb not null,
  practice jsonb,
  library_id text,
  -- The version of the library whose links hold for it.
  library_version text,
  review jsonb,
  protects jsonb not null,
  requirement_links jsonb not null,
  control_links jsonb not null,
  together jsonb not null,
  owner_id uuid,
  retired_on date,
  primary key (organisation_id, id),
  check ((library_id is null) = (library_version is null)),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

create unique index control_code on control (organisation_id, upper(code));
-- A control of the library is adopted once; a retired adoption may be followed by another.
create unique index control_library on control (organisation_id, library_id)
  where library_id is not null and retired_on is null;

create table implementation (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
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
  primary key (organisation_id, id),
  foreign key (organisation_id, control_id) references control (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id),
  foreign key (organisation_id, service_id) references service (organisation_id, id),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

-- One way at a time in which an entity, or a service, carries out a control.
create unique index implementation_place on implementation
  (organisation_id, control_id, entity_id, coalesce(service_id, '00000000-0000-0000-0000-000000000000'::uuid))
  where ended_on is null;
create index implementation_by_entity on implementation (organisation_id, entity_id, id);
create index implementation_by_owner on implementation (organisation_id, owner_id, id);

create table occurrence (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  implementation_id uuid not null,
  period_from date not null,
  period_to date not null,
  due_by date not null,
  planned_on date not null,
  trigger text,
  attempts jsonb not null,
  missed jsonb,
  cancelled jsonb,
  passed boolean not null generated always as (attempts @> '[{"outcome": "pass"}]') stored,
  primary key (organisation_id, id),
  foreign key (organisation_id, implementation_id) references implementation (organisation_id, id)
);

-- The calendar asks for each period once.
create unique index occurrence_period on occurrence (organisation_id, implementation_id, period_from)
  where trigger is null and cancelled is null;
create index occurrence_by_implementation on occurrence (organisation_id, implementation_id, due_by);
create index occurrence_by_due on occurrence (organisation_id, due_by, id);
-- What nobody carried out: a small part of everything, and what calendars ask for.
create index occurrence_undone on occurrence (organisation_id, due_by, id) where not passed;

call guard('control');
call guard('implementation');
call guard('occurrence');
