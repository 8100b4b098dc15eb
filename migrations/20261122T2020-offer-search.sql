-- How the shop finds what is on sale: offers by generation, the words they are found by, and what was sold of each.

-- A generation answers when it is whole: one is filled beside the one that answers, then they are swapped.
create table offer_generation (
  programme_id text not null,
  generation int not null,
  state text not null check (state in ('filling', 'current', 'past')),
  -- of the way words are made; another way needs another generation
  format int not null,
  -- class, county and id of the last product that a filling one has reached
  filled_to text,
  -- the highest number that a token has been given
  tokens int not null,
  -- when it got its state
  set_at timestamptz not null,
  primary key (programme_id, generation)
);
create unique index on offer_generation (programme_id) where state = 'current';
create unique index offer_generation_filling on offer_generation (programme_id) where state = 'filling';
select scoped('offer_generation', 'select', 'select, insert, update, delete');

-- What an offer is found by and ordered by. Narrow columns first: counting reads thousands of rows.
create table offer_found (
  programme_id text not null,
  generation int not null,
  offer_id uuid not null,
  price_fen bigint not null,
  sold bigint not null,
  -- of a piece, to households
  benefit_fen bigint not null,
  -- milliseconds since 1970
  listed_at bigint not null,
  -- everything that is counted, in one text: rows that say the same are counted together
  facet text collate "C" not null,
  class text collate "C" not null,
  -- the product's name up to its grade and packing
  title text collate "C" not null,
  tokens int[] not null,
  primary key (programme_id, generation, offer_id)
);
create index on offer_found (programme_id, generation, sold, offer_id);
create index on offer_found (programme_id, generation, price_fen, offer_id);
create index on offer_found (programme_id, generation, benefit_fen, offer_id);
create index on offer_found (programme_id, generation, listed_at, offer_id);
create index offer_found_facet on offer_found (programme_id, generation, facet);
create index offer_found_tokens on offer_found using gin (tokens) with (fastupdate = off);
select scoped('offer_found', 'select', 'select, insert, update, delete');

-- Words of the catalogue: how they are written and spoken, and the number that stands for them in `tokens`. A class is
-- one token with many words; what is only filtered by has a token without a word.
create table offer_word (
  programme_id text not null,
  generation int not null,
  key text collate "C" not null,
  word text collate "C" not null,
  kind text not null check (kind in ('class', 'area', 'title', 'word', 'pack', 'seller', 'filter')),
  token int not null,
  -- pinyin and its first letters
  spoken text collate "C" not null,
  initials text collate "C" not null,
  -- numbers of what is left when one sign or letter is taken away: two words with one error between them share one
  near int[] not null,
  offers int not null,
  primary key (programme_id, generation, key, word)
);
create index on offer_word (programme_id, generation, word);
create index on offer_word (programme_id, generation, spoken) where spoken <> '';
create index on offer_word (programme_id, generation, initials) where initials <> '';
create index on offer_word (programme_id, generation, token);
create index on offer_word using gin (near) with (fastupdate = off);
select scoped('offer_word', 'select', 'select, insert, update, delete');

-- Pieces of completed orders. Not by generation: it is counted once, from the log.
create table offer_sold (
  programme_id text not null,
  offer_id uuid not null,
  pieces bigint not null,
  primary key (programme_id, offer_id)
);
select scoped('offer_sold', 'select', 'select, insert, update');

-- Words with an error in them: past row security, because under it the index of `near` would not be used. It looks into the
-- transaction's programme only.
create function offer_words_near(of_generation int, of_near int[], most int)
  returns table (key text, word text, kind text, token int, spoken text, initials text, offers int)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
  select w.key, w.word, w.kind, w.token, w.spoken, w.initials, w.offers from public.offer_word w
   where w.programme_id = current_setting('app.programme') and w.generation = of_generation and w.near && of_near
     and w.offers > 0
   limit most;
