import { defineMetric, type Said, type Told } from '@silian/kernel/metric/define.ts'
import { z } from 'zod'

/** A household's part of a settlement, as its hidden field tells it; where and how came with a later release. */
const part = z.object({
  household: z.string(),
  fen: z.string(),
  mechanism: z.string().default('unknown'),
  county: z.string().default('unknown'),
  persons: z.number().default(0),
})
type Part = z.output<typeof part>

const parts =
  (tell: (part: Part) => Omit<Told, 'dims'>) =>
  ({ open }: Said): Told[] =>
    [...open.values()].map(text => {
      const told = part.parse(JSON.parse(text))
      return { dims: { county: told.county, mechanism: told.mechanism }, ...tell(told) }
    })

const offices = {
  county_officer: 'area',
  finance_officer: 'programme',
  task_force: 'programme',
  auditor: 'programme',
} as const
const dimensions = { county: { kind: 'area', fixed: true }, mechanism: 'choice' } as const
const settled = { of: ['order.settled'], opens: 'part', dimensions, facts: offices } as const

/** Households that an order brought income, each once a period (带动户数, domain 5.3). */
export const householdsDriven = defineMetric({
  kind: 'distinct',
  name: 'households_driven',
  unit: 'household',
  ...settled,
  from: parts(({ household }) => ({ subject: household })),
  subject: 'household',
  guard: 'own',
})

/** The people of these households, as many as they were at the first settlement of the period. */
export const personsDriven = defineMetric({
  kind: 'distinct',
  name: 'persons_driven',
  unit: 'person',
  ...settled,
  from: parts(({ household, persons }) => ({ subject: household, value: persons })),
  subject: 'household',
  guard: householdsDriven,
})

/** What orders brought to households, by mechanism (利益联结, domain 2.7). */
export const householdIncome = defineMetric({
  kind: 'flow',
  name: 'household_income',
  unit: 'fen',
  ...settled,
  from: parts(({ fen }) => ({ value: Number(fen) })),
  guard: householdsDriven,
})

/** Income a household that was reached, in fen. */
export const incomePerHousehold = defineMetric({
  kind: 'ratio',
  name: 'income_per_household',
  unit: 'fen',
  dimensions,
  whole: 1,
  over: { metric: householdIncome },
  under: { metric: householdsDriven },
  guard: householdsDriven,
  facts: offices,
})

const confirmed = {
  of: ['payout.confirmed'],
  dimensions: { county: { kind: 'area', unknown: true } },
  facts: offices,
} as const
const countyIn = ({ pub }: Said): Record<string, string> =>
  typeof pub.county === 'string' ? { county: pub.county } : {}

/** Households that confirmed to have received money, each once a period. */
export const householdsPaid = defineMetric({
  kind: 'distinct',
  name: 'households_paid',
  unit: 'household',
  ...confirmed,
  opens: 'household',
  from: said => {
    const household = said.open.get('household')
    return household === undefined ? [] : [{ dims: countyIn(said), subject: household }]
  },
  subject: 'household',
  guard: 'own',
})

/** Money that households confirmed to have received. */
export const payoutsConfirmed = defineMetric({
  kind: 'flow',
  name: 'payouts_confirmed',
  unit: 'fen',
  ...confirmed,
  opens: 'fen',
  from: said => {
    const fen = said.open.get('fen') ?? said.pub.fen
    return fen === undefined ? [] : [{ dims: countyIn(said), value: Number(fen) }]
  },
  guard: householdsPaid,
})

/** Registered households. */
export const registeredHouseholds = defineMetric({
  kind: 'level',
  name: 'registered_households',
  unit: 'household',
  of: ['household.registered', 'household.changed'],
  minus: ['household.closed', 'household.succeeded'],
  subject: 'household',
  dimensions: { county: 'area' },
  guard: 'own',
  facts: offices,
})

/** Households with a benefit link (户户有产业 coverage, its upper part). */
export const linkedHouseholds = defineMetric({
  kind: 'level',
  name: 'linked_households',
  unit: 'household',
  of: ['link.signed'],
  opens: 'household',
  from: ({ pub, open }) => {
    const household = open.get('household')
    return household ? [{ dims: { county: String(pub.county) }, subject: household }] : []
  },
  subject: 'household',
  dimensions: { county: 'area' },
  guard: 'own',
  facts: offices,
})

/** Of the registered households, those with a link (户户有产业, S3-26). */
export const householdCoverage = defineMetric({
  kind: 'ratio',
  name: 'household_coverage',
  unit: 'percent',
  dimensions: { county: 'area' },
  over: { metric: linkedHouseholds },
  under: { metric: registeredHouseholds },
  guard: [linkedHouseholds, registeredHouseholds],
  facts: offices,
})
