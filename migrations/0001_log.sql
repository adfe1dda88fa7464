-- The evidence log and the guard that keeps each organisation's rows to itself.

grant usage on schema public to assay_app;

-- The organisation of the transaction in hand; null, hence no rows at all, when nobody has said which.
create function current_organisation() returns uuid language sql stable parallel safe
  return nullif(current_setting('assay.organisation', true), '')::uuid;

-- Guards a table: the application role can read and write only rows of the current organisation.
-- No right to delete is given: records end, they do not disappear.
create procedure guard(target regclass, rights text default 'select, insert, update') language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy organisation on %s using (organisation_id = current_organisation()) with check (organisation_id = current_organisation())', target);
  execute format('grant %s on %s to assay_app', rights, target);
end $$;

create table log_head (
  organisation_id uuid primary key,
  origin text not null unique,
  size bigint not null check (size >= 0),
  -- Set when entries are known to have existed that are not here (an old backup): the first of them, and the first
  -- number beyond them. Nothing is appended then.
  lost_from bigint,
  lost_to bigint,
  -- Set when another root than the database's was signed for this size: two histories. Nothing is appended then either.
  forked_at bigint,
  check ((lost_from is null) = (lost_to is null)),
  check (lost_from < lost_to)
);

-- Without a foreign key to log_head, which would be looked up for every entry: append_entries has just changed its row.
create table log_entry (
  organisation_id uuid not null,
  idx bigint not null check (idx >= 0),
  -- The leaf, exactly as hashed.
  leaf text not null,
  event_id uuid not null,
  type text not null,
  noun text not null,
  record_id uuid not null,
  n integer not null check (n >= 1),
  recorded_at timestamptz not null,
  -- The opening of the commitment in the leaf. Both are null once erased.
  salt bytea check (octet_length(salt) = 32),
  statement text,
  check ((salt is null) = (statement is null)),
  primary key (organisation_id, idx),
  unique (organisation_id, event_id),
  unique (organisation_id, noun, record_id, n)
);

-- Takes the numbers and writes the leaves, the last statement of a command's transaction; answers the first number, or
-- null where there is no log that can be appended to. The row of log_head stays locked until the commit, so commit order
-- is index order, without gaps; a rollback gives the numbers back. A function because its statements stay planned.
-- It runs with its caller's rights: row-level security holds.
create function append_entries(organisation uuid, at timestamptz, leaves text[], event_ids uuid[], types text[],
  nouns text[], record_ids uuid[], ns integer[], salts bytea[], statements text[])
returns bigint language plpgsql security invoker as $$
declare
  first bigint;
begin
  update log_head set size = size + cardinality(leaves)
    where organisation_id = organisation and lost_to is null and forked_at is null
    returning size - cardinality(leaves) into first;
  if first is not null then
    for i in 1 .. cardinality(leaves) loop
      insert into log_entry (organisation_id, idx, leaf, event_id, type, noun, record_id, n, recorded_at, salt, statement)
        values (organisation, first + i - 1, leaves[i], event_ids[i], types[i], nouns[i], record_ids[i], ns[i], at,
          salts[i], statements[i]);
    end loop;
  end if;
  return first;
end $$;

-- The sealer's commit point. A checkpoint never shrinks: the trigger refuses a size below the newest, one insert
-- after another, so that two sealers at once cannot pass each other unseen.
create table log_checkpoint (
  organisation_id uuid not null references log_head,
  size bigint not null check (size >= 0),
  root text not null,
  note text not null,
  sealed_at timestamptz not null,
  primary key (organisation_id, size)
);

create function refuse_smaller_checkpoint() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('checkpoint/' || new.organisation_id, 0));
  if exists (select 1 from log_checkpoint where organisation_id = new.organisation_id and size > new.size) then
    raise exception 'a checkpoint of size % exists already beyond %', new.size, new.size using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger refuse_smaller_checkpoint before insert on log_checkpoint
  for each row execute function refuse_smaller_checkpoint();

call guard('log_head');
call guard('log_entry', 'select, insert, update (salt, statement)');
call guard('log_checkpoint', 'select, insert');

-- A retried request gives its first answer; written in the transaction of the command.
create table idempotency (
  organisation_id uuid not null references log_head,
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  request_digest text not null,
  status integer not null,
  answer text not null,
  created_at timestamptz not null,
  primary key (organisation_id, actor_id, key)
);

call guard('idempotency', 'select, insert, delete');

-- Requests to erase what entries say: the entries' openings go, the entries and this record stay.
create table erasure (
  organisation_id uuid not null references log_head,
  id uuid not null,
  version integer not null check (version >= 1),
  subject_noun text not null,
  subject_id uuid not null,
  -- Indexes of the entries.
  entries jsonb not null,
  legal_basis text not null,
  state text not null,
  requested_by uuid,
  approved_by uuid,
  primary key (organisation_id, id)
);

call guard('erasure');
