-- Words that are written, spoken or abbreviated so; of a class also what else it is called. A function, because planned for
-- each query anew it takes longer to plan than to read.
create function offer_words_alike(of_generation int, of_words text[], of_spoken text[], of_initials text[], most int)
  returns table (key text, word text, kind text, token int, spoken text, initials text, offers int, also_words text[],
    also_tokens int[])
language plpgsql stable rows 30 set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare own text := current_setting('app.programme');
begin
  return query
  with found as (
    select w.key, w.word, w.kind, w.token, w.spoken, w.initials, w.offers from offer_word w
     where w.programme_id = own and w.generation = of_generation and w.offers > 0 and w.word = any(of_words)
    union (select w.key, w.word, w.kind, w.token, w.spoken, w.initials, w.offers from offer_word w
      where w.programme_id = own and w.generation = of_generation and w.offers > 0
        and w.spoken <> '' and w.spoken = any(of_spoken)
      order by w.kind = 'title', w.offers desc limit most)
    union (select w.key, w.word, w.kind, w.token, w.spoken, w.initials, w.offers from offer_word w
      where w.programme_id = own and w.generation = of_generation and w.offers > 0
        and w.initials <> '' and w.initials = any(of_initials)
      order by w.kind = 'title', w.offers desc limit most))
  select w.*, a.words, a.tokens from found w
  left join lateral (
    select array_agg(o.word) as words, array_agg(n.token) filter (where n.token is not null) as tokens
      from offer_word o left join offer_word n on n.programme_id = own and n.generation = of_generation
        and n.key = 'w:' || o.word and n.word = o.word and n.word > '~' and n.offers > 0
     where o.programme_id = own and o.generation = of_generation and o.key = w.key) a on w.kind = 'class';
end $$;
revoke execute on function offer_words_alike from public;
grant execute on function offer_words_alike to silian_app;
