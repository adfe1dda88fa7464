-- Security objectives, and the readings of their measures.

create table objective (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  name jsonb not null,
  why jsonb not null,
  programme_ids jsonb not null,
  entity_ids jsonb not null,
  owner_id uuid,
  plan jsonb,
  measure jsonb not null,
  targets jsonb not null,
  "from" date,
  "to" date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

create table reading (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  objective_id uuid not null,
  "on" date not null,
  value double precision not null,
  source text not null,
  note text,
  read_by_id uuid,
  replaces uuid,
  primary key (organisation_id, id),
  foreign key (organisation_id, objective_id) references objective (organisation_id, id),
  foreign key (organisation_id, read_by_id) references person (organisation_id, id),
  foreign key (organisation_id, replaces) references reading (organisation_id, id)
);

-- A reading is replaced once: two corrections of one value would leave two values.
create unique index reading_replaced on reading (organisation_id, replaces) where replaces is not null;
create index reading_by_objective on reading (organisation_id, objective_id, "on", id);

call guard('objective');
call guard('reading');
