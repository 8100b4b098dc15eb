-- 代购: a community's service point orders for somebody who cannot, brings it home and keeps the signature.
alter table membership drop constraint membership_role_check;
alter table membership add constraint membership_role_check check (role in (
  'platform_admin', 'security_admin', 'audit_admin', 'task_force', 'finance_officer', 'county_officer',
  'district_officer', 'township_officer', 'agriculture_officer', 'platform_reviewer', 'market_regulator', 'expert',
  'village_cadre', 'coop_clerk', 'buyer', 'approver', 'accountant', 'canteen_acceptor', 'bank_officer', 'auditor',
  'service_point', 'citizen'));
alter table organisation drop constraint organisation_type_check;
alter table organisation add constraint organisation_type_check check (type in (
  'task_force', 'assistance_office', 'finance_bureau', 'district_office', 'market_regulator', 'procurement_centre',
  'union', 'budget_unit', 'enterprise_buyer', 'canteen_contractor', 'county_assistance_office',
  'county_agriculture_office', 'township', 'village', 'community', 'cooperative', 'enterprise', 'bank', 'auditor',
  'platform_operator'));

create table proxy_order (
  programme_id text not null,
  order_id uuid not null,
  point_id uuid not null,
  customer_id uuid not null,
  placed_by text not null,
  placed_at timestamptz not null,
  -- brought home and signed for
  visited_at timestamptz,
  visited_by text,
  signature text check (signature in ('drawn', 'paper')),
  primary key (programme_id, order_id),
  check ((visited_at is null) = (signature is null)),
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict,
  foreign key (programme_id, customer_id) references customer (programme_id, id) on delete restrict
);
select scoped('proxy_order', 'select, insert, update', 'select');
create index on proxy_order (programme_id, point_id, placed_at, order_id);
