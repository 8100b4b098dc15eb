import { defineMetric, type Metric } from '@silian/kernel/metric/define.ts'

const offices = {
  county_officer: 'area',
  finance_officer: 'programme',
  task_force: 'programme',
  auditor: 'programme',
} as const

/**
 * A fact `voucher.redeemed` is one voucher handed in with one purchase; its public part:
 * `{ voucher, batch, issuer: 'district' | 'union', lines: [{ county, scope, voucherFen, purchaseFen }] }`,
 * where scope is `counties832`, `cities11` or `other` (domain 5.3). A line is what the voucher helped to buy of one
 * county: its part of the voucher's sum, and what the goods cost before that was taken off. Of a purchase with several
 * vouchers each yuan stands in the fact of one of them, so that sums add up. Who bought is no part of it.
 */
const redeemed = {
  of: ['voucher.redeemed'],
  each: 'lines',
  dimensions: { county: 'area', scope: 'choice', issuer: 'choice' },
  facts: offices,
} as const

/** What was bought with vouchers, the voucher's part included. */
export const voucherPurchases = defineMetric({
  kind: 'flow',
  name: 'voucher_purchases',
  unit: 'fen',
  ...redeemed,
  measure: 'purchaseFen',
})

/** The value of vouchers redeemed: what they cost those who issued them. */
export const vouchersRedeemed = defineMetric({
  kind: 'flow',
  name: 'vouchers_redeemed',
  unit: 'fen',
  ...redeemed,
  measure: 'voucherFen',
})

/** Voucher leverage (domain 5.3): districts 2.61 (S3-62), the unions' festival 15 (S3-64). */
export const voucherLeverage = defineMetric({
  kind: 'ratio',
  name: 'voucher_leverage',
  unit: 'times',
  whole: 100,
  dimensions: redeemed.dimensions,
  over: { metric: voucherPurchases },
  under: { metric: vouchersRedeemed },
  facts: offices,
})

export const voucherMetrics: readonly Metric[] = [voucherPurchases, vouchersRedeemed, voucherLeverage]
