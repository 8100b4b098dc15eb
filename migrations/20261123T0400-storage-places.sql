-- Places of storage are a register of their sellers; a lot lies at one of them, and those of before at none.
create table storage_place (
  programme_id text not null,
  id uuid not null,
  version int not null,
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  area_path text collate "C" not null,
  name text not null,
  kind text not null,
  area_code text not null references area (code),
  address text,
  seller_id uuid not null,
  state text not null,
  code text not null,
  named_as text,
  primary key (programme_id, id),
  unique (programme_id, code),
  unique (programme_id, named_as),
  foreign key (programme_id, seller_id) references organisation (programme_id, id)
);
select scoped('storage_place', 'select, insert, update', 'select');
create index on storage_place (programme_id, area_path, code);
create index on storage_place (programme_id, valid_from);
create index on storage_place (programme_id, seller_id, area_path, code);
create index on storage_place (programme_id, kind, area_path, code);
create index on storage_place (programme_id, state, area_path, code);
alter table lot add column place_id uuid;
-- the fact of its last move, which the next one refers to
alter table lot add column moved_leaf bytea;
alter table lot add foreign key (programme_id, place_id) references storage_place (programme_id, id);
-- a lot is moved, and nothing else of it changes
grant update (place_id, moved_leaf) on lot to silian_app;
-- the newest harvest first: of all, of a seller, at a place
create index on lot (programme_id, harvested_on, id);
create index on lot (programme_id, cooperative_id, harvested_on, id);
create index on lot (programme_id, place_id, harvested_on, id);
