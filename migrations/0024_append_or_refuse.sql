-- As append_entries, but an error where there is no log that can be appended to: whatever was sent along with it, the
-- commit above all, is then not done.
create function append_or_refuse(organisation uuid, at timestamptz, leaves text[], event_ids uuid[], types text[],
  nouns text[], record_ids uuid[], ns integer[], salts bytea[], statements text[])
returns bigint language plpgsql security invoker as $$
declare
  first bigint := append_entries(organisation, at, leaves, event_ids, types, nouns, record_ids, ns, salts, statements);
begin
  if first is null then
    raise exception 'the log of % takes no entries', organisation using errcode = 'AS001';
  end if;
  return first;
end $$;
