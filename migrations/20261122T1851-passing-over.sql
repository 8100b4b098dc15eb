-- What is open passes over to whoever goes on in another's place.

-- a merged household's links are owed to the other from then on
grant update (promisee) on undertaking to silian_app;

-- Who has a part now, where its household was merged before it was paid. The part itself stays as it was told.
alter table settlement_part add column passed_to uuid;
alter table settlement_part add foreign key (programme_id, passed_to) references household (programme_id, id) on delete restrict;
-- what waits is looked for by who has it
drop index settlement_part_programme_id_household_id_idx1;
create index settlement_part_waiting on settlement_part (programme_id, coalesce(passed_to, household_id)) where payout_id is null;
