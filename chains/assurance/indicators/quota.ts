import { defineMetric, type Said, type Told } from '@silian/kernel/metric/define.ts'

const permit = {
  buyer: 'organisation',
  approver: 'organisation',
  accountant: 'organisation',
  district_officer: 'area',
  finance_officer: 'programme',
  task_force: 'programme',
  auditor: 'programme',
} as const
const dimensions = {
  year: { kind: 'code', unknown: true },
  district: { kind: 'area', unknown: true, follows: 'unit' },
  unit: { kind: 'organisation', unknown: true },
} as const

/** Of a declaration or order; facts of before do not tell the year and the district. */
const amount =
  (measure: string, unit: string) =>
  ({ pub }: Said): Told[] => {
    const { year, district } = pub
    if (typeof pub[measure] !== 'string') return []
    const dims = {
      ...(typeof year === 'string' ? { year } : {}),
      ...(typeof district === 'string' ? { district } : {}),
    }
    return [{ dims: { ...dims, unit: String(pub[unit]) }, value: Number(pub[measure]) }]
  }

/** The reserved share of confirmed declarations (预留份额). */
export const quotaReserved = defineMetric({
  kind: 'level',
  name: 'quota_reserved',
  unit: 'fen',
  of: ['quota.confirmed'],
  from: amount('reservedFen', 'unit'),
  dimensions,
  open: false,
  read: permit,
  facts: permit,
})

/** What counts towards it: completed orders by their rule (P22). */
export const quotaCounted = defineMetric({
  kind: 'level',
  name: 'quota_counted',
  unit: 'fen',
  of: ['order.completed'],
  // what came back counts no more
  minus: ['order.returned'],
  from: amount('countedFen', 'buyer'),
  dimensions,
  open: false,
  read: permit,
  facts: permit,
})

/** Quota progress: a floor, so that 106 % is success (P12). */
export const quotaProgress = defineMetric({
  kind: 'ratio',
  name: 'quota_progress',
  unit: 'percent',
  dimensions,
  over: { metric: quotaCounted },
  under: { metric: quotaReserved },
  open: false,
  read: permit,
  facts: permit,
})
