-- What shows how things are.

create table evidence (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  title text not null,
  description text,
  location text,
  entity_id uuid not null,
  source text not null,
  collector text,
  collector_id uuid,
  added_by_id uuid,
  about_from date not null,
  about_to date not null,
  collected_on date not null,
  collected_at timestamptz,
  valid_until date not null,
  validity_stated boolean not null,
  tolerance_days integer not null,
  files jsonb not null,
  data jsonb,
  implementation_ids jsonb not null,
  occurrence_ids jsonb not null,
  requirements jsonb not null,
  asset_ids jsonb not null,
  review jsonb,
  replaces uuid,
  withdrawn jsonb,
  retain_until date,
  hold jsonb,
  disposed jsonb,
  primary key (organisation_id, id),
  foreign key (organisation_id, entity_id) references entity (organisation_id, id),
  foreign key (organisation_id, replaces) references evidence (organisation_id, id)
);

-- What stands behind the id narrows a walk in this order without a look at the rows.
create index evidence_by_time on evidence (organisation_id, about_to, id, about_from, valid_until);
create index evidence_by_collection on evidence (organisation_id, collected_on, id);
create index evidence_by_validity on evidence (organisation_id, valid_until, id);
create index evidence_by_title on evidence (organisation_id, title, id);
create index evidence_by_entity on evidence (organisation_id, entity_id, about_to, id);
create index evidence_by_source on evidence (organisation_id, source, about_to, id);
-- Of half a million items few are in these states: each is found by an index that holds nothing else.
create index evidence_waiting on evidence (organisation_id, about_to, id)
  where review is null and withdrawn is null and disposed is null;
create index evidence_rejected on evidence (organisation_id, about_to, id) where review ->> 'verdict' = 'rejected';
create index evidence_withdrawn on evidence (organisation_id, about_to, id) where withdrawn is not null;
create index evidence_disposed on evidence (organisation_id, about_to, id) where disposed is not null;
create index evidence_held on evidence (organisation_id, about_to, id) where hold is not null;
create index evidence_retained on evidence (organisation_id, retain_until) where hold is null and disposed is null;
create index evidence_to_come on evidence (organisation_id, (greatest(collected_on, about_from)));
create index evidence_with_data on evidence (organisation_id, about_to, id) where data is not null;
create index evidence_replaced on evidence (organisation_id, replaces) where replaces is not null;
create index evidence_implementations on evidence using gin (implementation_ids jsonb_path_ops);
create index evidence_occurrences on evidence using gin (occurrence_ids jsonb_path_ops);
create index evidence_requirements on evidence using gin (requirements jsonb_path_ops);
create index evidence_assets on evidence using gin (asset_ids jsonb_path_ops);
create index evidence_files on evidence using gin (files jsonb_path_ops);

-- The pieces of a text by which it can be found: of three characters, or of two where one of these is not ASCII, for
-- Japanese words are short. What a text contains has its pieces: those that lie in it whole.
create function text_pieces(whole text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct case when short then one || two else one || two || three end)
    filter (where two is not null and (short or three is not null)), '{}')
  from (
    select one, two, three, ascii(one) > 127 or ascii(two) > 127 as short
    from (
      select c as one, lead(c) over places as two, lead(c, 2) over places as three
      from unnest(string_to_array(lower(whole), null)) with ordinality as characters (c, n)
      window places as (order by n)
    ) as runs
  ) as cut
$$;

-- All of an item that a search by text looks at.
create function evidence_text(title text, description text, collector text, files jsonb) returns text
  language sql immutable parallel safe as $$
  select title || E'\n' || coalesce(description, '') || E'\n' || coalesce(collector, '')
    || coalesce((select string_agg(E'\n' || (file ->> 'name'), '') from jsonb_array_elements(files) as file), '')
$$;

create index evidence_pieces on evidence using gin (text_pieces(evidence_text(title, description, collector, files)));

call guard('evidence');

