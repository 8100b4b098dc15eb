import { defineMetric } from '@silian/kernel/metric/define.ts'

const offices = { finance_officer: 'programme', task_force: 'programme', auditor: 'programme' } as const

/** Days from acceptance to payment (domain 5.3); 0 where the money came first. Facts of before do not tell it. */
export const daysToPayment = defineMetric({
  kind: 'spread',
  name: 'days_to_payment',
  unit: 'day',
  of: ['order.completed'],
  from: ({ pub }) =>
    typeof pub.daysToPay === 'string'
      ? [{ dims: { buyerKind: String(pub.buyerKind) }, value: Number(pub.daysToPay) }]
      : [],
  dimensions: { buyerKind: 'choice' },
  edges: [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90],
  facts: offices,
})

/** Orders that were shipped, and whether by the day that was promised. */
export const shippedOrders = defineMetric({
  kind: 'flow',
  name: 'shipped_orders',
  unit: 'order',
  of: ['order.shipped'],
  dimensions: {
    seller: { kind: 'organisation', unknown: true },
    onTime: { kind: 'choice', unknown: true },
  },
  open: false,
  read: { ...offices, coop_clerk: 'organisation' },
  facts: { ...offices, coop_clerk: 'organisation' },
})

/** On-time shipping (domain 5.3): of the orders whose fact tells it. */
export const onTimeShipping = defineMetric({
  kind: 'ratio',
  name: 'on_time_shipping',
  unit: 'percent',
  dimensions: { seller: 'organisation' },
  over: { metric: shippedOrders, where: { onTime: ['yes'] } },
  under: { metric: shippedOrders, where: { onTime: ['yes', 'no'] } },
  open: false,
  read: { ...offices, coop_clerk: 'organisation' },
  facts: { ...offices, coop_clerk: 'organisation' },
})