end $$;
revoke execute on function offer_words_near from public;
grant execute on function offer_words_near to silian_app;

-- Words that begin so, in signs, in pinyin or in initials: what finds most comes first, sellers last.
create function offer_words_beginning(of_generation int, beginning text, most int)
  returns table (key text, word text, kind text, token int, spoken text, initials text, offers int)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
  select w.key, w.word, w.kind, w.token, w.spoken, w.initials, w.offers from public.offer_word w
   where w.programme_id = current_setting('app.programme') and w.generation = of_generation and w.offers > 0
     and (w.word >= beginning and w.word < beginning || chr(1114111)
       or w.spoken >= beginning and w.spoken < beginning || '~' and w.spoken <> ''
       or w.initials >= beginning and w.initials < beginning || '~' and w.initials <> '')
   order by w.kind = 'seller', w.offers desc, w.word limit most;
end $$;
revoke execute on function offer_words_beginning from public;
grant execute on function offer_words_beginning to silian_app;

-- The conditions of a search as SQL: each group one of whose tokens an offer must have, and a range of prices.
create function offer_conditions(of_generation int, groups text[], price_from bigint, price_to bigint) returns text
language sql stable set search_path = pg_catalog as $$
  select format('f.programme_id = %L and f.generation = %s', current_setting('app.programme'), of_generation)
    || coalesce((select string_agg(format(' and f.tokens && %L::int[]', g), '') from unnest(groups) g), '')
    || coalesce(' and f.price_fen >= ' || price_from, '') || coalesce(' and f.price_fen <= ' || price_to, '')
$$;
revoke execute on function offer_conditions from public;

-- A page of what is found and, with it, how many there are of each facet: all that is found is gathered once, at most
-- `most` rows. `filters` narrow the page and not the counts. Rows of the page have an id, counts have none. Past row
-- security as above; what is put into the statement are numbers, names of columns and quoted texts.
create function offers_gathered(of_generation int, groups text[], filters text[], price_from bigint, price_to bigint,
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
      + (f.title like any($3))::int * 2 + (f.title like any($4))::int + (f.title like all($4))::int' else '0' end,
    coalesce((select string_agg(format('f.tokens && %L::int[]', g), ' and ') from unnest(filters) g), 'true'),
    offer_conditions(of_generation, groups, price_from, price_to),
    case when is_up then '>' else '<' end, case when is_up then 'asc' else 'desc' end)
  using titles, classes, ends, literals, most, after_score, after_value, after_id, page, counted;
end $$;
revoke execute on function offers_gathered from public;
grant execute on function offers_gathered to silian_app;

-- A page in the order of a column, where so many are found that they are read in that order rather than gathered.
create function offers_in_order(of_generation int, groups text[], price_from bigint, price_to bigint, by_column text,
  is_up boolean, after_value bigint, after_id uuid, page int)
  returns table (offer_id uuid, score int, value bigint, sold bigint, benefit_fen bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query execute format($f$
    select f.offer_id, 0, f.%1$I, f.sold, f.benefit_fen from public.offer_found f
     where %2$s and ($2 is null or (f.%1$I, f.offer_id) %3$s ($1, $2)) order by f.%1$I %4$s, f.offer_id %4$s limit $3 $f$,
    by_column, offer_conditions(of_generation, groups, price_from, price_to),
    case when is_up then '>' else '<' end, case when is_up then 'asc' else 'desc' end)
  using after_value, after_id, page;
end $$;
revoke execute on function offers_in_order from public;
grant execute on function offers_in_order to silian_app;

-- How many there are of each facet in a whole generation.
create function offer_facets(of_generation int) returns table (facet text, n bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select f.facet, count(*) from public.offer_found f
   where f.programme_id = current_setting('app.programme') and f.generation = of_generation group by f.facet
$$;
revoke execute on function offer_facets from public;
grant execute on function offer_facets to silian_app;
