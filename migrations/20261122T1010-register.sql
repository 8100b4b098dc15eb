-- What every declared register has beside its own table: what its rows were before, edits that wait for a second
-- person, successions, the words it is searched by, and the lists that readers keep.

-- A row as it stood before a change, with its parts; personal values are sealed in it as in the row itself. It was
-- valid from `valid_from` until the day before `valid_to`, and believed from `recorded_at` until the next version.
create table register_past (
  programme_id text not null,
  register text not null,
  row_id uuid not null,
  version int not null,
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  recorded_at timestamptz not null,
  recorded_by text not null,
  state jsonb not null,
  parts jsonb not null,
  primary key (programme_id, register, row_id, version)
);
create index on register_past (programme_id, register, valid_from, valid_to);
select scoped('register_past', 'select, insert', 'select');

create table register_proposal (
  programme_id text not null,
  id uuid not null,
  register text not null,
  row_id uuid not null,
  -- the values proposed; those of sealed columns stand in `sealed`, in base64
  plain jsonb not null,
  sealed jsonb not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  state text not null check (state in ('open', 'accepted', 'declined')),
  decided_at timestamptz,
  decided_by text,
  note text,
  primary key (programme_id, id),
  check ((state = 'open') = (decided_at is null))
);
create index on register_proposal (programme_id, register, row_id);
select scoped('register_proposal', 'select, insert, update (state, decided_at, decided_by, note)', 'select');

create table register_succession (
  programme_id text not null,
  register text not null,
  from_id uuid not null,
  to_id uuid not null,
  passed_on date not null,
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (programme_id, register, from_id, to_id)
);
create index on register_succession (programme_id, register, to_id);
select scoped('register_succession', 'select, insert', 'select');

-- The words of a row, never personal ones, and their pieces as numbers made of programme, register and piece: one or
-- two Chinese signs, three letters. Numbers, because under row security only a function may use such an index.
create table register_search (
  programme_id text not null,
  register text not null,
  row_id uuid not null,
  area_path text collate "C",
  organisation_ids uuid[] not null,
  words text not null,
  pieces int[] not null,
  primary key (programme_id, register, row_id)
);
create index on register_search using gin (pieces);
select scoped('register_search', 'select, insert, update', 'select');

-- Rows that hold all the words, at most so many. Past row security because under it the index would not be used; it
-- looks into the transaction's programme only, and shows what the caller's reach covers.
create function register_found(of_register text, of_pieces int[], of_words text[], everything boolean, paths text[],
  organisations uuid[], most int) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
  select s.row_id from public.register_search s
   where s.programme_id = current_setting('app.programme') and s.register = of_register and s.pieces @> of_pieces
     and not exists (select from unnest(of_words) w where strpos(s.words, w) = 0)
     and (everything or s.organisation_ids && organisations
       or exists (select from unnest(paths) p where s.area_path = p or s.area_path like p || '/%'))
   limit most;
end $$;
revoke execute on function register_found from public;
grant execute on function register_found to silian_app;

create table saved_view (
  programme_id text not null,
  id uuid not null,
  actor_id text not null,
  register text not null,
  title text not null,
  query text not null,
  columns text[] not null,
  saved_at timestamptz not null,
  primary key (programme_id, id)
);
create index on saved_view (programme_id, actor_id, id);
select scoped('saved_view', 'select, insert, update, delete', 'select');
