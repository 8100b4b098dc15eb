-- A person of a household that ended may be registered again: what is unique is so among rows that stand.
alter table household_member add column ended boolean not null default false;
update household_member m set ended = true from household h
 where h.programme_id = m.programme_id and h.id = m.household_id and h.valid_to is not null;
grant update (ended) on household_member to silian_app;
create unique index household_member_id_number on household_member (programme_id, id_number_index) where not ended;
alter table household_member drop constraint household_member_programme_id_id_number_index_key;
create index on household_member (programme_id, id_number_index);
