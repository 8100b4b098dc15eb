-- Those whom the processes pass: the township and the agriculture office, the platform's reviewer, experts, the regulator.
alter table membership drop constraint membership_role_check;
alter table membership add constraint membership_role_check check (role in (
  'platform_admin', 'security_admin', 'audit_admin', 'task_force', 'finance_officer', 'county_officer',
  'district_officer', 'township_officer', 'agriculture_officer', 'platform_reviewer', 'market_regulator', 'expert',
  'village_cadre', 'coop_clerk', 'buyer', 'approver', 'accountant', 'canteen_acceptor', 'bank_officer', 'auditor',
  'citizen'));
