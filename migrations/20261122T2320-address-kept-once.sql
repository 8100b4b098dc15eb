-- The same address typed again is the one already kept: found by a keyed hash of recipient, phone and place, which goes with
-- the row. Rows of before have none and are found by nobody.

alter table customer_address add column place_index bytea;
create unique index customer_address_once on customer_address (programme_id, customer_id, place_index)
  where closed_at is null;
