-- Programmes: an edition applied to a scope over its cycles, and what of it applies.

create table programme (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
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
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, owner_id) references person (organisation_id, id),
  foreign key (organisation_id, certificate_id) references certificate (organisation_id, id)
);

create table applicability (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  programme_id uuid not null,
  requirement text not null,
  decisions jsonb not null,
  primary key (organisation_id, id),
  unique (organisation_id, programme_id, requirement),
  foreign key (organisation_id, programme_id) references programme (organisation_id, id)
);

call guard('programme');
call guard('applicability');
