-- 供应商台账: organisations admitted to sell, with the certificates that run out.
create table supplier (
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
  organisation_id uuid not null,
  county_code text not null references area (code),
  credit_code text,
  state text not null,
  since date not null,
  primary key (programme_id, id),
  unique (programme_id, code),
  unique (programme_id, organisation_id),
  foreign key (programme_id, organisation_id) references organisation (programme_id, id)
);
select scoped('supplier', 'select, insert, update', 'select');
create index on supplier (programme_id, area_path, code);
create index on supplier (programme_id, organisation_id, area_path, code);
create index on supplier (programme_id, state, area_path, code);
create index on supplier (programme_id, since, id);
create table supplier_certificate (
  programme_id text not null,
  id uuid not null,
  supplier_id uuid not null,
  no int not null,
  kind text not null,
  valid_to date not null,
  primary key (programme_id, id),
  unique (programme_id, supplier_id, no),
  foreign key (programme_id, supplier_id) references supplier (programme_id, id)
);
select scoped('supplier_certificate', 'select, insert, delete', 'select');
