import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import type { Standing } from './stage.ts'

/** The money held for an order: both its sides read it, and households' places do not. */
const escrowOf = (of: Standing): string => `escrow:order:${of.orders.completed}`

const read = {
  action: 'ledger.read',
  own: ['coop_clerk', 'accountant'],
  none: ['village_cadre', 'county_officer'],
  all: ['finance_officer', 'auditor'],
  about: 'organisation',
} as const
const statement = { ...read, another: '404 ledger_account.not_found' } as const

export const ledgerExpectations: readonly Expectation[] = [
  { route: 'GET /ledger/accounts', ...read },
  { route: 'GET /ledger/accounts/{account}/statement', ...statement },
  { route: 'GET /ledger/accounts/{account}/statement.xlsx', ...statement },
  { route: 'GET /ledger/accounts/{account}/statement.pdf', ...statement },
  {
    route: 'GET /ledger/journal',
    action: 'ledger.export',
    all: ['finance_officer', 'auditor'],
    about: 'nothing',
  },
]

export const ledgerRequests: Readonly<Record<string, Prepare>> = {
  'GET /ledger/accounts': of => ({ path: '/ledger/accounts?group=escrow&limit=200', shows: escrowOf(of) }),
  'GET /ledger/accounts/{account}/statement': of => ({
    path: `/ledger/accounts/${escrowOf(of)}/statement`,
    shows: escrowOf(of),
  }),
  'GET /ledger/accounts/{account}/statement.xlsx': of => ({
    path: `/ledger/accounts/${escrowOf(of)}/statement.xlsx`,
  }),
  'GET /ledger/accounts/{account}/statement.pdf': of => ({
    path: `/ledger/accounts/${escrowOf(of)}/statement.pdf`,
  }),
  'GET /ledger/journal': () => ({ path: '/ledger/journal' }),
}
