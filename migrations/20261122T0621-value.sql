-- 价值链: products, their recognition, and the lots that were harvested of them.

create table product (
  programme_id text not null,
  id uuid not null,
  key text not null,
  name_zh text not null,
  name_en text not null,
  class text not null,
  county_code text not null references area (code),
  area_path text collate "C" not null,
  cooperative_id uuid not null,
  unit text not null check (unit in ('g', 'piece')),
  story_zh text not null,
  story_en text not null,
  source text not null,
  recognised_from date,
  recognised_to date,
  created_at timestamptz not null,
  primary key (programme_id, id),
  unique (programme_id, key),
  foreign key (programme_id, cooperative_id) references organisation (programme_id, id) on delete restrict
);
select scoped('product', 'select, insert, update', 'select');
create index on product (programme_id, cooperative_id);
create index on product (programme_id, area_path);

create table lot (
  programme_id text not null,
  id uuid not null,
  code text not null,
  product_id uuid not null,
  cooperative_id uuid not null,
  harvested_on date not null,
  quantity bigint not null check (quantity > 0),
  own_quantity bigint not null check (own_quantity >= 0),
  households int not null,
  created_at timestamptz not null,
  primary key (programme_id, id),
  unique (programme_id, cooperative_id, code),
  foreign key (programme_id, product_id) references product (programme_id, id) on delete restrict
);
select scoped('lot', 'select, insert', 'select');
create index on lot (programme_id, product_id);

-- What each household brought, at the price its link promised on that day.
create table lot_source (
  programme_id text not null,
  lot_id uuid not null,
  link_id uuid not null,
  household_id uuid not null,
  quantity bigint not null check (quantity > 0),
  price_fen bigint not null,
  price_per bigint not null,
  primary key (programme_id, lot_id, link_id),
  foreign key (programme_id, lot_id) references lot (programme_id, id) on delete restrict,
  foreign key (programme_id, household_id) references household (programme_id, id) on delete restrict
);
select scoped('lot_source', 'select, insert', 'select');
