-- 售货点台账: where goods of the pavilion are sold to passers-by. What is sold is named by the product's key, as people write it.
create table vending_point (
  programme_id text not null,
  id uuid not null,
  version int not null,
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  area_path text collate "C" not null,
  code text not null,
  name text not null,
  kind text not null,
  area_code text not null references area (code),
  address text not null,
  operator_id uuid not null,
  cabinets bigint not null,
  state text not null,
  placed_on date not null,
  withdrawn_on date,
  monthly_rent bigint,
  contact_phone bytea,
  contact_phone_index bytea,
  goods bigint,
  primary key (programme_id, id),
  unique (programme_id, code),
  foreign key (programme_id, operator_id) references organisation (programme_id, id)
);
select scoped('vending_point', 'select, insert, update', 'select');
create index on vending_point (programme_id, area_path, code);
create index on vending_point (programme_id, operator_id, area_path, code);
create index on vending_point (programme_id, kind, area_path, code);
create index on vending_point (programme_id, cabinets, id);
create index on vending_point (programme_id, state, area_path, code);
create index on vending_point (programme_id, placed_on, id);
create index on vending_point (programme_id, monthly_rent, id);
create index on vending_point (programme_id, contact_phone_index);
create table vending_point_good (
  programme_id text not null,
  id uuid not null,
  vending_point_id uuid not null,
  no int not null,
  product text not null,
  price bigint,
  primary key (programme_id, id),
  unique (programme_id, vending_point_id, no),
  foreign key (programme_id, vending_point_id) references vending_point (programme_id, id)
);
select scoped('vending_point_good', 'select, insert, delete', 'select');
