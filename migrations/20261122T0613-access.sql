-- Who exists: areas, organisations, members and their roles, clients, the audit of access, and the keys of personal data.

-- Administrative divisions, replicated everywhere: GB/T 2260 with 6 digits down to the county, 9 for townships, 12 for
-- villages. `path` is the chain from the province down ('45/4510/451028/451028101'), so that a scope is a prefix of it;
-- a replaced area lies under its successor, so that whoever governs it now sees its rows.
create table area (
  code text primary key check (code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  name_zh text not null,
  name_en text not null,
  level text not null check (level in ('province', 'prefecture', 'county', 'township', 'village')),
  parent_code text references area (code),
  path text collate "C" not null check (path ~ '^[0-9]+(/[0-9]+)*$'),
  lng double precision,
  lat double precision,
  valid_from date not null,
  -- the first day it is no longer valid
  valid_to date check (valid_to > valid_from),
  replaced_by text references area (code) check (replaced_by <> code),
  -- one of the 832 counties assisted until 2020, and the year it left the list
  assisted832 boolean not null default false,
  delisted_year int
);
create index on area (path);
create index on area (parent_code);
create index on area (replaced_by) where replaced_by is not null;
grant select on area to silian_app;
grant select, insert, update on area to silian_batch;

create table organisation (
  programme_id text not null,
  id uuid not null,
  key text not null check (key ~ '^[a-z0-9][a-z0-9._-]{0,79}$'),
  name_zh text not null,
  name_en text not null,
  type text not null check (type in (
    'task_force', 'assistance_office', 'finance_bureau', 'district_office', 'market_regulator', 'procurement_centre',
    'union', 'budget_unit', 'enterprise_buyer', 'canteen_contractor', 'county_assistance_office',
    'county_agriculture_office', 'township', 'village', 'cooperative', 'enterprise', 'bank', 'auditor',
    'platform_operator')),
  area_code text not null references area (code),
  parent_id uuid,
  valid_from date not null,
  -- the first day it is no longer valid
  valid_to date check (valid_to >= valid_from),
  successor_id uuid,
  recorded_at timestamptz not null,
  invented boolean not null default false,
  primary key (programme_id, id),
  unique (programme_id, key),
  foreign key (programme_id, parent_id) references organisation (programme_id, id),
  foreign key (programme_id, successor_id) references organisation (programme_id, id),
  check (successor_id is null or valid_to is not null)
);
select scoped('organisation', 'select, insert, update', 'select');
create index on organisation (programme_id, parent_id);
create index on organisation (programme_id, type, key);
create index on organisation (programme_id, area_code);

-- What an organisation was called and whom it stood under before; closed figures keep the name of their day.
create table organisation_past (
  programme_id text not null,
  organisation_id uuid not null,
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  name_zh text not null,
  name_en text not null,
  parent_id uuid,
  recorded_at timestamptz not null,
  id uuid not null,
  primary key (programme_id, organisation_id, id),
  foreign key (programme_id, organisation_id) references organisation (programme_id, id)
);
select scoped('organisation_past', 'select, insert', 'select');

-- An account's presence in a programme. The display name is sealed under the member's own key.
create table member (
  programme_id text not null,
  id uuid not null,
  account_id text not null,
  display_name bytea not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (programme_id, id),
  unique (programme_id, account_id)
);
select scoped('member', 'select, insert, update', 'select');
create index on member (account_id);

create table membership (
  programme_id text not null,
  id uuid not null,
  member_id uuid not null,
  role text not null check (role in (
    'platform_admin', 'security_admin', 'audit_admin', 'task_force', 'finance_officer', 'county_officer',
    'district_officer', 'village_cadre', 'coop_clerk', 'buyer', 'approver', 'accountant', 'canteen_acceptor',
    'bank_officer', 'auditor', 'citizen')),
  organisation_id uuid,
  -- narrows or moves the area of the organisation
  area_code text references area (code),
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  granted_by text not null,
  primary key (programme_id, id),
  foreign key (programme_id, member_id) references member (programme_id, id),
  foreign key (programme_id, organisation_id) references organisation (programme_id, id)
);
select scoped('membership', 'select, insert, update (valid_to)', 'select');
create unique index membership_open on membership
  (programme_id, member_id, role, coalesce(organisation_id::text, ''), coalesce(area_code, '')) where valid_to is null;
create index on membership (programme_id, member_id);
create index on membership (programme_id, organisation_id);

-- Machines: `client` is another system with a key, `device` a cabinet, scale or till that also signs what it says.
create table api_client (
  programme_id text not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('client', 'device')),
  organisation_id uuid not null,
  role text not null check (role not in ('platform_admin', 'security_admin', 'audit_admin')),
  scopes text[] not null,
  secret_hash bytea not null,
  public_key bytea,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (programme_id, id),
  unique (programme_id, secret_hash),
  foreign key (programme_id, organisation_id) references organisation (programme_id, id)
);
select scoped('api_client', 'select, insert, update (revoked_at, organisation_id)', 'select');

