import type * as ledger from '@silian/server/ledger/contract.ts'
import { get, type In, type Out } from '../../api/route.ts'

/** What the pages of the ledger ask for, below `/api/v1`. */
export const ledgerRoutes = {
  accounts: get<{ query: In<typeof ledger.accountQuery>; answer: Out<typeof ledger.accountPage> }>()(
    '/p/:programme/ledger/accounts',
  ),
  statement: get<{ query: In<typeof ledger.statementQuery>; answer: ledger.AccountStatement }>()(
    '/p/:programme/ledger/accounts/:account/statement',
  ),
} as const
