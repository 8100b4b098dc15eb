-- Where goods come from, and who went to see the households.
create table base (
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
  area_code text not null references area (code),
  operator_id uuid not null,
  type text not null,
  livestock text,
  land_area bigint,
  yearly_head bigint,
  yearly_output bigint,
  city_share bigint,
  licence text,
  agreement boolean,
  operated_since date,
  producing_since date,
  land_until date,
  soil_tested_on date,
  water_tested_on date,
  records boolean,
  exit_permission text,
  recognised_on date,
  recognised_until date,
  contact_name bytea,
  contact_phone bytea,
  contact_phone_index bytea,
  gaps text[],
  primary key (programme_id, id),
  unique (programme_id, code),
  foreign key (programme_id, operator_id) references organisation (programme_id, id)
);
select scoped('base', 'select, insert, update', 'select');
create index on base (programme_id, area_path, code);
create index on base (programme_id, operator_id, area_path, code);
create index on base (programme_id, type, area_path, code);
create index on base (programme_id, land_area, id);
create index on base (programme_id, yearly_output, id);
create index on base (programme_id, contact_phone_index);
create index on base (programme_id, area_path, code) where gaps <> '{}';

create table visit (
  programme_id text not null,
  id uuid not null,
  version int not null,
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  area_path text collate "C" not null,
  code text not null,
  household_id uuid not null,
  visited_on date not null,
  way text not null,
  visitor bytea not null,
  topics text[],
  findings bytea not null,
  needs bytea,
  follow_up_on date,
  photos uuid[],
  primary key (programme_id, id),
  unique (programme_id, code),
  foreign key (programme_id, household_id) references household (programme_id, id)
);
select scoped('visit', 'select, insert, update', 'select');
create index on visit (programme_id, area_path, code);
create index on visit (programme_id, household_id, area_path, code);
create index on visit (programme_id, visited_on, id);
create index on visit (programme_id, way, area_path, code);
create index on visit (programme_id, area_path, code) where topics <> '{}';
create index on visit (programme_id, follow_up_on, id);
