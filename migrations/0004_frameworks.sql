-- What an organisation adds to the shipped frameworks: the digest of each edition it uses, and licensed text of its own.

create table edition (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  -- SHA-256 of the canonical edition, so that the log says what the requirements were.
  digest text not null,
  primary key (organisation_id, id),
  unique (organisation_id, key)
);

-- Licensed text of a standard: private to the organisation, in no export and in no public page.
create table overlay (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  edition_key text not null,
  language text not null,
  licence_holder text not null,
  -- The object that holds the texts; the log carries only its digest.
  digest text not null,
  texts integer not null,
  removed boolean not null,
  primary key (organisation_id, id),
  unique (organisation_id, edition_key, language)
);

call guard('edition');
call guard('overlay');
