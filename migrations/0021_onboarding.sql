-- What an organisation said about its own beginning; how far it has come is read from what is there.

create table onboarding (
  organisation_id uuid not null references log_head,
  id uuid not null check (id = organisation_id),
  version integer not null check (version >= 1),
  scope_entity_ids jsonb not null,
  scope_service_ids jsonb not null,
  skipped jsonb not null,
  put_away_on date,
  primary key (organisation_id, id)
);

call guard('onboarding');
