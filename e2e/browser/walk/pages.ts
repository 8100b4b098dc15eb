import type { Stage } from '../stage.ts'

/** One of each role; who may do most with a page comes before others that have it too. */
export const people = [
  ...['taskforce', 'county', 'coop', 'cadre', 'buyer', 'district', 'finance'],
  ...['township', 'agriculture', 'reviewer', 'regulator', 'admin', 'security', 'audit'],
  ...['approver', 'accountant', 'acceptor', 'bank', 'auditor', 'expert', 'citizen'],
]

/** Pages that no navigation leads to directly. */
export const beyond: Readonly<Record<string, readonly ((stage: Stage) => string)[]>> = {
  buyer: [
    () => '/buyer/declare',
    () => '/buyer/orders?late=true',
    ({ settledOrder }) => `/buyer/orders/${settledOrder}`,
    () => '/notifications',
  ],
  coop: [() => '/supplier/statement', ({ settledOrder }) => `/supplier/orders/${settledOrder}`],
  coop2: [() => '/supplier/orders'],
  cadre: [({ world }) => `/village/households/${world.id('h1')}/statement`],
  district: [({ settledOrder }) => `/office/orders/${settledOrder}`],
  finance: [() => '/ledger/world:bank'],
  security: [({ world }) => `/admin/people/${world.id('member buyer')}`],
}

/** A word that shows that a page is not empty. */
export const shows: Readonly<Record<string, string>> = {
  '/ledger': '订单代收款',
  '/ledger/world:bank': '期初余额',
  '/supplier/products': '百色芒果',
  '/supplier/lots': 'L1',
  '/supplier/offers': '10斤装',
  '/supplier/links': '等待农户同意',
  '/supplier/settlements': '到农户',
  '/supplier/statement': '制表日期',
  '/buyer/quota': '落后于时间进度',
  '/buyer/declare': '预留不低于预算',
  '/buyer/settlements': '到农户',
  '/village/links': '登记农户意见',
  '/village/payouts': '收款确认',
  '/office/declarations': '未填报单位',
  '/office/orders': '示范第一机关',
  '/office/alerts': '示范第三机关',
  '/office/credits': '未对上',
  '/office/settlements': '到农户',
  '/office/payouts': '田阳区',
  '/office/figures': '2025-11',
  '/office/prices': '没有报价',
  '/bank/batches': '已发放',
}