-- The implementations that each item is evidence for, in the order in which what speaks longest comes first: an index
-- over evidence, which jsonb lists cannot have. It follows from evidence alone and is kept by the database.
create table evidence_link (
  organisation_id uuid not null,
  evidence_id uuid not null,
  implementation_id uuid not null,
  valid_until date not null,
  primary key (organisation_id, evidence_id, implementation_id)
);

create index evidence_link_by_validity on evidence_link (organisation_id, implementation_id, valid_until desc, evidence_id);

call guard('evidence_link', 'select');

-- With the rights of the owner, for nobody else writes these rows.
create function keep_evidence_link() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if new.implementation_ids = old.implementation_ids and new.valid_until = old.valid_until then
      return null;
    end if;
    delete from evidence_link where organisation_id = old.organisation_id and evidence_id = old.id;
  end if;
  insert into evidence_link (organisation_id, evidence_id, implementation_id, valid_until)
    select distinct new.organisation_id, new.id, named.id::uuid, new.valid_until
    from jsonb_array_elements_text(new.implementation_ids) as named(id)
    -- A restored copy may bring these rows with it.
    on conflict (organisation_id, evidence_id, implementation_id) do update set valid_until = excluded.valid_until;
  return null;
end $$;

create trigger keep_evidence_link after insert or update of implementation_ids, valid_until on evidence
  for each row execute function keep_evidence_link();

-- Items of the current organisation that may name these and contain this text; null where those are more than `most`, or
-- where the text is too short to be looked up. Row-level security lets no index serve an operator that PostgreSQL does not
-- take for leakproof, containment among them: whoever could see it at work on foreign rows might learn of them. So this
-- looks with the rights of the tables' owner, who alone decides what it asks, at the rows that the same setting opens to
-- the policies. It answers ids and nothing else, and whoever asks reads those rows, and compares them, under the policies.
create function evidence_candidates(implementations jsonb, occurrences jsonb, assets jsonb, named jsonb, sought text,
  most integer) returns uuid[] language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
  -- A plan that looks at every item is what this is there to avoid.
  set enable_seqscan = off set enable_indexscan = off as $$
declare
  pieces text[] := text_pieces(sought);
  conditions text := concat(
    case when implementations is not null then ' and implementation_ids @> $1' end,
    case when occurrences is not null then ' and occurrence_ids @> $2' end,
    case when assets is not null then ' and asset_ids @> $3' end,
    case when named is not null then ' and requirements @> $4' end,
    case when pieces <> '{}'
      then ' and text_pieces(evidence_text(title, description, collector, files)) @> $5' end);
  found uuid[];
begin
  if conditions = '' then
    return null;
  end if;
  execute 'select array(select id from evidence where organisation_id = current_organisation()' || conditions || ' limit $6)'
    into found using implementations, occurrences, assets, named, pieces, most + 1;
  return case when cardinality(found) <= most then found end;
end $$;

revoke execute on function evidence_candidates from public;
grant execute on function evidence_candidates to assay_app;

-- Files on their way into evidence: being received, or received and inspected and not yet part of an item. They belong
-- to whoever sent them and expire. A convenience of uploads, no evidence: not in the log.
create table evidence_upload (
  organisation_id uuid not null references log_head,
  id uuid not null,
  actor_id uuid not null,
  name text not null,
  declared_type text not null,
  state text not null check (state in ('receiving', 'received', 'refused')),
  -- Bytes that were announced, and that are durable.
  size bigint not null check (size >= 0),
  received bigint not null check (received between 0 and size),
  digest text,
  media_type text,
  card_numbers text,
  not_inspected jsonb,
  -- Where card numbers were found, masked, for whoever missed the answer.
  findings jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation_id, id),
  check ((state = 'received') = (digest is not null))
);

create index evidence_upload_by_actor on evidence_upload (organisation_id, actor_id, created_at);
create index evidence_upload_by_expiry on evidence_upload (organisation_id, expires_at);
create index evidence_upload_by_digest on evidence_upload (organisation_id, digest);

call guard('evidence_upload', 'select, insert, update, delete');
