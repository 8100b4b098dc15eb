-- Writes a chunk of quotations at once and tells which contradict one that was there first. Most chunks hold nothing
-- but new ones, and a plain insert of those costs half of one that expects doubles: so that comes first. An error that
-- is caught here is not written to the server's log.
create function record_prices(
  p_market text, p_items text[], p_specs text[], p_dates date[], p_units text[],
  p_low bigint[], p_mean bigint[], p_high bigint[], p_per bigint[],
  out added bigint, out places int[], out kept bigint[], out kept_per bigint[]
) language plpgsql as $$
begin
  places := '{}'; kept := '{}'; kept_per := '{}';
  begin
    insert into market_price (market, item, spec, on_date, unit, low_fen, mean_fen, high_fen, per_grams)
      select p_market, * from unnest(p_items, p_specs, p_dates, p_units, p_low, p_mean, p_high, p_per);
    get diagnostics added = row_count;
    return;
  exception when unique_violation then
    null;
  end;
  insert into market_price (market, item, spec, on_date, unit, low_fen, mean_fen, high_fen, per_grams)
    select p_market, * from unnest(p_items, p_specs, p_dates, p_units, p_low, p_mean, p_high, p_per)
    on conflict do nothing;
  get diagnostics added = row_count;
  -- a price has one form only, so that equal prices have equal numbers
  select coalesce(array_agg(r.place), '{}'), coalesce(array_agg(p.mean_fen), '{}'),
      coalesce(array_agg(p.per_grams), '{}')
    into places, kept, kept_per
    from unnest(p_items, p_specs, p_dates, p_units, p_low, p_mean, p_high, p_per)
      with ordinality as r (item, spec, on_date, unit, low, mean, high, per, place),
    -- by the key, one at a time: a join would read the whole table for each chunk
    lateral (
      select * from market_price m
      where m.market = p_market and m.item = r.item and m.spec = r.spec and m.on_date = r.on_date and m.unit = r.unit
      offset 0
    ) p
    where (p.low_fen, p.mean_fen, p.high_fen, p.per_grams) <> (r.low, r.mean, r.high, r.per);
end $$;
revoke execute on function record_prices from public;
grant execute on function record_prices to silian_batch;
