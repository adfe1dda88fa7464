-- Context of the organisation: interested parties, issues, obligations, the scope in versions, roles.

create table interested_party (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  name jsonb not null,
  kind text not null,
  entity_ids jsonb not null,
  needs jsonb not null,
  owner_id uuid,
  reviews jsonb not null,
  review_months integer,
  "from" date,
  "to" date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

create table context_issue (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  name jsonb not null,
  origin text not null,
  topic text not null,
  relevant boolean not null,
  effect jsonb not null,
  entity_ids jsonb not null,
  owner_id uuid,
  reviews jsonb not null,
  review_months integer,
  "from" date,
  "to" date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

create table obligation (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  name jsonb not null,
  kind text not null,
  source jsonb not null,
  jurisdiction text,
  demands jsonb not null,
  party_id uuid,
  entity_ids jsonb not null,
  service_ids jsonb not null,
  requirements jsonb not null,
  owner_id uuid,
  reviews jsonb not null,
  review_months integer,
  "from" date,
  "to" date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, party_id) references interested_party (organisation_id, id),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

create table scope_statement (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  programme_id uuid not null,
  number integer not null,
  scope jsonb not null,
  boundaries jsonb,
  entity_ids jsonb not null,
  service_ids jsonb not null,
  interfaces jsonb not null,
  exclusions jsonb not null,
  effective_from date not null,
  author_ids jsonb not null,
  drafted_on date not null,
  approval jsonb,
  withdrawn jsonb,
  primary key (organisation_id, id),
  unique (organisation_id, programme_id, number),
  foreign key (organisation_id, programme_id) references programme (organisation_id, id)
);

create table isms_role (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  name jsonb not null,
  responsibilities jsonb not null,
  authority jsonb,
  clauses jsonb not null,
  entity_id uuid,
  holders jsonb not null,
  "from" date,
  "to" date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id)
);

call guard('interested_party');
call guard('context_issue');
call guard('obligation');
call guard('scope_statement');
call guard('isms_role');
