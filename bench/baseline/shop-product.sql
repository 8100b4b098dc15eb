-- One product page: the offer with its product, papers, pictures and prices, what is left, whose harvest it is and who
-- shares in it, in one statement.
\set n random(1, :offers)
select o.*, p.name_zh, p.name_en, p.story_zh, p.story_en, p.class, p.variety, p.grade, p.marks, p.unit, p.county_code,
  a.name_zh, s.name_zh, l.code, l.harvested_on, l.own_quantity, k.balance - k.held,
  (select jsonb_agg(to_jsonb(t)) from offer_price t where t.programme_id = 'shenzhen' and t.offer_id = o.id and t.version = o.version),
  (select jsonb_agg(to_jsonb(c)) from product_certificate c where c.programme_id = 'shenzhen' and c.product_id = p.id),
  (select jsonb_agg(to_jsonb(m)) from product_media m where m.programme_id = 'shenzhen' and m.product_id = p.id and m.removed_at is null),
  (select jsonb_agg(to_jsonb(h)) from lot_source h where h.programme_id = 'shenzhen' and h.lot_id = l.id),
  (select jsonb_agg(to_jsonb(u)) from undertaking u where u.programme_id = 'shenzhen' and u.promisor = o.seller_id::text
    and u.kind = 'link.share_dividend' and u.state = 'open')
from offer o
join product p on p.programme_id = 'shenzhen' and p.id = o.product_id
join area a on a.code = p.county_code
join organisation s on s.programme_id = 'shenzhen' and s.id = o.seller_id
join lot l on l.programme_id = 'shenzhen' and l.id = o.lot_id
left join ledger_account k on k.programme_id = 'shenzhen' and k.account = 'stock/lot/' || o.lot_id
where o.programme_id = 'shenzhen' and o.id = ('0b000000-0000-4000-8000-' || lpad(to_hex(:n::int), 12, '0'))::uuid;
