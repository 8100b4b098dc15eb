-- Lists that take as long however many rows there are.

-- what a row was, in the order of a list; every register so far is keyed by a code
alter table register_past
  add column area_path text collate "C" generated always as (state ->> 'area_path') stored,
  add column code text generated always as (state ->> 'code') stored;
create index on register_past (programme_id, register, area_path, code, row_id);

-- rows of a day before most of them began
create index on household (programme_id, valid_from);
create index on visit (programme_id, valid_from);
create index on base (programme_id, valid_from);
create index on supplier (programme_id, valid_from);
create index on vending_point (programme_id, valid_from);

-- what waits for a party, and its orders of a state
create index on "order" (programme_id, buyer_id, state, placed_at, id);
create index on "order" (programme_id, seller_id, state, placed_at, id);
create index on "order" (programme_id, buyer_id) where state = 'accepted' and evaluated_at is null;
create index on "order" (programme_id, buyer_id) where paid_at is null and state in ('approved', 'shipped', 'accepted');
-- made twice
drop index if exists order_programme_id_number_idx1;

-- items of a batch that nobody has confirmed
create index on payout_item (programme_id, batch_id) where confirmed_at is null;

-- what an organisation promised
create index on undertaking (programme_id, promisor_id, id);

-- rows of a day, in the order of the list
create index on visit (programme_id, visited_on, area_path, code);
create index on visit (programme_id, follow_up_on, area_path, code);
create index on vending_point (programme_id, placed_on, area_path, code);
