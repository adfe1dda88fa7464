-- Files that an organisation sent for its programme: the object store is shared, and a digest alone proves nothing.

create table programme_file (
  organisation_id uuid not null references log_head,
  digest text not null,
  received_at timestamptz not null,
  primary key (organisation_id, digest)
);

call guard('programme_file', 'select, insert');
