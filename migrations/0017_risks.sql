-- Risks: the method in versions, the register, and what their owners accepted.

create table risk_method (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  number integer not null,
  name jsonb not null,
  description jsonb not null,
  likelihood jsonb not null,
  consequence jsonb not null,
  areas jsonb not null,
  bands jsonb not null,
  matrix jsonb not null,
  aggregation text not null,
  review_months integer not null,
  effective_from date not null,
  unreviewed boolean not null,
  author_ids jsonb not null,
  drafted_on date not null,
  approval jsonb,
  withdrawn jsonb,
  primary key (organisation_id, id),
  unique (organisation_id, number)
);

create table risk (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  code text not null,
  name jsonb not null,
  scenario jsonb not null,
  approach text not null,
  threat jsonb,
  vulnerability jsonb,
  affects jsonb not null,
  entity_id uuid not null,
  service_ids jsonb not null,
  asset_ids jsonb not null,
  issue_ids jsonb not null,
  obligation_ids jsonb not null,
  owner_id uuid,
  identified_on date not null,
  assessments jsonb not null,
  treatments jsonb not null,
  actions jsonb not null,
  reviews jsonb not null,
  review_months integer,
  quantity jsonb,
  closed jsonb,
  reopened jsonb not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

create unique index risk_code on risk (organisation_id, upper(code));
create index risk_by_entity on risk (organisation_id, entity_id, id);
create index risk_by_owner on risk (organisation_id, owner_id, id);
create index risk_assets on risk using gin (asset_ids jsonb_path_ops);
create index risk_obligations on risk using gin (obligation_ids jsonb_path_ops);
create index risk_treatments on risk using gin (treatments jsonb_path_ops);
create index risk_by_name on risk (organisation_id, coalesce(name ->> 'en', name ->> 'ja', ''), id);
create index risk_by_name_ja on risk (organisation_id, coalesce(name ->> 'ja', name ->> 'en', ''), id);
create index risk_by_code on risk (organisation_id, code, id);

create table risk_acceptance (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  risk_id uuid not null,
  risk_version integer not null,
  substance text not null,
  person_id uuid not null,
  "on" date not null,
  until date,
  note text,
  revoked jsonb,
  primary key (organisation_id, id),
  foreign key (organisation_id, risk_id) references risk (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create index risk_acceptance_by_risk on risk_acceptance (organisation_id, risk_id, "on", id);

call guard('risk_method');
call guard('risk');
call guard('risk_acceptance');
