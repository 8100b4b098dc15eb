import type { Expectation, Who } from './expectations.ts'
import type { Standing } from './stage.ts'

const offices = ['finance_officer', 'task_force', 'auditor'] as const
const unit = ['buyer', 'approver', 'accountant', 'canteen_acceptor'] as const

/** Lists that can be taken out, by whoever may read them; what is another's is left out as there. */
const lists: readonly (readonly [name: string, action: string, all: readonly Who[]])[] = [
  ['orders', 'order.read', [...unit, 'coop_clerk', 'client', 'district_officer', ...offices]],
  ['declarations', 'declaration.read', [...unit, 'district_officer', ...offices]],
  ['settlements', 'settlement.read', ['coop_clerk', 'buyer', 'accountant', ...offices]],
  ['products', 'product.read', ['coop_clerk', 'county_officer', 'task_force', 'auditor']],
  ['lots', 'lot.read', ['coop_clerk', 'county_officer', 'auditor']],
  ['own-offers', 'offer.list', ['coop_clerk', 'client']],
  ['links', 'link.read', ['village_cadre', 'county_officer', 'coop_clerk', 'auditor']],
  ['bank-credits', 'credit.read', ['finance_officer', 'auditor']],
  ['refunds', 'refund.read', ['finance_officer', 'auditor']],
  ['payout-items', 'payout.items', ['village_cadre', 'county_officer', 'finance_officer', 'auditor']],
  ['market-prices', 'price.read', ['coop_clerk', 'county_officer', ...offices]],
]

export const listExpectations: readonly Expectation[] = lists.map(([name, action, all]) => ({
  ...{ route: `GET /lists/${name}/export`, action, all, about: 'nothing' as const },
}))

export const listRequests: Readonly<Record<string, (of: Standing) => { path: string }>> = Object.fromEntries(
  lists.map(([name]) => [
    `GET /lists/${name}/export`,
    () => ({ path: `/lists/${name}/export?as=csv&language=en` }),
  ]),
)
