-- Pavilions, county flagships and the harvest calendar become registers. What stood before the release has version 0 until
-- it is told of (chains/supply/catalogue/jobs.ts); columns of before stay for a release that still runs.

alter table pavilion add column id uuid;
update pavilion set id = gen_random_uuid();
alter table pavilion alter column id set not null;
alter table pavilion add column version int not null default 0;
alter table pavilion add column valid_from date;
alter table pavilion add column valid_to date;
alter table pavilion add column recorded_at timestamptz;
alter table pavilion add column recorded_by text not null default 'system';
update pavilion set valid_from = (now() at time zone 'Asia/Shanghai')::date, recorded_at = now();
alter table pavilion alter column valid_from set not null;
alter table pavilion alter column recorded_at set not null;
alter table pavilion add column state text not null default 'open';
-- what begins the codes of the counties that enter, and classes, each parted by a space
alter table pavilion add column areas text not null default '';
alter table pavilion add column produce text not null default '';
alter table pavilion alter column place type bigint;
alter table pavilion alter column area_prefixes set default '{}';
alter table pavilion alter column marks drop not null;
alter table pavilion alter column words_zh drop not null;
alter table pavilion alter column words_en drop not null;
alter table pavilion alter column banner_zh drop not null;
alter table pavilion alter column banner_en drop not null;
alter table pavilion drop constraint pavilion_pkey;
alter table pavilion add primary key (programme_id, id);
alter table pavilion add unique (programme_id, key);
create index on pavilion (programme_id, key);
create index on pavilion (programme_id, valid_from);
create index on pavilion (programme_id, state, key);
create index on pavilion (programme_id, place, id);
create index on pavilion (programme_id, key) where seen_by <> '{}';
create index on pavilion (programme_id, key) where marks <> '{}';
create table pavilion_area (
  programme_id text not null,
  id uuid not null,
  pavilion_id uuid not null,
  no int not null,
  area_code text not null references area (code),
  primary key (programme_id, id),
  unique (programme_id, pavilion_id, no),
  foreign key (programme_id, pavilion_id) references pavilion (programme_id, id)
);
select scoped('pavilion_area', 'select, insert, delete', 'select');
create table pavilion_goods (
  programme_id text not null,
  id uuid not null,
  pavilion_id uuid not null,
  no int not null,
  class text not null references produce_class (path),
  primary key (programme_id, id),
  unique (programme_id, pavilion_id, no),
  foreign key (programme_id, pavilion_id) references pavilion (programme_id, id)
);
select scoped('pavilion_goods', 'select, insert, delete', 'select');
insert into pavilion_area (programme_id, id, pavilion_id, no, area_code)
  select v.programme_id, gen_random_uuid(), v.id, of_area.no, rpad(of_area.prefix, 6, '0')
  from pavilion v, unnest(v.area_prefixes) with ordinality as of_area (prefix, no);
insert into pavilion_goods (programme_id, id, pavilion_id, no, class)
  select v.programme_id, gen_random_uuid(), v.id, of_class.no, of_class.path
  from pavilion v, unnest(v.classes) with ordinality as of_class (path, no);
update pavilion set areas = array_to_string(area_prefixes, ' '), produce = array_to_string(classes, ' ');

alter table flagship add column version int not null default 0;
alter table flagship add column valid_from date;
alter table flagship add column valid_to date;
alter table flagship add column recorded_at timestamptz;
alter table flagship add column recorded_by text not null default 'system';
alter table flagship add column area_path text collate "C";
update flagship set valid_from = (created_at at time zone 'Asia/Shanghai')::date, recorded_at = now();
alter table flagship alter column valid_from set not null;
alter table flagship alter column recorded_at set not null;
alter table flagship add column state text not null default 'shown';
alter table flagship add column code text;
alter table flagship add column shown_as text;
alter table flagship alter column created_at drop not null;
update flagship f set area_path = a.path, code = f.county_code || '-' || right(f.id::text, 8), shown_as = f.county_code || '/' || f.class
  from area a where a.code = f.county_code;
alter table flagship alter column area_path set not null;
alter table flagship alter column code set not null;
alter table flagship drop constraint flagship_programme_id_county_code_class_key;
alter table flagship add unique (programme_id, code);
alter table flagship add unique (programme_id, shown_as);
create index on flagship (programme_id, area_path, code);
create index on flagship (programme_id, valid_from);
create index on flagship (programme_id, class, area_path, code);
create index on flagship (programme_id, state, area_path, code);

alter table flagship_partner add column id uuid;
update flagship_partner set id = gen_random_uuid();
alter table flagship_partner alter column id set not null;
alter table flagship_partner drop constraint flagship_partner_pkey;
alter table flagship_partner add primary key (programme_id, id);
alter table flagship_partner add unique (programme_id, flagship_id, no);
grant delete on flagship_partner to silian_app;

alter table harvest_season add column id uuid;
update harvest_season set id = gen_random_uuid();
alter table harvest_season alter column id set not null;
alter table harvest_season add column version int not null default 0;
alter table harvest_season add column valid_from date;
alter table harvest_season add column valid_to date;
alter table harvest_season add column recorded_at timestamptz;
alter table harvest_season add column recorded_by text not null default 'system';
alter table harvest_season add column area_path text collate "C";
update harvest_season set valid_from = (now() at time zone 'Asia/Shanghai')::date, recorded_at = now();
alter table harvest_season alter column valid_from set not null;
alter table harvest_season alter column recorded_at set not null;
alter table harvest_season add column state text not null default 'shown';
alter table harvest_season add column code text;
alter table harvest_season add column shown_as text;
alter table harvest_season add column harvested_in text[] not null default '{}';
alter table harvest_season alter column months drop not null;
update harvest_season h set area_path = a.path, code = h.county_code || '-' || right(h.id::text, 8),
    shown_as = h.county_code || '/' || h.class, harvested_in = h.months::text[]
  from area a where a.code = h.county_code;
alter table harvest_season alter column area_path set not null;
alter table harvest_season alter column code set not null;
alter table harvest_season drop constraint harvest_season_pkey;
alter table harvest_season add primary key (programme_id, id);
alter table harvest_season add unique (programme_id, code);
alter table harvest_season add unique (programme_id, shown_as);
create index on harvest_season (programme_id, area_path, code);
create index on harvest_season (programme_id, valid_from);
create index on harvest_season (programme_id, class, area_path, code);
create index on harvest_season (programme_id, area_path, code) where harvested_in <> '{}';
create index on harvest_season (programme_id, state, area_path, code);
