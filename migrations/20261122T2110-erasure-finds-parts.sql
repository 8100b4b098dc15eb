-- Who was a part of another row before is found by blind index: reading every former version took as long as there were many.
create index register_past_parts on register_past
  using gin (jsonb_path_query_array(parts, '$.*[*].keyvalue() ? (@.key like_regex "_index$").value'))
  where parts <> '{}';

-- Former versions with a part that has one of these blind indexes. Past row security because under it the index would not be
-- used; it looks into the transaction's programme only.
create function register_past_with(of_register text, of_indexes text[]) returns table (of_row uuid, of_version int)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
  select r.row_id, r.version from public.register_past r
   where r.programme_id = current_setting('app.programme') and r.register = of_register and r.parts <> '{}'
     and jsonb_path_query_array(r.parts, '$.*[*].keyvalue() ? (@.key like_regex "_index$").value') ?| of_indexes;
end $$;
revoke execute on function register_past_with from public;
grant execute on function register_past_with to silian_batch;
