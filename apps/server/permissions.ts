import { metrics } from '@silian/chains/declared.ts'
import type { Grant } from '@silian/kernel/access/permit.ts'
import { metricGrants } from '@silian/kernel/metric/routes.ts'

/**
 * Who may do what, and how far it reaches: the one table (domain 5.1). `programme`: everything in the programme;
 * `area`: rows of the member's area and below; `organisation`: rows that name the member's organisation; `own`: one's own.
 */
export const permissions: readonly Grant[] = [
  // 生产链
  {
    action: 'household.statement',
    roles: { village_cadre: 'area', county_officer: 'area', auditor: 'programme' },
  },
  {
    action: 'link.read',
    roles: {
      coop_clerk: 'organisation',
      village_cadre: 'area',
      county_officer: 'area',
      auditor: 'programme',
    },
  },
  { action: 'link.propose', roles: { coop_clerk: 'organisation' } },
  { action: 'link.consent', roles: { village_cadre: 'area' } },
  // 价值链
  {
    action: 'product.read',
    roles: {
      coop_clerk: 'organisation',
      county_officer: 'area',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'product.create', roles: { coop_clerk: 'organisation' } },
  { action: 'lot.read', roles: { coop_clerk: 'organisation', county_officer: 'area', auditor: 'programme' } },
  {
    action: 'price.read',
    roles: {
      coop_clerk: 'programme',
      county_officer: 'programme',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'lot.harvest', roles: { coop_clerk: 'organisation' } },
  // 供应链
  { action: 'offer.browse', roles: { public: 'programme' } },
  { action: 'offer.list', roles: { coop_clerk: 'organisation' } },
  { action: 'quota.read', roles: { public: 'programme' } },
  { action: 'quota.rule', roles: { finance_officer: 'programme' } },
  { action: 'canteen.register', roles: { district_officer: 'area', finance_officer: 'programme' } },
  {
    action: 'canteen.read',
    roles: {
      buyer: 'organisation',
      district_officer: 'area',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  {
    action: 'declaration.read',
    roles: {
      buyer: 'organisation',
      approver: 'organisation',
      accountant: 'organisation',
      canteen_acceptor: 'organisation',
      district_officer: 'area',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'canteen.contract', roles: { buyer: 'organisation' } },
  { action: 'declaration.declare', roles: { buyer: 'organisation' } },
  {
    action: 'declaration.check',
    roles: {
      district_officer: 'area',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'declaration.decide', roles: { district_officer: 'area', finance_officer: 'programme' } },
  { action: 'shop.session', roles: { public: 'programme' } },
  { action: 'my.addresses', roles: { citizen: 'own' } },
  { action: 'my.orders', roles: { citizen: 'own' } },
  { action: 'my.payments', roles: { citizen: 'own' } },
  {
    action: 'order.read',
    roles: {
      buyer: 'organisation',
      approver: 'organisation',
      accountant: 'organisation',
      canteen_acceptor: 'organisation',
      coop_clerk: 'organisation',
      district_officer: 'area',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'order.place', roles: { buyer: 'organisation', citizen: 'own' } },
  { action: 'order.approve', roles: { approver: 'organisation' } },
  { action: 'order.cancel', roles: { buyer: 'organisation', approver: 'organisation' } },
  { action: 'order.ship', roles: { coop_clerk: 'organisation' } },
  {
    action: 'parcel.read',
    roles: {
      citizen: 'own',
      buyer: 'organisation',
      approver: 'organisation',
      accountant: 'organisation',
      canteen_acceptor: 'organisation',
      coop_clerk: 'organisation',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  {
    action: 'claim.read',
    roles: {
      citizen: 'own',
      buyer: 'organisation',
      approver: 'organisation',
      accountant: 'organisation',
      canteen_acceptor: 'organisation',
      coop_clerk: 'organisation',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  {
    action: 'claim.open',
    roles: { citizen: 'own', buyer: 'organisation', canteen_acceptor: 'organisation' },
  },
  { action: 'claim.answer', roles: { coop_clerk: 'organisation' } },
  { action: 'claim.decide', roles: { task_force: 'programme' } },
  {
    action: 'review.read',
    roles: { coop_clerk: 'organisation', task_force: 'programme', auditor: 'programme' },
  },
  { action: 'review.hide', roles: { task_force: 'programme' } },
  { action: 'carrier.message', roles: { public: 'programme' } },
  { action: 'order.accept', roles: { canteen_acceptor: 'organisation' } },
  { action: 'order.evaluate', roles: { canteen_acceptor: 'organisation', buyer: 'organisation' } },
  { action: 'payment.open', roles: { accountant: 'organisation' } },
  {
    action: 'payment.read',
    roles: {
      accountant: 'organisation',
      buyer: 'organisation',
      finance_officer: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'credit.read', roles: { finance_officer: 'programme', auditor: 'programme' } },
  { action: 'credit.allot', roles: { finance_officer: 'programme' } },
  { action: 'bank.message', roles: { public: 'programme' } },
  { action: 'payment.notice', roles: { public: 'programme' } },
  { action: 'refund.read', roles: { finance_officer: 'programme', auditor: 'programme' } },
  { action: 'refund.decide', roles: { finance_officer: 'programme' } },
  { action: 'reconciliation.read', roles: { finance_officer: 'programme', auditor: 'programme' } },
  { action: 'reconciliation.settle', roles: { finance_officer: 'programme' } },
  // 保障链
  {
    action: 'settlement.read',
    roles: {
      coop_clerk: 'organisation',
      buyer: 'organisation',
      accountant: 'organisation',
      finance_officer: 'programme',
      task_force: 'programme',
      auditor: 'programme',
    },
  },
  {
    action: 'payout.read',
    roles: {
      finance_officer: 'programme',
      county_officer: 'area',
      bank_officer: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'payout.disputes', roles: { finance_officer: 'programme', auditor: 'programme' } },
  { action: 'payout.send', roles: { finance_officer: 'programme' } },
  {
    action: 'payout.items',
    roles: {
      village_cadre: 'area',
      county_officer: 'area',
      finance_officer: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'payout.confirm', roles: { village_cadre: 'area' } },
  {
    action: 'ledger.read',
    roles: {
      coop_clerk: 'organisation',
      accountant: 'organisation',
      village_cadre: 'area',
      county_officer: 'area',
      finance_officer: 'programme',
      auditor: 'programme',
    },
  },
  { action: 'ledger.export', roles: { finance_officer: 'programme', auditor: 'programme' } },
  { action: 'figure.read', roles: { public: 'programme' } },
  { action: 'figure.publish', roles: { task_force: 'programme' } },
  ...metricGrants(metrics),
  { action: 'bulletin.read', roles: { public: 'programme' } },
  { action: 'bulletin.write', roles: { task_force: 'programme', finance_officer: 'programme' } },
  // 平台
  { action: 'home.read', roles: { public: 'programme' } },
  { action: 'organisation.read', roles: { public: 'programme' } },
  { action: 'search.ask', roles: { public: 'programme' } },
  // what is found is decided by each register's own permission to reveal
  { action: 'search.identity', roles: { village_cadre: 'area', county_officer: 'area' } },
  // 签名: whoever's word may be countersigned keeps the organisation's keys; whoever leads it may end them
  {
    action: 'key.read',
    roles: {
      approver: 'organisation',
      canteen_acceptor: 'organisation',
      coop_clerk: 'organisation',
      village_cadre: 'organisation',
      bank_officer: 'organisation',
      security_admin: 'programme',
      auditor: 'programme',
    },
  },
  {
    action: 'key.register',
    roles: {
      canteen_acceptor: 'organisation',
      coop_clerk: 'organisation',
      village_cadre: 'organisation',
      bank_officer: 'organisation',
    },
  },
  {
    action: 'key.revoke',
    roles: {
      approver: 'organisation',
      canteen_acceptor: 'organisation',
      coop_clerk: 'organisation',
      village_cadre: 'organisation',
      bank_officer: 'organisation',
      security_admin: 'programme',
    },
  },
  { action: 'fact.countersign', roles: { canteen_acceptor: 'organisation', village_cadre: 'organisation' } },
  // 管理: system, security and audit are three roles that no account combines
  { action: 'organisation.create', roles: { platform_admin: 'programme' } },
  { action: 'organisation.succeed', roles: { platform_admin: 'programme' } },
  { action: 'client.read', roles: { platform_admin: 'programme' } },
  { action: 'client.change', roles: { platform_admin: 'programme' } },
  { action: 'job.read', roles: { platform_admin: 'programme' } },
  { action: 'job.retry', roles: { platform_admin: 'programme' } },
  { action: 'health.read', roles: { platform_admin: 'programme' } },
  { action: 'setting.read', roles: { platform_admin: 'programme' } },
  { action: 'setting.change', roles: { platform_admin: 'programme' } },
  { action: 'person.read', roles: { security_admin: 'programme' } },
  { action: 'person.change', roles: { security_admin: 'programme' } },
  { action: 'person.reveal', roles: { security_admin: 'programme' } },
  { action: 'role.grant', roles: { security_admin: 'programme' } },
  { action: 'change.read', roles: { public: 'programme' } },
  {
    action: 'fact.late',
    roles: { task_force: 'programme', finance_officer: 'programme', auditor: 'programme' },
  },
  { action: 'audit.read', roles: { audit_admin: 'programme', auditor: 'programme' } },
]
