-- The public page: its reviewed texts, what was published and when, and who asked for restricted reports.

create table page_text (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  -- Where it stands: `policy`, or the section of a scheme.
  section text not null,
  place integer not null,
  title jsonb,
  body jsonb not null,
  -- Who last worded it; they do not review it while somebody else can.
  author_id uuid,
  -- The review that holds for exactly this text; null until a named person has reviewed it.
  review jsonb,
  effective_from date,
  effective_to date,
  primary key (organisation_id, id)
);

create table publication (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  number integer not null check (number >= 1),
  -- The day whose facts the page states.
  as_of date not null,
  published_at timestamptz not null,
  published_on date not null,
  published_by uuid,
  note jsonb,
  -- The page's content; its bytes per language are objects.
  content jsonb not null,
  pages jsonb not null,
  primary key (organisation_id, id),
  unique (organisation_id, number)
);

create table report_request (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  document_id uuid not null,
  document_digest text not null,
  requester_name text not null,
  requester_email text not null,
  requester_company text not null,
  purpose text not null,
  language text not null,
  -- SHA-256 of the terms of use that were shown and agreed to.
  terms_digest text not null,
  requested_at timestamptz not null,
  state text not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  -- SHA-256 of the single-use link's token, and when the link ends.
  link_digest text unique,
  link_expires_at timestamptz,
  downloaded_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, document_id) references document (organisation_id, id)
);

-- How many requests an address has made lately: the limit is counted here, so that every node counts the same.
create index report_request_email on report_request (organisation_id, requester_email, requested_at);
create index report_request_state on report_request (organisation_id, state, requested_at);

call guard('page_text');
call guard('publication');
call guard('report_request');
