-- Everything that a way to understand a query finds, a row for each facet with its offers in arrays: other filters, prices,
-- orders and later pages of the same words are read from it. Of more than `most` it is only said that there are (facet null).
create function offers_hit(of_generation int, groups text[], titles text[], classes text[], ends text[], literals text[], most int)
  returns table (facet text, ids text, prices text, sold text, benefits text, listed text, scores text)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query execute format($f$
    with hits as materialized (
      select f.offer_id, f.facet, f.price_fen, f.sold, f.benefit_fen, f.listed_at, f.title, f.class
        from public.offer_found f where %1$s limit $5 + 1),
    many as (select count(*) > $5 as is from hits)
    select f.facet, array_agg(f.offer_id)::text, array_agg(f.price_fen)::text, array_agg(f.sold)::text,
        array_agg(f.benefit_fen)::text, array_agg(f.listed_at)::text, array_agg(
          (f.title = any($1))::int * 8 + (f.class like any($2))::int * 4
            + case when f.title like any($4) then 1 + (f.title like any($3))::int * 2 + %2$s else 0 end)::text
      from hits f where not (select m.is from many m) group by f.facet
    union all
    select null, null, null, null, null, null, null from many m where m.is $f$,
    offer_conditions(of_generation, groups, null, null),
    case when cardinality(literals) = 1 then '1' else '(f.title like all($4))::int' end)
  using titles, classes, ends, literals, most;
end $$;
revoke execute on function offers_hit from public;
grant execute on function offers_hit to silian_app;
