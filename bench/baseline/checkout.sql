-- One order of one line as the checkout writes it, in one statement: stock and budget held, the ledger's entry and holds,
-- order, line and tender, the signed fact with its place in the queue, the answer under its key. The bytes of the fact come
-- from the client, as they do to us.
\set o random(1, :offers)
\set b random(1, :buyers)
with offered as (
  select o.id, o.version, o.seller_id, o.product_id, o.lot_id, o.per_piece, o.price_fen, o.ship_days, p.county_code,
    coalesce(current_date between p.recognised_from and p.recognised_to, false) as recognised
  from offer o join product p on p.programme_id = o.programme_id and p.id = o.product_id
  where o.programme_id = 'shenzhen' and o.id = ('0b000000-0000-4000-8000-' || lpad(to_hex(:o::int), 12, '0'))::uuid
    and o.state = 'listed' and o.version = 1
), declared as (
  select d.id, d.unit_id from declaration d
  where d.programme_id = 'shenzhen' and d.id = ('0f000000-0000-4000-8000-' || lpad(to_hex(:b::int), 12, '0'))::uuid
    and d.state = 'confirmed'
), stock as (
  update ledger_account a set held = a.held + o.per_piece from offered o
  where a.programme_id = 'shenzhen' and a.account = 'stock/lot/' || o.lot_id and a.balance - a.held >= o.per_piece
  returning a.account
), budgeted as (
  update ledger_account a set held = a.held + o.price_fen from offered o, declared d
  where a.programme_id = 'shenzhen' and a.account = 'budget/declaration/' || d.id and a.balance - a.held >= o.price_fen
  returning a.account
), made as (
  select uuidv7() as id, uuidv7() as entry, uuidv7() as fact, uuidv7() as place, gen_random_uuid() as key,
    s.account as stock, b.account as budget, now() + interval '15 days' as until, :entry::bytea as said
  from stock s, budgeted b
), posted as (
  insert into ledger_entry (programme_id, id, at, recorded_at, kind, subject, observed)
  select 'shenzhen', m.entry, now(), now(), 'order.placed', m.id::text, false from made m
), held as (
  insert into ledger_hold (programme_id, id, account, amount, remaining, expires_at, state, entry_id)
  select 'shenzhen', gen_random_uuid(), m.stock, o.per_piece, o.per_piece, m.until, 'open', m.entry from made m, offered o
  union all
  select 'shenzhen', gen_random_uuid(), m.budget, o.price_fen, o.price_fen, m.until, 'open', m.entry from made m, offered o
), ordered as (
  insert into "order" (programme_id, id, number, state, buyer_kind, buyer_id, seller_id, declaration_id, total_fen, note,
    ship_by, placed_by, placed_at, last_leaf)
  select 'shenzhen', m.id, '20261122-' || upper(right(m.id::text, 12)), 'in_approval', 'unit', d.unit_id, o.seller_id, d.id,
    o.price_fen, '', current_date + o.ship_days, d.id::text, now(), sha256(m.said)
  from made m, offered o, declared d
), lined as (
  insert into order_line (programme_id, order_id, no, offer_id, offer_version, product_id, lot_id, pieces, quantity,
    price_fen, amount_fen, county_code, recognised)
  select 'shenzhen', m.id, 1, o.id, o.version, o.product_id, o.lot_id, 1, o.per_piece, o.price_fen, o.price_fen,
    o.county_code, o.recognised
  from made m, offered o
), tendered as (
  insert into tender (programme_id, order_id, no, kind, account, amount_fen)
  select 'shenzhen', m.id, 1, 'budget', m.budget, o.price_fen from made m, offered o
), told as (
  insert into fact (programme_id, id, type, subject, at, recorded_at, key_id, signed_by, entry, leaf_hash)
  select 'shenzhen', m.fact, 'order.placed', m.id::text, now(), now(), '0123456789abcdef', 'held', m.said, sha256(m.said)
  from made m
), waits as (
  insert into fact_pending (programme_id, fact_id, rank, place) select 'shenzhen', m.fact, 0, m.place from made m
)
insert into idempotency (programme_id, actor_id, key, input_hash, answer, created_at, keep_until)
select 'shenzhen', d.id::text, m.key::text, sha256(m.said),
  jsonb_build_object('value', jsonb_build_object('orders', jsonb_build_array(jsonb_build_object('id', m.id, 'number',
    '20261122-00000000', 'totalFen', o.price_fen)))),
  now(), now() + interval '30 days'
from made m, offered o, declared d;
