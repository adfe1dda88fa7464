-- Packages of reports that were given out, with the digests of their files.

create table report_package (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  programme_id uuid not null,
  kind text not null,
  language text not null,
  as_of date not null,
  files jsonb not null,
  made_by_id uuid,
  made_on date not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, programme_id) references programme (organisation_id, id)
);

create index report_package_by_programme on report_package (organisation_id, programme_id, made_on, id);

call guard('report_package');
