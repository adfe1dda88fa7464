-- Whose something was on a past day, and how often it was looked at: what the dated fields of a record said before each
-- change, with the day until which it did. Null in what was written before: of earlier changes only the log tells.
alter table risk add column former jsonb;
alter table asset add column former jsonb;
alter table objective add column former jsonb;
alter table interested_party add column former jsonb;
alter table context_issue add column former jsonb;
alter table obligation add column former jsonb;
alter table programme add column former jsonb;
alter table control add column former jsonb;
alter table implementation add column former jsonb;

-- A check may have somebody who answers for it.
alter table check_definition add column owner_id uuid;
alter table check_definition add column former jsonb;
alter table check_definition add foreign key (organisation_id, owner_id) references person (organisation_id, id);

-- The day on which somebody left; null where it was not said.
alter table person add column left_on date;
