-- The register of assets.

create table asset (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  key text not null,
  name jsonb not null,
  description jsonb,
  kind text not null,
  entity_id uuid not null,
  service_ids jsonb not null,
  owner_id uuid,
  classification text,
  value jsonb not null,
  override jsonb not null,
  personal_data boolean not null,
  card_data boolean not null,
  location jsonb,
  retention jsonb,
  depends_on jsonb not null,
  identifiers jsonb not null,
  in_use_from date,
  in_use_to date,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id),
  foreign key (organisation_id, owner_id) references person (organisation_id, id)
);

create index asset_by_kind on asset (organisation_id, kind, id);
create index asset_by_name on asset (organisation_id, (coalesce(name ->> 'en', name ->> 'ja')), id);
create index asset_by_classification on asset (organisation_id, (coalesce(classification, '')), id);
create index asset_by_owner on asset (organisation_id, owner_id, key, id);
create index asset_by_entity on asset (organisation_id, entity_id, key, id);

-- Identifiers as they are compared: NFKC, and ASCII letters in lower case whatever the database's locale.
create function identifier_forms(identifiers jsonb) returns text[] language sql immutable parallel safe
  return (select coalesce(array_agg(lower(normalize(one, nfkc) collate "C")), '{}')
    from jsonb_array_elements_text(identifiers) as each (one));

create index asset_identifiers on asset using gin (identifier_forms(identifiers));

-- By what it is worth, and of what.
create table asset_scale (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  levels jsonb not null,
  classifications jsonb not null,
  primary key (organisation_id, id),
  unique (organisation_id)
);

call guard('asset');
call guard('asset_scale');
