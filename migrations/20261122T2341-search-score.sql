-- As before (20261122T2020-offer-search), but what a title does not hold it is not asked for twice: how well hundreds of
-- offers fit took longer to say than to find them.
create or replace function offers_gathered(of_generation int, groups text[], filters text[], price_from bigint, price_to bigint,
  titles text[], classes text[], ends text[], literals text[], by_relevance boolean, by_column text, is_up boolean,
  after_score int, after_value bigint, after_id uuid, page int, counted boolean, most int)
  returns table (offer_id uuid, score int, value bigint, sold bigint, benefit_fen bigint, facet text, n bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query execute format($f$
    with hits as materialized (
      select f.offer_id, f.facet, f.sold, f.benefit_fen, f.%1$I as value, %2$s as score, %3$s as inside
        from public.offer_found f where %4$s limit $5),
    page as (
      select h.* from hits h
       where h.inside and ($8 is null or (h.score, h.value, h.offer_id) %5$s ($6, $7, $8))
       order by h.score desc, h.value %6$s, h.offer_id %6$s limit $9)
    select p.offer_id, p.score, p.value, p.sold, p.benefit_fen, null::text, null::bigint from page p
    union all
    select null, null, null, null, null, h.facet, count(*) from hits h where $10 group by h.facet $f$,
    by_column,
    case when by_relevance then '(f.title = any($1))::int * 8 + (f.class like any($2))::int * 4
      + case when f.title like any($4) then 1 + (f.title like any($3))::int * 2 + '
      || case when cardinality(literals) = 1 then '1' else '(f.title like all($4))::int' end || ' else 0 end' else '0' end,
    coalesce((select string_agg(format('f.tokens && %L::int[]', g), ' and ') from unnest(filters) g), 'true'),
    offer_conditions(of_generation, groups, price_from, price_to),
    case when is_up then '>' else '<' end, case when is_up then 'asc' else 'desc' end)
  using titles, classes, ends, literals, most, after_score, after_value, after_id, page, counted;
end $$;
