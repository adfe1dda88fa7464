-- The register of certificates, attestation reports, registrations and self-assessments, and their documents.

-- Everything written in a certificate that people look for, in small letters, one thing a line.
create function certificate_words(key text, number text, scheme text, scopes jsonb, terms jsonb) returns text
language sql immutable parallel safe as $$
  select lower(concat_ws(E'\n', key, number, scheme,
    (select string_agg(words #>> '{}', E'\n') from jsonb_path_query(scopes, '$[*].text.*') as words),
    (select string_agg(words #>> '{}', E'\n') from jsonb_path_query(terms, '$[*].issuer.name.*') as words),
    (select string_agg(words #>> '{}', E'\n') from jsonb_path_query(terms, '$[*].pci.assessor.*') as words)))
$$;

create table certificate (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  kind text not null,
  scheme text not null,
  number text,
  initial_date date,
  -- Ids of the certificates that this one follows.
  predecessors jsonb not null,
  -- Lists of parts, each with its own days: who holds it, what it covers, in which words, in which cycles, with which events.
  holders jsonb not null,
  services jsonb not null,
  scopes jsonb not null,
  terms jsonb not null,
  events jsonb not null,
  verification_url text,
  verification_checked_on date,
  -- Derived, so that a search reads one short text of each certificate.
  words text not null generated always as (certificate_words(key, number, scheme, scopes, terms)) stored,
  primary key (organisation_id, id),
  unique (organisation_id, key)
);

-- One number per scheme and organisation. The command says it kindly; this makes it true under races.
create unique index certificate_number on certificate (organisation_id, scheme, upper(number)) where number is not null;
-- The orders in which the register is read, exactly as its queries write them.
create index certificate_by_key on certificate (organisation_id, key, id);
-- The order of exports, the same whatever the database's own order of letters is.
create index certificate_in_order on certificate (organisation_id, key collate "C");
create index certificate_by_number on certificate (organisation_id, coalesce(number, ''), id);
create index certificate_by_scheme on certificate (organisation_id, scheme, id);
create index certificate_by_expiry on certificate
  (organisation_id, coalesce(jsonb_path_query_array(terms, '$[last].expiryDate') ->> 0, '9999-12-31'), id);
-- Few certificates follow another one: the state of all is computed from these.
create index certificate_following on certificate (organisation_id) where predecessors <> '[]';
create index certificate_holders on certificate using gin (holders jsonb_path_ops);

create table document (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  certificate_id uuid not null,
  term_id uuid,
  kind text not null,
  title jsonb not null,
  -- As uploaded: data to show, never a path.
  file_name text not null,
  -- From the content, not from what the uploader said.
  media_type text not null,
  size bigint not null check (size > 0),
  digest text not null,
  language text,
  distribution text not null,
  withdrawn_on date,
  primary key (organisation_id, id),
  foreign key (organisation_id, certificate_id) references certificate (organisation_id, id)
);

create index document_certificate on document (organisation_id, certificate_id);
create index document_digest on document (organisation_id, digest);

call guard('certificate');
call guard('document');

alter table role_grant add foreign key (organisation_id, certificate_id) references certificate (organisation_id, id);
