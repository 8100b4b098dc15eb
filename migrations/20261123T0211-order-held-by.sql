-- By whom a citizen's order holds its goods until it is paid: the customer, or a number that the guests of one phone share.
-- It finds what waits of them without their sessions, however many; null is not counted (what units and points order).
alter table "order" add column held_by uuid;
create index order_held on "order" (programme_id, held_by) where state = 'awaiting_payment' and held_by is not null;
grant update (held_by) on "order" to silian_batch;
