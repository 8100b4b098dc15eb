-- What holds a word, counted by facet, and its first page with the rows of each card: one statement that knows the word.
\set n random(1, :count)
with hits as materialized (
  select offer_id, facet, sold, benefit_fen from offer_found where programme_id = 'shenzhen' and generation = :generation
    and tokens && array[(:tokens::int[])[:n::int]]),
  page as (select * from hits order by sold desc, offer_id desc limit 24)
select o.id::text, o.version, o.spec_zh, o.spec_en, o.per_piece, o.price_fen, o.ship_days, o.net_grams, o.cold_chain, p.name_zh,
  p.name_en, p.class, p.marks, p.county_code, a.name_zh, s.name_zh, l.code, f.sold, f.benefit_fen, k.balance - k.held
from page f
join offer o on o.programme_id = 'shenzhen' and o.id = f.offer_id
join product p on p.programme_id = 'shenzhen' and p.id = o.product_id
join area a on a.code = p.county_code
join organisation s on s.programme_id = 'shenzhen' and s.id = o.seller_id
join lot l on l.programme_id = 'shenzhen' and l.id = o.lot_id
left join ledger_account k on k.programme_id = 'shenzhen' and k.account = 'stock/lot/' || o.lot_id
union all
select facet, count(*), null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null
from hits group by facet;