-- Who looked at or did what to whom. Append-only, and without personal values: fields are names of columns.
create table access_audit (
  programme_id text not null,
  id uuid not null,
  at timestamptz not null,
  actor_id text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  fields text[] not null,
  purpose text not null,
  request_id text not null,
  primary key (programme_id, id)
);
select scoped('access_audit', 'select, insert', 'select');
create index on access_audit (programme_id, subject_type, subject_id, id);
create index on access_audit (programme_id, actor_id, id);

-- A subject's data key under the master key. To destroy it is to erase every value sealed with it.
create table subject_key (
  programme_id text not null,
  subject_id text not null,
  sealed_key bytea,
  destroyed_at timestamptz,
  primary key (programme_id, subject_id),
  check ((sealed_key is null) = (destroyed_at is not null))
);
select scoped('subject_key', 'select, insert, update (sealed_key, destroyed_at)', 'select');

-- The roles an account holds at a moment. Past row security on purpose: it answers who somebody is, which must be known
-- before a programme's rows may be shown, and in one round trip; it tells of the named account only.
create function account_roles(of_programme text, of_account text, of_moment timestamptz, of_day date)
returns table (member_id uuid, role text, organisation_id uuid, organisation_type text, organisation_name_zh text,
  organisation_name_en text, area_code text, area_path text)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
  select m.id, s.role, o.id, o.type, o.name_zh, o.name_en, a.code, a.path
    from public.member m
    left join public.membership s on s.programme_id = of_programme and s.member_id = m.id
      and s.valid_from <= of_moment and (s.valid_to is null or s.valid_to > of_moment)
      and (s.organisation_id is null or exists (
        select 1 from public.organisation v where v.programme_id = of_programme and v.id = s.organisation_id
          and v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day)))
    left join public.organisation o on o.programme_id = of_programme and o.id = s.organisation_id
    left join public.area a on a.code = coalesce(s.area_code, o.area_code)
   where m.programme_id = of_programme and m.account_id = of_account and m.closed_at is null
   order by s.role, o.id;
end $$;
revoke execute on function account_roles from public;
grant execute on function account_roles to silian_app;

-- In which programmes an account is a member. Past row security because it is asked across programmes, of one account.
create function account_programmes(of_account text) returns table (programme_id text)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query select m.programme_id from public.member m
    where m.account_id = of_account and m.closed_at is null order by 1;
end $$;
revoke execute on function account_programmes from public;
grant execute on function account_programmes to silian_app;

-- The machine behind a key. Past row security for the same reason as account_roles.
create function client_of(of_programme text, of_secret_hash bytea, of_day date)
returns table (id uuid, kind text, role text, scopes text[], organisation_id uuid, area_path text)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
  select c.id, c.kind, c.role, c.scopes, o.id, a.path
    from public.api_client c
    left join public.organisation o on o.programme_id = of_programme and o.id = c.organisation_id
      and o.valid_from <= of_day and (o.valid_to is null or o.valid_to > of_day)
    left join public.area a on a.code = o.area_code
   where c.programme_id = of_programme and c.secret_hash = of_secret_hash and c.revoked_at is null;
end $$;
revoke execute on function client_of from public;
grant execute on function client_of to silian_app;
