-- A page of a class by what was sold, by the same index and with the same rows of each card as ours; no counts beside it.
\set n random(1, :count)
select o.id, o.version, o.spec_zh, o.spec_en, o.per_piece, o.price_fen, o.ship_days, o.net_grams, o.cold_chain, p.name_zh,
  p.name_en, p.class, p.marks, p.county_code, a.name_zh, s.name_zh, l.code, f.sold, f.benefit_fen, k.balance - k.held
from (select * from offer_found f where programme_id = 'shenzhen' and generation = :generation
    and tokens && array[(:tokens::int[])[:n::int]] order by sold desc, offer_id desc limit 24) f
join offer o on o.programme_id = 'shenzhen' and o.id = f.offer_id
join product p on p.programme_id = 'shenzhen' and p.id = o.product_id
join area a on a.code = p.county_code
join organisation s on s.programme_id = 'shenzhen' and s.id = o.seller_id
join lot l on l.programme_id = 'shenzhen' and l.id = o.lot_id
left join ledger_account k on k.programme_id = 'shenzhen' and k.account = 'stock/lot/' || o.lot_id;
