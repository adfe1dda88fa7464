-- Which kept document satisfies which requirement for documented information.

create table named_document (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  programme_id uuid not null,
  duty text not null,
  name jsonb not null,
  label text,
  evidence_id uuid not null,
  issued_on date not null,
  review_by date,
  named_by_id uuid not null,
  approval jsonb,
  withdrawn jsonb,
  primary key (organisation_id, id),
  foreign key (organisation_id, programme_id) references programme (organisation_id, id),
  foreign key (organisation_id, evidence_id) references evidence (organisation_id, id)
);

create index named_document_by_programme on named_document (organisation_id, programme_id, duty);

call guard('named_document');
