-- Households become a declared register: the standard columns, and the layout of the provinces' registers. The columns
-- that the release before wrote keep their meaning; its rows are of the day they were registered.
alter table household
  add column version int not null default 1,
  add column valid_from date not null default '2020-01-01',
  add column valid_to date,
  add column recorded_at timestamptz not null default '2020-01-01T00:00:00Z',
  add column recorded_by text not null default 'system',
  add column head_name bytea,
  add column head_name_index bytea,
  add column attribute text,
  add column standard text,
  add column family_planning boolean,
  add column other_causes text[],
  add column bank_name text,
  add column income_year int,
  add column wage_income bigint,
  add column business_income bigint,
  add column transfer_income bigint,
  add column property_income bigint,
  add column production_cost bigint,
  add column net_income bigint,
  add column per_head_income bigint,
  add column cash_income bigint,
  add column subsidies bigint,
  add column house_area bigint,
  add column house_structure text,
  add column house_built int,
  add column danger_level text,
  add column relocated boolean,
  add column electricity boolean,
  add column safe_water boolean,
  add column fuel text,
  add column toilet text,
  add column road text,
  add column road_metres bigint,
  add column market_metres bigint,
  add column farmland bigint,
  add column forest bigint,
  add column grassland bigint,
  add column waters bigint,
  add column mutual_fund boolean,
  add column industry text,
  add column organisation_type text,
  add column industry_income bigint,
  add column firm_income bigint,
  add column helper_name bytea,
  add column helper_phone bytea,
  add column helper_unit text,
  add column helper_level text,
  add column helped_from date,
  add column measures text[],
  add column monitored_from date,
  add column risk_ended_on date,
  add column warnings text[],
  alter column registered_at drop not null;
update household set valid_from = (registered_at at time zone 'Asia/Shanghai')::date, recorded_at = registered_at,
  valid_to = (closed_at at time zone 'Asia/Shanghai')::date;
create index on household (programme_id, area_path, code);
create index on household (programme_id, head_name_index);
create index on household (programme_id, class, area_path, code);
create index on household (programme_id, attribute, area_path, code);
create index on household (programme_id, cause, area_path, code);
create index on household (programme_id, member_count, id);
create index on household (programme_id, per_head_income, id);
create index on household (programme_id, danger_level, area_path, code);
create index on household (programme_id, area_path, code) where warnings <> '{}';

alter table household_member
  add column name_index bytea,
  -- what the release before calls id_index
  add column id_number_index bytea,
  add column phone_index bytea,
  add column nation text,
  add column politics text,
  add column education text,
  add column school text,
  add column dropout text,
  add column health text,
  add column workplace text,
  add column work_months bigint,
  add column relief boolean,
  add column insurance text,
  add column serious_insurance boolean,
  add column pension text,
  add column skill text,
  add column training text,
  alter column id_index drop not null,
  alter column birth_year drop not null,
  add unique (programme_id, id_number_index);
update household_member set id_number_index = id_index, relation = case relation
  when '户主' then 'head' when '配偶' then 'spouse' when '之子' then 'son' when '之女' then 'daughter'
  when '之父' then 'father' when '之母' then 'mother' else 'other' end;
create index on household_member (programme_id, name_index);
create index on household_member (programme_id, phone_index);
-- a part is written anew when it changes; what it was stands in register_past
grant delete on household_member to silian_app;
