-- 生产链: households and their members. Links are undertakings and need no table of their own.

create table household (
  programme_id text not null,
  id uuid not null,
  code text not null,
  village_code text not null references area (code),
  area_path text collate "C" not null,
  class text not null,
  cause text not null,
  member_count int not null,
  bank_account bytea,
  registered_at timestamptz not null,
  closed_at timestamptz,
  primary key (programme_id, id),
  unique (programme_id, code)
);
select scoped('household', 'select, insert, update', 'select');
create index on household (programme_id, area_path);

create table household_member (
  programme_id text not null,
  id uuid not null,
  household_id uuid not null,
  no int not null,
  name bytea not null,
  id_number bytea not null,
  -- keyed hash: finds a person without opening anybody's number
  id_index bytea not null,
  phone bytea,
  relation text not null,
  sex text not null,
  birth_year int not null,
  labour text not null,
  primary key (programme_id, id),
  unique (programme_id, household_id, no),
  -- nobody is a member of two households
  unique (programme_id, id_index),
  foreign key (programme_id, household_id) references household (programme_id, id) on delete restrict
);
select scoped('household_member', 'select, insert, update', 'select');
