-- Statements of applicability in numbered versions.

create table soa_version (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  programme_id uuid not null,
  number integer not null,
  edition text not null,
  as_of date not null,
  log_size integer not null,
  rows jsonb not null,
  note text,
  author_ids jsonb not null,
  drafted_on date not null,
  approval jsonb,
  withdrawn jsonb,
  primary key (organisation_id, id),
  unique (organisation_id, programme_id, number),
  foreign key (organisation_id, programme_id) references programme (organisation_id, id)
);

call guard('soa_version');
