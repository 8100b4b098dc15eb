import { publishMonth } from '@silian/chains/assurance/figures/service.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import type { Expectation } from './expectations.ts'
import { processExpectations } from './processes.ts'
import type { Prepare } from './requests.ts'
import type { Standing } from './stage.ts'

const open = { open: 'everyone but client', about: 'nothing' } as const

const unit = ['buyer', 'approver', 'accountant', 'canteen_acceptor'] as const

/** Whoever may read a case may have its receipts: derived, so that a new process has its line. */
const ofCases = processExpectations
  .filter(({ route }) => /^GET .*\/cases\/\{case\}$/.test(route))
  .map(line => ({ ...line, route: `${line.route}/receipts` }))

export const receiptExpectations: readonly Expectation[] = [
  {
    route: 'GET /orders/{order}/receipts',
    action: 'order.read',
    own: [...unit, 'coop_clerk', 'client', 'district_officer'],
    all: ['finance_officer', 'task_force', 'auditor'],
    another: '404 order.not_found',
    about: 'organisation',
  },
  {
    route: 'GET /payout-items/{item}/receipts',
    action: 'payout.items',
    own: ['village_cadre', 'county_officer'],
    all: ['finance_officer', 'auditor'],
    another: '404 payout.not_found',
    about: 'organisation',
  },
  ...ofCases,
  { route: 'GET /figures/{figure}/receipts', action: 'figure.read', ...open },
  { route: 'GET /signers/{key}', action: 'change.read', ...open },
]

/** Published once, whoever asks for its receipt first. */
async function published(kit: Whole, { world }: Standing): Promise<string> {
  await world.drain()
  const scope = { programme: world.programme, actor: 'task force' }
  await publishMonth(kit, scope, { metric: 'completed_purchases', period: '2025-08', holder: 'task force' })
  const [closed] = await kit.app.read(scope, tx =>
    tx.query<{ id: string }>('select fact_id as id from metric_close where programme_id = $1 limit 1', [
      tx.programme,
    ]),
  )
  return closed!.id
}

const operator = (kit: Whole, { world }: Standing): Promise<string> =>
  kit.app.read({ programme: world.programme, actor: 'system' }, async tx => {
    const [key] = await tx.query<{ id: string }>(
      `select key_id as id from signing_key where programme_id = $1 and role = 'operator'`,
      [tx.programme],
    )
    return key!.id
  })

export const receiptRequests: Readonly<Record<string, Prepare>> = {
  'GET /orders/{order}/receipts': of => ({
    path: `/orders/${of.orders.completed}/receipts`,
    shows: 'order.completed',
  }),
  'GET /payout-items/{item}/receipts': of => ({
    path: `/payout-items/${of.item}/receipts`,
    shows: 'payout.sent',
  }),
  ...Object.fromEntries(
    ofCases.map(({ route, action }): [string, Prepare] => {
      const process = action.replace(/\.read$/, '')
      return [
        route,
        of => ({
          path: `/processes/${process}/cases/${of.cases.opened[process]}/receipts`,
          shows: `${process}.opened`,
        }),
      ]
    }),
  ),
  'GET /figures/{figure}/receipts': async (of, fresh) => ({
    path: `/figures/${fresh ? await published(fresh, of) : newId()}/receipts`,
  }),
  'GET /signers/{key}': async (of, fresh) => ({
    path: `/signers/${fresh ? await operator(fresh, of) : '0123456789abcdef'}`,
  }),
}
